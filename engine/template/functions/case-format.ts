import { argument, storing, type TemplateFunction } from './function.ts';

type Words = readonly string[];

const snake = (words: Words) => words.join('_').toLowerCase();
const kebab = (words: Words) => words.join('-').toLowerCase();
const upperCamel = (words: Words) => words.map((word) => capitalized(word.toLowerCase())).join('');
const lowerCamel = ([first = '', ...rest]: Words) => first.toLowerCase() + upperCamel(rest);

const modes = new Map<string, (words: Words) => string>([
  ['LOWER_CAMEL_CASE', lowerCamel],
  ['UPPER_CAMEL_CASE', upperCamel],
  ['SNAKE_CASE', snake],
  ['LOWER_UNDERSCORE', snake],
  ['KEBAB_CASE', kebab],
  ['LISP_CASE', kebab],
  ['SPINAL_CASE', kebab],
  ['LOWER_HYPHEN', kebab],
  ['TRAIN_CASE', (words) => words.join('-').toUpperCase()],
  ['UPPER_UNDERSCORE', (words) => words.join('_').toUpperCase()],
]);

/**
 * `${__caseFormat(text,mode,variable)}`: `lowerCamelCase`, `UpperCamelCase`, `snake_case`, `kebab-case`, `TRAIN-CASE`
 * or `UPPER_UNDERSCORE` (jmeter-plugins). Words end at spaces, hyphens and underscores. An unknown mode changes
 * nothing and is logged.
 */
export const caseFormat: TemplateFunction = {
  name: '__caseFormat',
  description:
    'The words of a text joined in another way: LOWER_CAMEL_CASE, UPPER_CAMEL_CASE, SNAKE_CASE, KEBAB_CASE, TRAIN_CASE or UPPER_UNDERSCORE.',
  example: { template: '${__caseFormat(pipeline run id,SNAKE_CASE)}', gives: 'pipeline_run_id' },
  minArguments: 1,
  maxArguments: 3,
  usage: '(text, [mode = LOWER_CAMEL_CASE], [variable])',
  setsVariable: 2,
  check(text, index) {
    if (index === 1 && text !== '' && !modes.has(text.toUpperCase())) throw new RangeError(unknownMode(text));
  },
  make(args) {
    const [text, mode] = [argument(args, 0), argument(args, 1, 'LOWER_CAMEL_CASE')];
    return storing(args, 2, (scope) => {
      const [given, wanted] = [text(scope), mode(scope)];
      const format = modes.get(wanted.toUpperCase());
      if (format) return format(given.replace(/[\s\-_]+$/, '').split(/[\s\-_]+/));
      scope.host.log('ERROR', unknownMode(wanted));
      return given;
    });
  },
};

function capitalized(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function unknownMode(wanted: string): string {
  return `__caseFormat does not know the mode "${wanted}". Known: ${[...modes.keys()].join(', ')}`;
}
