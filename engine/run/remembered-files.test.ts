import { expect, it } from 'vitest';
import { rememberedFiles } from './remembered-files.ts';

function reader(limitBytes: number) {
  const reads: string[] = [];
  const readBytes = rememberedFiles((path) => {
    reads.push(path);
    return Buffer.from(`${path}...`);
  }, limitBytes);
  return { reads, text: (path: string) => Buffer.from(readBytes(path)).toString() };
}

it('files are read once while they fit, the longest unread forgotten first', () => {
  const { reads, text } = reader(10);
  expect(['a', 'b', 'a', 'c', 'a', 'c', 'b'].map(text)).toEqual(
    ['a', 'b', 'a', 'c', 'a', 'c', 'b'].map((name) => `${name}...`),
  );
  expect(reads).toEqual(['a', 'b', 'c', 'b']);
});

it('a file larger than what may be remembered is read each time, and displaces nothing', () => {
  const { reads, text } = reader(4);
  ['a', 'long', 'long', 'a'].map(text);
  expect(reads).toEqual(['a', 'long', 'long']);
});

it('what cannot be read is asked for again', () => {
  let calls = 0;
  const readBytes = rememberedFiles(() => {
    calls += 1;
    throw new Error('none');
  });
  for (let i = 0; i < 2; i++) expect(() => readBytes('a')).toThrow('none');
  expect(calls).toBe(2);
});
