import { argument, storing, type TemplateFunction } from './function.ts';

/** `${__chooseRandom(a,b,…,variable)}`: one of the texts. The last argument is always the variable (jmeter-plugins). */
export const chooseRandom: TemplateFunction = {
  name: '__chooseRandom',
  minArguments: 2,
  maxArguments: Infinity,
  usage: '(text, text, …, variable)',
  setsVariable: -1,
  make(args) {
    const choices = args.length - 1;
    return storing(args, choices, (scope) => argument(args, Math.floor(scope.random() * choices))(scope));
  },
};
