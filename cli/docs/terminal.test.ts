import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chapters } from './chapters.ts';
import { findPages } from './find-pages.ts';
import { listLines, pageLines, type Look } from './terminal.ts';

const all = chapters();
const lines = (word: string, look: Look) =>
  findPages(all, word).flatMap(({ page, one }) => pageLines(page, one, look));

describe('pageLines', () => {
  it.each([
    ['while', { columns: 100, colours: false }, 'while.txt'],
    ['while', { columns: 50, colours: true }, 'while-narrow-coloured.txt'],
    ['__V', { columns: 100, colours: false }, 'v.txt'],
  ])('of %s with %j', (word, look, name) => {
    const text = `${lines(word, look).join('\n')}\n`;
    const file = join(import.meta.dirname, 'golden', name);
    if (process.env['UPDATE_GOLDEN']) writeFileSync(file, text);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  it('are no wider than the terminal, but for examples and words that are', () => {
    const columns = 60;
    const isProse = (line: string) => / \S+ /.test(line.trim());
    for (const { pages, one } of all) {
      for (const page of pages) {
        const example = 'yaml' in page.example ? page.example.yaml.split('\n') : [page.example.template];
        const prose = pageLines({ ...page, example: { yaml: '' } }, one, { columns, colours: false }).slice(
          1,
        );
        expect(example.length).toBeGreaterThan(0);
        const wide = prose.filter((line) => line.length > columns && isProse(line));
        expect(wide).toEqual([]);
      }
    }
  });
});

describe('listLines', () => {
  it('give each element a line of its own that fits', () => {
    const found = listLines(all, { columns: 80, colours: false });
    expect(found.every((line) => line.length <= 80)).toBe(true);
    expect(found.join('\n')).toMatch(/^ {2}while +Repeats its steps as long as a condition holds\.$/m);
    expect(found.filter((line) => line.startsWith('  header '))).toHaveLength(2);
  });
});
