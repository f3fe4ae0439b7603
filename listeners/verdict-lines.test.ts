import { describe, expect, it } from 'vitest';
import type { Verdict } from '../engine/model/run-result.ts';
import { resultOf, tenSeconds } from './test-support/run.ts';
import { verdictLines } from './verdict-lines.ts';

const plain = { colours: false };

describe('verdictLines', () => {
  it.each<[Verdict, string[]]>([
    [{ passed: true, ending: 'passed', exitCode: 0, reasons: [] }, ['passed']],
    [
      { passed: false, ending: 'failed', exitCode: 105, reasons: ['interrupted by SIGINT', 'a\x1bb'] },
      ['failed (exit code 105)', '- interrupted by SIGINT', '- a\\x1bb'],
    ],
    [
      { passed: false, ending: 'notJudged', exitCode: 99, reasons: ['rate{a=b} > 1: no tags'] },
      ['not judged (exit code 99)', '- rate{a=b} > 1: no tags'],
    ],
    [
      { passed: false, ending: 'notJudged', exitCode: 0, reasons: ['not judged, as there was nothing'] },
      ['finished; nothing was judged', '- not judged, as there was nothing'],
    ],
  ])('of %j are %j', async (verdict, lines) => {
    expect(verdictLines({ ...(await resultOf([])), verdict }, plain)).toEqual(lines);
  });

  it('say what failed where nothing was judged', async () => {
    const verdict: Verdict = { passed: false, ending: 'notJudged', exitCode: 0, reasons: [] };
    const result = await resultOf(tenSeconds());
    expect(verdictLines({ ...result, verdict }, plain)).toEqual([
      'finished; nothing was judged',
      expect.stringMatching(/^- 3 of \d+ samples failed \(\d\.\d\d%\)$/),
      '- 3 × GET /issues: 503 Service Unavailable',
    ]);
    const failed: Verdict = { ...verdict, ending: 'failed', exitCode: 99, reasons: ['x'] };
    expect(verdictLines({ ...result, verdict: failed }, plain)).toEqual(['failed (exit code 99)', '- x']);
  });

  it('end with what the figures are worth, where the generator was the limit', async () => {
    const result = await resultOf(tenSeconds(), ['rate > 0/s']);
    const withHealth = (verdict: 'strained' | 'invalid') =>
      verdictLines(
        { ...result, health: { ...result.health, verdict, warnings: ['users waited 1.5s of 10s'] } },
        plain,
      );
    expect(withHealth('invalid').slice(1)).toEqual([
      '',
      'The figures of this run are not valid: the load generator, not the system, was the limit.',
      '! users waited 1.5s of 10s',
    ]);
    expect(withHealth('strained')).toContain(
      'Take the figures of this run with care: the load generator was strained.',
    );
  });

  it('have colours only if asked for', async () => {
    const result = await resultOf(tenSeconds(), ['error_rate < 1%']);
    expect(verdictLines(result, { colours: true })[0]).toBe('\x1b[31mfailed (exit code 99)\x1b[0m');
  });
});
