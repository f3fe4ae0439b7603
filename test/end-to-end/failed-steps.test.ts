import { expect, it } from 'vitest';
import { target, workshop } from '../support/workshop-and-target.ts';

const plan = (keys: string, steps: string) => `name: Failed steps
defaults: { http: { baseUrl: "${target.url}" } }
threadGroups:
  - name: G
    ${keys}
    steps:
${steps.replace(/^/gm, '      ')}
thresholds: [error_rate < 1%]
`;

it('a step that throws is a failed sample, in the table, the JTL and the threshold', async () => {
  workshop.write('x.yaml', plan('threads: 4\n    loops: 5', '- get: /a\n- script: null.x\n- get: /b'));
  const { code } = await workshop.plan('run', 'x.yaml');
  const { total, users, failures, verdict } = workshop.runJson();
  expect([code, verdict.passed, total.count, total.errors]).toEqual([99, false, 60, 20]);
  expect(users).toEqual({ planned: 4, started: 4, finished: 4 });
  expect(failures).toEqual([expect.objectContaining({ label: 'script', count: 20 })]);
  expect(workshop.jtl().filter((row) => row.includes(',script,'))).toHaveLength(20);
  expect(target.requests).toHaveLength(40);
});

it('a rejection that nobody takes fails the run', async () => {
  const steps = "- get: /a\n- script: Promise.reject(new Error('lost')); return 1\n- pause: 1ms\n- get: /b";
  workshop.write('x.yaml', plan('loops: 1', steps));
  const { code } = await workshop.plan('run', 'x.yaml', '--trusted-scripts');
  const { verdict, failures, total } = workshop.runJson();
  expect([code, total.count]).toEqual([99, 2]);
  expect(JSON.stringify([verdict.reasons, failures])).toContain('stray: Error: lost');
});
