import { argument, storing, type TemplateFunction } from './function.ts';

/** `${__property(name,variable,default)}`: a property; without a default, its own name (`Property.java`). */
export const property: TemplateFunction = {
  name: '__property',
  description: 'A property; without a default, its own name.',
  example: { template: '${__property(users,,20)}', gives: '20' },
  minArguments: 1,
  maxArguments: 3,
  usage: '(name, [variable], [default = name])',
  setsVariable: 1,
  readsProperty: 0,
  make(args) {
    const name = argument(args, 0);
    const otherwise = args[2] ?? name;
    return storing(args, 1, (scope) => scope.properties[name(scope).trim()] ?? otherwise(scope));
  },
};
