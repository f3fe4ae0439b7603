import { argument, storing, type TemplateFunction } from './function.ts';

const modes = new Map<string, (text: string) => string>([
  ['UPPER', (text) => text.toUpperCase()],
  ['LOWER', (text) => text.toLowerCase()],
  ['CAPITALIZE', (text) => text.slice(0, 1).toUpperCase() + text.slice(1)],
]);

/** `${__changeCase(text,UPPER,variable)}`; an unknown mode changes nothing and is logged (`ChangeCase.java`). */
export const changeCase: TemplateFunction = {
  name: '__changeCase',
  description: 'The text in capitals, in small letters, or with a capital at its start.',
  example: { template: '${__changeCase(open issue,CAPITALIZE)}', gives: 'Open issue' },
  minArguments: 1,
  maxArguments: 3,
  usage: '(text, [UPPER | LOWER | CAPITALIZE], [variable])',
  setsVariable: 2,
  check(text, index) {
    if (index === 1 && text !== '' && !modes.has(text.toUpperCase())) throw new RangeError(unknownMode(text));
  },
  make(args) {
    const [text, mode] = [argument(args, 0), argument(args, 1, 'UPPER')];
    return storing(args, 2, (scope) => {
      const [given, wanted] = [text(scope), mode(scope)];
      const change = modes.get(wanted.toUpperCase());
      if (change) return change(given);
      scope.host.log('ERROR', unknownMode(wanted));
      return given;
    });
  },
};

function unknownMode(wanted: string): string {
  return `__changeCase knows UPPER, LOWER and CAPITALIZE, found "${wanted}"`;
}
