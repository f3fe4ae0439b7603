import { argument, type TemplateFunction } from './function.ts';

/** `${__V(a${n},default)}`: the variable of a computed name; without a default, the name itself (`Variable.java`). */
export const v: TemplateFunction = {
  name: '__V',
  description: 'The variable of a computed name; without a default, that name.',
  example: {
    template: '${__V(colour_${n})}',
    given: { colour_1: 'red', colour_2: 'green', n: '2' },
    gives: 'green',
  },
  minArguments: 1,
  maxArguments: 2,
  usage: '(name, [default = name])',
  make(args) {
    const name = argument(args, 0);
    const otherwise = args[1] ?? name;
    return (scope) => scope.get(name(scope)) ?? otherwise(scope);
  },
};
