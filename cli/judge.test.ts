import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jtlHeader } from '../listeners/jtl-line.ts';
import { temporaryFolder } from '../listeners/test-support/run.ts';
import { judge } from './judge.ts';

const plan = (thresholds: string) => `name: T
properties: { slowest: 100ms }
environments: { strict: { properties: { slowest: 50ms } } }
defaults: { http: { baseUrl: 'http://127.0.0.1' } }
metrics: { seen: { type: counter } }
data: [{ csv: not-here.csv }]
threadGroups:
  - name: G
    steps:
      - get: /a
        name: A
        tags: { endpoint: a }
        check: [{ duration: 1s, name: quick }]
        after: [{ record: seen, value: 1 }]
      - { get: /b, name: B }
thresholds: [${thresholds}]
`;

const row = (label: string, elapsed: number, ok = true) =>
  `1763822100000,${elapsed},${label},200,OK,G 1-1,text,${ok},,10,10,1,1,http://x/,${elapsed - 10},0,5\n`;
const jtl = `${jtlHeader}\n${row('A', 80)}${row('A', 60)}${row('B', 40, false)}`;

async function judged(thresholds: string, { text = jtl, environment = 'default' } = {}) {
  const folder = temporaryFolder();
  const [file, planFile] = [join(folder, 'x.jtl'), join(folder, 'plan.yaml')];
  writeFileSync(file, text);
  writeFileSync(planFile, plan(thresholds));
  const { result } = await judge(file, {
    file: planFile,
    properties: [],
    propertyFiles: [],
    env: {},
    groups: [],
    seed: 0,
    ...(environment === 'default' ? {} : { environment }),
  });
  return result.verdict;
}

describe('a JTL judged by a plan', () => {
  it.each([
    ['"p95(elapsed) < ${slowest}"', 'passed', 0],
    ['count == 3, "count{name=B} == 1", "max(latency){name=A} <= 70ms", max(connect) < 6ms', 'passed', 0],
    ['"ratio of avg(elapsed){name=A} to {name=B} < 2"', 'passed', 0],
    ['error_rate < 50%, error_rate > 30%', 'passed', 0],
    ['"error_rate{name=B} < 1%"', 'failed', 99],
    ['error_rate < 1%, "count{endpoint=a} > 0"', 'failed', 99],
    ['', 'notJudged', 0],
  ])('%s: %s, %i', async (thresholds, ending, exitCode) => {
    expect(await judged(thresholds)).toMatchObject({
      ending,
      exitCode,
      passed: ending === 'passed',
    });
  });

  it.each([
    ['count{endpoint=a} > 0', 'tags (endpoint) are not in a JTL'],
    ['count(seen) > 0', 'values of seen are not in a JTL'],
    ['ratio(checks) > 1%', 'checks are not in a JTL'],
    ['p95(response) < 1s', 'when a sample was due is not in a JTL'],
    ['max(lateness) < 1s', 'when a sample was due is not in a JTL'],
  ])('%s cannot be judged', async (threshold, why) => {
    expect(await judged(`count > 0, "${threshold}"`)).toEqual({
      passed: false,
      ending: 'notJudged',
      exitCode: 99,
      reasons: [`not judged: ${threshold}: ${why}`],
    });
  });

  it('without a column of times says so', async () => {
    const text = 'timeStamp,elapsed,label,success\n1763822100000,80,A,true\n';
    expect(await judged('p95(elapsed) < 1s, p95(latency) < 1s', { text })).toMatchObject({
      ending: 'notJudged',
      reasons: ['not judged: p95(latency) < 1s: this JTL has no column Latency'],
    });
  });

  it('without a sample has not passed', async () => {
    expect(await judged('count < 5', { text: `${jtlHeader}\n` })).toMatchObject({
      ending: 'failed',
      exitCode: 99,
      reasons: ['there is no sample'],
    });
  });

  it('is judged in the environment that is asked for', async () => {
    expect((await judged('"p95(elapsed) < ${slowest}"')).ending).toBe('passed');
    expect((await judged('"p95(elapsed) < ${slowest}"', { environment: 'strict' })).ending).toBe('failed');
  });
});
