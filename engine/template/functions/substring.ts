import { argument, storing, wholeNumber, writtenOut, type TemplateFunction } from './function.ts';

/** `${__substring(text,begin,end,variable)}`: from 0; the end is not included (jmeter-plugins). */
export const substring: TemplateFunction = {
  name: '__substring',
  description: 'A part of a text, from one place, counted from 0, until before another.',
  example: { template: '${__substring(pipeline,0,4)}', gives: 'pipe' },
  minArguments: 3,
  maxArguments: 4,
  usage: '(text, begin, end, [variable])',
  setsVariable: 3,
  mistake([, begin, end]) {
    const [from, to] = [writtenOut(begin), writtenOut(end)];
    return from !== null && to !== null && Number(from) > Number(to)
      ? `needs begin ≤ end, found ${from} and ${to}`
      : null;
  },
  check(text, index) {
    if (index === 1 || index === 2) positionIn(text, index);
  },
  make(args) {
    const [text, begin, end] = [argument(args, 0), argument(args, 1), argument(args, 2)];
    return storing(args, 3, (scope) => {
      const given = text(scope);
      const from = wholeNumber(begin(scope), names[1]);
      const to = wholeNumber(end(scope), names[2]);
      if (from < 0 || from > to || to > given.length) {
        throw new RangeError(`__substring needs 0 ≤ begin ≤ end ≤ ${given.length}, found ${from} and ${to}`);
      }
      return given.slice(from, to);
    });
  },
};

const names = { 1: 'the begin of __substring', 2: 'the end of __substring' };

function positionIn(text: string, index: 1 | 2): void {
  if (wholeNumber(text, names[index]) < 0)
    throw new RangeError(`${names[index]} must be at least 0, found "${text}"`);
}
