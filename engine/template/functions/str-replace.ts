import { argument, storing, type TemplateFunction } from './function.ts';

/** `${__strReplace(text,search,replacement,variable)}`: every occurrence, as text (jmeter-plugins). */
export const strReplace: TemplateFunction = {
  name: '__strReplace',
  description: 'The text with every occurrence of another replaced.',
  example: { template: '${__strReplace(a.b.c,.,/)}', gives: 'a/b/c' },
  minArguments: 3,
  maxArguments: 4,
  usage: '(text, search, replacement, [variable])',
  setsVariable: 3,
  make(args) {
    const [text, search, replacement] = [argument(args, 0), argument(args, 1), argument(args, 2)];
    return storing(args, 3, (scope) => {
      const written = replacement(scope);
      return text(scope).replaceAll(search(scope), () => written);
    });
  },
};
