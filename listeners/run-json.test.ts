import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readResult } from './report.ts';
import { writeRunJson } from './run-json.ts';
import { resultOf, temporaryFolder, tenSeconds } from './test-support/run.ts';

const asItIs = (text: string) => text;

describe('writeRunJson', () => {
  it('writes the result so that it can be read back', async () => {
    const folder = temporaryFolder();
    const result = await resultOf(tenSeconds(), ['error_rate < 1%']);
    writeRunJson(folder, result, asItIs);
    expect(readdirSync(folder)).toEqual(['run.json']);
    expect((await readResult(join(folder, 'run.json'))).result).toEqual(result);
    expect(readFileSync(join(folder, 'run.json'), 'utf8')).toMatch(/^{\n {2}"format": 1,\n/);
  });

  it('hides secrets, also next to quotes', async () => {
    const folder = temporaryFolder();
    writeRunJson(folder, await resultOf([]), (text) => text.replaceAll('s3cret "quoted"', '***'));
    expect((await readResult(folder)).result.properties).toEqual({ password: '***' });
  });

  it('leaves nothing behind when it cannot write', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'run.json'));
    const result = await resultOf([]);
    expect(() => writeRunJson(folder, result, asItIs)).toThrow(/^cannot write .*run\.json: /);
    expect(readdirSync(folder)).toEqual(['run.json']);
  });
});

describe('readResult', () => {
  it.each([
    ['{"format":2}', 'expected a run.json of format 1'],
    ['null', 'expected a run.json of format 1'],
    ['{', 'expected JSON'],
  ])('refuses %s', async (text, message) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'run.json'), text);
    await expect(readResult(folder)).rejects.toThrow(message);
  });

  it.each([
    [true, ['rate > 1/s'], 'passed'],
    [true, [], 'notJudged'],
    [false, ['rate > 1/s'], 'failed'],
    [false, [], 'failed'],
  ] as const)(
    'knows how a run of an earlier version ended: passed %s, thresholds %j',
    async (passed, texts, ending) => {
      const folder = temporaryFolder();
      const result = await resultOf([], texts);
      const verdict = { passed, exitCode: passed ? 0 : 99, reasons: [] };
      writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...result, verdict }));
      const saved = (await readResult(folder)).result.verdict;
      expect(saved).toMatchObject({ ending, passed: ending === 'passed' });
    },
  );

  it('refuses what is not there', async () => {
    await expect(readResult('/nowhere')).rejects.toThrow('cannot read /nowhere: no such file or directory');
    await expect(readResult(temporaryFolder())).rejects.toThrow('expected run.json or samples.jtl in it');
  });
});
