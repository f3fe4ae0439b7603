import { xmlParser } from '../../markup/xml-parser.ts';
import { remembered } from '../remembered.ts';
import { argument, type TemplateFunction } from './function.ts';

/**
 * `${__eval(text)}`: evaluates the `${…}` that came with the text, as from a variable or a file (`EvalFunction.java`).
 *
 * The last 100 texts stay parsed. A function inside has no place of its own in the plan: counters begin at 1 each
 * time. Text that cannot be parsed stays as it is, and that is logged.
 */
export const evalFunction: TemplateFunction = {
  name: '__eval',
  description: 'A text with the `${…}` that came with it, from a variable or a file, evaluated.',
  example: {
    template: '${__eval(${greeting}!)}',
    given: { greeting: 'Hello ${user}', user: 'ann' },
    gives: 'Hello ann!',
  },
  minArguments: 1,
  maxArguments: 1,
  usage: '(text)',
  // The text may call __XPath.
  load: xmlParser.load,
  make(args, _, textRenderer) {
    const text = argument(args, 0);
    const parsed = remembered(textRenderer);
    return (scope) => parsed(text(scope))(scope);
  },
};
