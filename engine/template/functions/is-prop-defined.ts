import { argument, type TemplateFunction } from './function.ts';

/** `${__isPropDefined(name)}`: `true` when the property is set, else `false` (`IsPropDefined.java`). */
export const isPropDefined: TemplateFunction = {
  name: '__isPropDefined',
  description: '`true` when a property is set, else `false`.',
  example: { template: '${__isPropDefined(no_such_property)}', gives: 'false' },
  minArguments: 1,
  maxArguments: 1,
  usage: '(property)',
  constant: true,
  readsProperty: 0,
  make(args) {
    const name = argument(args, 0);
    return (scope) => String(scope.properties[name(scope)] !== undefined);
  },
};
