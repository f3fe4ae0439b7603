import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { prepareYaml } from '../../test/support/prepare-yaml.ts';
import { explainPlan } from './explain-plan.ts';

const golden = join(import.meta.dirname, 'golden', 'explain.txt');

it('explains a plan in long form', async () => {
  const { plan, compiled } = await prepareYaml(`name: Explained
description: Everything once
properties: { users: { type: integer, default: 4, description: how many }, key: { default: k, secret: true } }
metrics: { seen: { type: counter, unit: issues, description: Issues seen. }, depth: { type: gauge } }
defaults: { http: { baseUrl: "http://127.0.0.1:8080", timeout: 5s } }
setUp: [{ get: /token, extract: { token: $.token }, export: [token] }]
threadGroups:
  - { name: A, threads: "\${users}", rampUp: 30s, duration: 1m, steps: [{ get: { path: "/a/\${token}" }, tags: { endpoint: a }, expect: [200, 404], assert: [{ duration: 2s }], check: [{ status: 200, name: is found }] }] }
  - name: B
    startAfter: A
    delay: 10s
    duration: 30s
    onError: stopThread
    steps:
      - if: "\${token} != '' && \${__Random(1,2)} == 1"
        steps: [{ transaction: T, steps: [{ post: { path: /b, json: { n: { $number: "\${__threadNum}" } } } }] }]
      - choose: [{ weight: 3, steps: [{ pause: 1s..3s }] }, { steps: [{ loop: 2, steps: [{ pause: 1s }] }] }]
thresholds: [p95(elapsed) < 500ms]
`);
  const text = `${explainPlan(plan, compiled).join('\n')}\n`.replace(/\/\S*(?=plan\.yaml)/, '');
  if (process.env['UPDATE_GOLDEN']) writeFileSync(golden, text);
  expect(text).toBe(readFileSync(golden, 'utf8'));
});
