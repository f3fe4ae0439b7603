import { argument, storing, type TemplateFunction } from './function.ts';

/** `${__chooseRandom(a,b,…,variable)}`: one of the texts. The last argument is always the variable (jmeter-plugins). */
export const chooseRandom: TemplateFunction = {
  name: '__chooseRandom',
  description: 'One of several texts, by chance; the last argument is always the variable for it.',
  example: { template: '${__chooseRandom(red,green,blue,colour)}', gives: 'green', varies: true },
  minArguments: 2,
  maxArguments: Infinity,
  usage: '(text, text, …, variable)',
  setsVariable: -1,
  make(args) {
    const choices = args.length - 1;
    return storing(args, choices, (scope) => argument(args, Math.floor(scope.random() * choices))(scope));
  },
};
