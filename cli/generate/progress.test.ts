import { describe, expect, it } from 'vitest';
import { Progress, progressText, summaryText } from './progress.ts';

describe('words on the way', () => {
  it.each([
    [{ rows: 0, bytes: 0, elapsedMs: 100 }, '0 %: 0 of 1,000,000 rows, 0B'],
    [
      { rows: 250_000, bytes: 51_300_000, elapsedMs: 2000 },
      '25 %: 250,000 of 1,000,000 rows, 51.3MB, 6s left',
    ],
    [{ rows: 999_999, bytes: 65_536, elapsedMs: 90_000 }, '99 %: 999,999 of 1,000,000 rows, 65.5KB, 1s left'],
  ])('%j', (made, text) => {
    expect(progressText(made, 1_000_000)).toBe(text);
  });

  it.each([
    [{ rows: 100_000, bytes: 6_600_000, elapsedMs: 400 }, 10_000, '100,000 rows (10,000 bad), 6.6MB, 400ms'],
    [{ rows: 1, bytes: 78, elapsedMs: 1500 }, 0, '1 row, 78B, 1.5s'],
  ])('%j at the end', (made, bad, text) => {
    expect(summaryText(made, bad)).toBe(text);
  });
});

describe('progress', () => {
  const told = (isTerminal: boolean, atMs: readonly number[]) => {
    const texts: string[] = [];
    const progress = new Progress((text) => texts.push(text), isTerminal);
    for (const elapsedMs of atMs) progress.note({ rows: 5, bytes: 0, elapsedMs }, 10);
    progress.end();
    return texts;
  };

  it('is one line that is written over on a terminal, and goes at the end', () => {
    const texts = told(true, [100, 499, 500, 600, 700]);
    expect(texts).toHaveLength(3);
    expect(texts[0]).toBe('\r50 %: 5 of 10 rows, 0B, 1s left\u001b[K');
    expect(texts.at(-1)).toBe('\r\u001b[K');
  });

  it('is a line every five seconds elsewhere', () => {
    expect(told(false, [100, 4999, 5000, 9000, 10_000])).toEqual([
      '50 %: 5 of 10 rows, 0B, 5s left\n',
      '50 %: 5 of 10 rows, 0B, 10s left\n',
    ]);
  });

  it('says nothing of short work', () => {
    expect(told(true, [100])).toEqual([]);
  });
});
