import { argument, type TemplateFunction } from './function.ts';

/**
 * `${__setProperty(name,value,true)}`: sets a property for all users of all workers and gives nothing; with `true` the value
 * before, or `null` when there was none (`SetProperty.java`).
 *
 * The users of this worker see it at once, the others as soon as it has reached them, within milliseconds.
 */
export const setProperty: TemplateFunction = {
  name: '__setProperty',
  minArguments: 2,
  maxArguments: 3,
  usage: '(name, value, [true: give the value before])',
  description: 'Sets a property for the users of all workers.',
  example: { template: '${__setProperty(colour,red)}${__P(colour)}', gives: 'red' },
  setsProperty: 0,
  make(args) {
    const [name, value] = [argument(args, 0), argument(args, 1)];
    const wantsBefore = argument(args, 2, 'false');
    return (scope) => {
      const property = name(scope).trim();
      const before = scope.properties[property] ?? 'null';
      scope.setProperty(property, value(scope));
      return wantsBefore(scope).trim().toLowerCase() === 'true' ? before : '';
    };
  },
};
