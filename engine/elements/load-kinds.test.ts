import { expect, it } from 'vitest';
import { xmlParser } from '../markup/xml-parser.ts';
import { loadKinds } from './load-kinds.ts';
import { htmlParser } from './queries/parsers.ts';

const isLoaded = (parser: { readonly use: unknown }) => {
  try {
    return parser.use !== undefined;
  } catch {
    return false;
  }
};

it('a parser is loaded once an element or a function of a plan needs it, and not before', async () => {
  await loadKinds([{ kind: 'regex' }, { label: '${__CSVRead(a.csv,0)}' }, { kind: 'xpath-like' }]);
  expect([isLoaded(xmlParser), isLoaded(htmlParser)]).toEqual([false, false]);
  await loadKinds({ steps: [{ label: [{ function: '__XPath', args: ['a.xml', '//a'], slot: 0 }] }] });
  expect([isLoaded(xmlParser), isLoaded(htmlParser)]).toEqual([true, false]);
  await loadKinds(new Map([['flow', { kind: 'css' }]]));
  expect(isLoaded(htmlParser)).toBe(true);
});
