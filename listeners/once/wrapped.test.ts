import { describe, expect, it } from 'vitest';
import { textWidth } from '../visible-text.ts';
import { wrapped } from './wrapped.ts';

describe('wrapped', () => {
  it.each([
    ['short', 'one line', ['> one line']],
    [
      'at blanks',
      'words that are broken where blanks are',
      ['> words that are', '    broken where', '    blanks are'],
    ],
    ['without blanks, anywhere', 'a'.repeat(30), [`> ${'a'.repeat(18)}`, `    ${'a'.repeat(12)}`]],
    ['wide characters are two columns', '日本語'.repeat(4), ['> 日本語日本語日本語', '    日本語']],
    ['control characters are shown', '\x1b[31mred\x07', ['> \\x1b[31mred\\x07']],
    ['nothing', '', ['>']],
  ])('%s', (_, text, lines) => {
    expect(wrapped(text, 20, { first: '> ', next: '    ' })).toEqual(lines);
  });

  it('never is wider, and loses nothing but blanks', () => {
    const text =
      'ein längerer Text 日本 mit 👩‍👩‍👧‍👦 und https://example.com/a/very/long/path?with=query&more=1 darin';
    for (let width = 20; width < 60; width++) {
      const lines = wrapped(text, width, { first: '  ' });
      expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(width);
    }
    const all = wrapped('https://example.com/a b', 12, { first: '' }).join('');
    expect(all.replaceAll(' ', '')).toBe('https://example.com/ab');
  });
});
