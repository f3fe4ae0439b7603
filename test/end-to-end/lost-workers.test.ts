import { describe, expect, it } from 'vitest';
import { target, workshop } from '../support/workshop-and-target.ts';

/** Four users; the second breaks at its third loop. */
const plan = (script: string, given = '') => `
name: Lost
defaults: { http: { baseUrl: "${target.url}" } }
threadGroups:
  - name: Users
    threads: 4
    loops: 20
    steps:
      - get: /a
      - pause: 10ms
      - if: "\${__threadNum} == 2 && \${__jm__Users__idx} == 2"
        steps: [{ script: "${script}", name: Break }]
${given}tearDown: [{ get: /bye }]
`;

/** What was sent is at least what was reported; the JTL and run.json say the same. */
function expectNothingInvented() {
  const { total, lost } = workshop.runJson() as ReturnType<typeof workshop.runJson> & {
    lost?: { workers: number; samples: number; users: number };
  };
  const rows = workshop.read('x.jtl').trimEnd().split('\n').length - 1;
  expect(rows).toBe(total.count);
  expect(target.requests.length).toBeGreaterThanOrEqual(total.count);
  expect(total.count + (lost?.samples ?? 0)).toBeLessThanOrEqual(target.requests.length);
  expect(target.requests.at(-1)?.path).toBe('/bye');
  return lost;
}

describe('a worker that is lost is replaced, and what was lost is counted', () => {
  it.each([
    ['that computes for ever', 'for(;;){}', '', /worker 1 of 1 was stuck for .*"Break" .*user "Users 1-2"/],
    [
      'that ends its thread',
      'process.exit(3)',
      '--workers=2',
      /worker 2 of 2 ended early: .*code: 3.*"Break"/,
    ],
  ])('by a script %s', async (_, script, option, text) => {
    workshop.write('x.yaml', plan(script));
    const options = option === '' ? [] : [option];
    const { code, stderr } = await workshop.plan(
      'run',
      'x.yaml',
      '--trusted-scripts',
      '-l',
      'x.jtl',
      ...options,
    );
    expect(stderr).toMatch(text);
    expect(code).toBe(109);
    expect(expectNothingInvented()).toMatchObject({ workers: 1, users: 1 });
    expect(workshop.runJson().users).toMatchObject({ planned: 4, started: 4, finished: 3 });
  });
});
