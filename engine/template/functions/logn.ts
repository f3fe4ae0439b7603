import type { TemplateFunction } from './function.ts';
import { levelMistake, logged } from './log.ts';

/** `${__logn(message,level,throwable)}`: logs as `__log` does and gives no text (`LogFunction2.java`). */
export const logn: TemplateFunction = {
  name: '__logn',
  description: 'No text; the message is logged with the user’s name.',
  example: { template: '[${__logn(about to pay)}]', gives: '[]' },
  minArguments: 1,
  maxArguments: 3,
  usage: '(message, [level = INFO], [throwable])',
  logs: true,
  mistake: levelMistake,
  make(args) {
    const write = logged(args);
    return (scope) => {
      write(scope);
      return '';
    };
  },
};
