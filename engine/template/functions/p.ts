import { argument, type TemplateFunction } from './function.ts';

/** `${__P(name,default)}`: a property. Without a default it is `1`, as in JMeter (`Property2.java`). */
export const p: TemplateFunction = {
  name: '__P',
  description: 'A property; without a default, `1`.',
  example: { template: '${__P(users,20)}', gives: '20' },
  minArguments: 1,
  maxArguments: 2,
  usage: '(name, [default = 1])',
  constant: true,
  readsProperty: 0,
  make(args) {
    const name = argument(args, 0);
    const otherwise = args[1] ?? (() => '1');
    return (scope) => scope.properties[name(scope).trim()] ?? otherwise(scope);
  },
};
