import { argument, storing, wholeNumber, type TemplateFunction } from './function.ts';

/** `${__substring(text,begin,end,variable)}`: from 0; the end is not included (jmeter-plugins). */
export const substring: TemplateFunction = {
  name: '__substring',
  description: 'A part of a text, from one place, counted from 0, until before another.',
  example: { template: '${__substring(pipeline,0,4)}', gives: 'pipe' },
  minArguments: 3,
  maxArguments: 4,
  usage: '(text, begin, end, [variable])',
  setsVariable: 3,
  make(args) {
    const [text, begin, end] = [argument(args, 0), argument(args, 1), argument(args, 2)];
    return storing(args, 3, (scope) => {
      const given = text(scope);
      const from = wholeNumber(begin(scope), 'the begin of __substring');
      const to = wholeNumber(end(scope), 'the end of __substring');
      if (from < 0 || from > to || to > given.length) {
        throw new RangeError(`__substring needs 0 ≤ begin ≤ end ≤ ${given.length}, found ${from} and ${to}`);
      }
      return given.slice(from, to);
    });
  },
};
