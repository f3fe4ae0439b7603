import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.ts';
import { Sessions } from './sessions.ts';

describe('sessions', () => {
  it('stay open while others are ended, however many', () => {
    const sessions = new Sessions(seededRandom(1), 10);
    const first = sessions.open();
    const ended = Array.from({ length: 50 }, () => sessions.open().accessToken);
    for (const token of ended) expect(sessions.end(token)).toBe(true);
    expect(sessions.isOpen(first.accessToken)).toBe(true);
    expect(ended.slice(-10).filter((token) => sessions.isOpen(token))).toEqual([]);
  });

  it('are ended once', () => {
    const sessions = new Sessions(seededRandom(1));
    const { accessToken, refreshToken } = sessions.open();
    expect(sessions.end(accessToken)).toBe(true);
    expect(sessions.end(accessToken)).toBe(false);
    expect(sessions.refresh(refreshToken)).toBeNull();
  });

  it.each([
    ['not yet opened', (good: string) => good.replace('.1.', '.2.')],
    ['number zero', (good: string) => good.replace('.1.', '.0.')],
    ['no number', (good: string) => good.replace('.1.', '.x.')],
    ['of another sandbox', () => new Sessions(seededRandom(2)).open().accessToken],
    ['empty', () => ''],
  ])('do not know a token that is %s', (_, forge) => {
    const sessions = new Sessions(seededRandom(1));
    const { accessToken } = sessions.open();
    expect(sessions.isOpen(accessToken)).toBe(true);
    expect(sessions.isOpen(forge(accessToken))).toBe(false);
  });
});
