import { argument, type TemplateFunction } from './function.ts';

/** `${__isVarDefined(name)}`: `true` when the variable is set, else `false` (`IsVarDefined.java`). */
export const isVarDefined: TemplateFunction = {
  name: '__isVarDefined',
  description: '`true` when a variable is set, else `false`.',
  example: { template: '${__isVarDefined(user)}', given: { user: 'ann' }, gives: 'true' },
  minArguments: 1,
  maxArguments: 1,
  usage: '(variable)',
  make(args) {
    const name = argument(args, 0);
    return (scope) => String(scope.get(name(scope)) !== undefined);
  },
};
