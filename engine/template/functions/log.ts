import type { Template } from '../../model/template.ts';
import type { Render } from '../scope.ts';
import { argument, wordMistake, type TemplateFunction } from './function.ts';

/**
 * `${__log(message,level,throwable,comment)}`: logs a line with the user's name and gives the message back
 * (`LogFunction.java`). Levels are those of the log, or `OUT` and `ERR`.
 */
export const log: TemplateFunction = {
  name: '__log',
  description: 'The message, which is logged with the user’s name.',
  example: { template: '${__log(about to pay)}', gives: 'about to pay' },
  minArguments: 1,
  maxArguments: 4,
  usage: '(message, [level = INFO], [throwable], [comment])',
  logs: true,
  mistake: levelMistake,
  make: logged,
};

const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL_ERROR', 'OUT', 'ERR'];

/** What is wrong with a level that is written out. */
export function levelMistake([, level]: readonly Template[]): string | null {
  return wordMistake(level, levels);
}

/** Logs, and gives the message. */
export function logged(args: readonly Render[]): Render {
  const [message, level] = [argument(args, 0), argument(args, 1, 'INFO')];
  const [throwable, comment] = [argument(args, 2), argument(args, 3, ':')];
  return (scope) => {
    const text = message(scope);
    const thrown = throwable(scope);
    const line = `${scope.threadName} ${comment(scope)} ${text}${thrown && ` (${thrown})`}`;
    scope.host.log(level(scope).trim().toUpperCase(), line);
    return text;
  };
}
