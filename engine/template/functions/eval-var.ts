import { xmlParser } from '../../markup/xml-parser.ts';
import { remembered } from '../remembered.ts';
import { argument, type TemplateFunction } from './function.ts';

/** `${__evalVar(name)}`: evaluates the text of a variable, as `__eval` does; undefined, `${name}` stays (`EvalVarFunction.java`). */
export const evalVar: TemplateFunction = {
  name: '__evalVar',
  description: 'The text of a variable, with the `${…}` in it evaluated.',
  example: {
    template: '${__evalVar(greeting)}',
    given: { greeting: 'Hello ${user}', user: 'ann' },
    gives: 'Hello ann',
  },
  minArguments: 1,
  maxArguments: 1,
  usage: '(variable)',
  // The text may call __XPath.
  load: xmlParser.load,
  make(args, _, textRenderer) {
    const variable = argument(args, 0);
    const parsed = remembered(textRenderer);
    return (scope) => {
      const name = variable(scope);
      const text = scope.get(name);
      return text === undefined ? `\${${name}}` : parsed(text)(scope);
    };
  },
};
