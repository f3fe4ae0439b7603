import type { RenderScope } from '../scope.ts';
import { argument, type TemplateFunction } from './function.ts';

/**
 * `${__split(text,name,delimiters)}`: sets `name` to the text, `name_n` to the number of its fields and `name_1` … to
 * them; the next one is removed. Every character of the delimiters is one; an empty field is `?` (`SplitFunction.java`).
 * Gives the text back.
 */
export const split: TemplateFunction = {
  name: '__split',
  description:
    'The text itself; its fields become the variables `name_1`, `name_2` …, their number `name_n`.',
  example: { template: '${__split(red;green,colour,;)} ${colour_n} ${colour_2}', gives: 'red;green 2 green' },
  minArguments: 2,
  maxArguments: 3,
  usage: '(text, variable, [delimiters = ,])',
  setsVariable: 1,
  alsoSets: (variable) => [`${variable}_n`, `${variable}_*`],
  make(args) {
    const [text, variable, delimiters] = [argument(args, 0), argument(args, 1), argument(args, 2, ',')];
    return (scope) => {
      const given = text(scope);
      const name = variable(scope).trim();
      if (name) store(name, given, { delimiters: delimiters(scope), scope });
      return given;
    };
  },
};

function store(
  name: string,
  text: string,
  { delimiters, scope }: { readonly delimiters: string; readonly scope: RenderScope },
): void {
  const fields: string[] = [];
  let field = '';
  for (const character of text) {
    if (!delimiters.includes(character)) {
      field += character;
      continue;
    }
    fields.push(field);
    field = '';
  }
  if (text !== '') fields.push(field);
  scope.set(name, text);
  scope.set(`${name}_n`, String(fields.length));
  fields.forEach((value, index) => scope.set(`${name}_${index + 1}`, value || '?'));
  scope.unset(`${name}_${fields.length + 1}`);
}
