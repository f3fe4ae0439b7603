import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleFiles } from '../../cli/docs/sample-files.ts';
import { preparePlan } from '../../engine/api/prepare.ts';
import type { Sample } from '../../engine/model/sample.ts';
import { readJtl } from '../../listeners/jtl-read.ts';
import { examplePlan, examples, type Example } from '../support/example-plan.ts';
import { Workshop, type Ended } from '../support/plan-command.ts';
import { PrometheusStandIn } from '../support/prometheus.ts';

let workshop: Workshop;
let ended: Ended;
/** What is wrong with an example before the run, by title. */
const mistakes = new Map<string, string>();
/** Samples by example. */
const samples = new Map<string, Sample[]>();

/** All that are valid in one run, a thread group each: a process for every example would cost a second each. */
beforeAll(async () => {
  workshop = new Workshop();
  for (const [name, text] of Object.entries(sampleFiles)) workshop.write(name, text);
  for (const example of examples) await findMistakes(example);
  const valid = examples.filter(({ title }) => !mistakes.has(title));
  workshop.write('all.yaml', examplePlan(valid));
  const prometheus = await PrometheusStandIn.start();
  const properties = [`-Jprometheus=${prometheus.url}`];
  ended = await workshop.plan('run', 'all.yaml', '-l', 'all.jtl', ...properties);
  await prometheus.stop();
  for await (const sample of readJtl(join(workshop.folder, 'all.jtl'), () => undefined)) {
    const [, title = ''] = /^(.*?)(?:, .*)? \d+-\d+$/.exec(sample.threadName) ?? [];
    samples.set(title, [...(samples.get(title) ?? []), sample]);
  }
});
afterAll(() => workshop.clean());

async function findMistakes(example: Example): Promise<void> {
  const file = join(workshop.folder, workshop.write('one.yaml', examplePlan([example])));
  const request = { file, properties: [], propertyFiles: [], env: {}, groups: [], seed: 1 };
  try {
    await preparePlan(request);
  } catch (error) {
    mistakes.set(example.title, String(error));
  }
}

describe('the example of', () => {
  it.each(examples)('$title is valid, performs samples, and none fails', ({ title, example }) => {
    expect(mistakes.get(title)).toBeUndefined();
    const own = samples.get(title) ?? [];
    // A listener's says only what is written about a run.
    if (!/^listeners:/m.test(example)) expect(own.length).toBeGreaterThan(0);
    expect(own.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('every element ends well in the same run, within half a minute', () => {
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    expect(ended.tookMs).toBeLessThan(30_000);
  });
});
