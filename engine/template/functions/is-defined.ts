import { argument, type TemplateFunction } from './function.ts';

/** `${__isDefined(name)}`: `1` when the variable is set, else `0` (jmeter-plugins). */
export const isDefined: TemplateFunction = {
  name: '__isDefined',
  description: '`1` when a variable is set, else `0`.',
  example: { template: '${__isDefined(user)}', given: { user: 'ann' }, gives: '1' },
  minArguments: 1,
  maxArguments: 1,
  usage: '(variable)',
  make(args) {
    const name = argument(args, 0);
    return (scope) => (scope.get(name(scope).trim()) === undefined ? '0' : '1');
  },
};
