import { argument, storing, type TemplateFunction } from './function.ts';

/** `${__env(NAME,variable,default)}`: an environment variable; without a default, its own name (jmeter-plugins). */
export const env: TemplateFunction = {
  name: '__env',
  description: 'An environment variable of the machine; without a default, its own name.',
  example: { template: '${__env(NO_SUCH_NAME,,none)}', gives: 'none' },
  minArguments: 1,
  maxArguments: 3,
  usage: '(name, [variable], [default = name])',
  setsVariable: 1,
  make(args) {
    const name = argument(args, 0);
    const otherwise = args[2] ?? name;
    return storing(args, 1, (scope) => scope.host.environment(name(scope)) ?? otherwise(scope));
  },
};
