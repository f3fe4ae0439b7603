import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { json } from './json.ts';
import { readResult } from './report.ts';
import { environmentOf, play, resultOf, temporaryFolder, tenSeconds } from './test-support/run.ts';

describe('json', () => {
  it('writes the result so that it can be read back', async () => {
    const environment = environmentOf({ redact: (text) => text });
    const result = await resultOf(tenSeconds(), ['error_rate < 1%']);
    await play(json, environment, [], result);
    expect(readdirSync(environment.folder)).toEqual(['run.json']);
    expect((await readResult(join(environment.folder, 'run.json'))).result).toEqual(result);
    expect(readFileSync(join(environment.folder, 'run.json'), 'utf8')).toMatch(/^{\n {2}"format": 1,\n/);
  });

  it('hides secrets, also next to quotes', async () => {
    const environment = environmentOf({ redact: (text) => text.replaceAll('s3cret "quoted"', '***') });
    await play(json, environment, [], await resultOf([]));
    expect((await readResult(environment.folder)).result.properties).toEqual({ password: '***' });
  });

  it('leaves nothing behind when it cannot write', async () => {
    const environment = environmentOf();
    mkdirSync(join(environment.folder, 'run.json'));
    await expect(play(json, environment, [], await resultOf([]))).rejects.toThrow(
      /^cannot write .*run\.json: /,
    );
    expect(readdirSync(environment.folder)).toEqual(['run.json']);
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

  it('refuses what is not there', async () => {
    await expect(readResult('/nowhere')).rejects.toThrow('cannot read /nowhere: no such file or directory');
    await expect(readResult(temporaryFolder())).rejects.toThrow('expected run.json or samples.jtl in it');
  });
});
