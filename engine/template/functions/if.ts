import { argument, storing, type TemplateFunction } from './function.ts';

/** `${__if(actual,expected,then,else,variable)}`: `then` when both texts are the same (jmeter-plugins). */
export const ifFunction: TemplateFunction = {
  name: '__if',
  description: 'One text when two are the same, else another.',
  example: {
    template: '${__if(${status},open,still open,done)}',
    given: { status: 'open' },
    gives: 'still open',
  },
  minArguments: 4,
  maxArguments: 5,
  usage: '(actual, expected, then, else, [variable])',
  setsVariable: 4,
  make(args) {
    const [actual, expected] = [argument(args, 0), argument(args, 1)];
    const [same, different] = [argument(args, 2), argument(args, 3)];
    return storing(args, 4, (scope) => (actual(scope) === expected(scope) ? same : different)(scope));
  },
};
