import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleOf } from '../engine/metrics/test-support/samples.ts';
import { exitCodes } from '../engine/model/errors.ts';
import { aggregateCsv } from './aggregate-csv.ts';
import { csv } from './csv.ts';
import { splitRecord } from './csv-records.ts';
import { readResult } from './report.ts';
import { writeRunJson } from './run-json.ts';
import { expectGolden } from './test-support/golden.ts';
import { environmentOf, play, resultOf, tenSeconds } from './test-support/run.ts';

describe('csv', () => {
  it('is the table of JMeter’s Aggregate Report', async () => {
    const environment = environmentOf();
    await play(csv, environment, tenSeconds(), await resultOf(tenSeconds()));
    expectGolden('aggregate.csv', readFileSync(join(environment.folder, 'aggregate.csv'), 'utf8'));
  });

  it('is the same made from what was saved', async () => {
    const environment = environmentOf();
    const result = await resultOf(tenSeconds());
    writeRunJson(environment.folder, result, (text) => environment.redact(text));
    expect(aggregateCsv((await readResult(environment.folder)).result)).toBe(aggregateCsv(result));
  });

  it('writes numbers as JMeter formats them', async () => {
    const samples = [
      sampleOf({ label: 'a,"b"', elapsedMs: 10.4 }),
      sampleOf({ label: 'a,"b"', elapsedMs: 20.6, ok: false }),
    ];
    const [, row = '', total] = aggregateCsv(await resultOf(samples)).split('\n');
    expect(splitRecord(row, ',')).toEqual([
      'a,"b"',
      '2',
      '16',
      '10',
      '21',
      '21',
      '21',
      '10',
      '21',
      '50.000%',
      '95.23810',
      '190.48',
      '47.62',
    ]);
    expect(total).toMatch(/^TOTAL,2,/);
  });

  it('leaves labels as they come, free of secrets, and writes where it is told', async () => {
    const environment = environmentOf();
    const listener = csv.create({ file: 'table.csv' }, environment);
    await listener.end?.(await resultOf([sampleOf({ label: 'get s3cret' })]));
    expect(readFileSync(join(environment.folder, 'table.csv'), 'utf8')).toContain('\nget s3cret,1,');
  });

  it('says why it cannot write, and leaves nothing behind', async () => {
    const environment = environmentOf({ folder: '/nowhere' });
    const ended = Promise.resolve(csv.create({}, environment).end?.(await resultOf([])));
    await expect(ended).rejects.toMatchObject({
      message: 'cannot write /nowhere/aggregate.csv: no such file or directory',
      exitCode: exitCodes.resultsLost,
    });
    expect(existsSync('/nowhere')).toBe(false);
  });
});
