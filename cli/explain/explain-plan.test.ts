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

const request = `defaults: { http: { baseUrl: "\${sandbox.api}", timeout: 30s } }
threadGroups:
  - name: G
    steps:
      - get: { path: /a, maxRedirects: 3, query: { at: "\${__urlencode(\${sandbox.url})}" } }
        extract: { a: $.a, b: { jsonPath: $.b, match: all } }
        assert: [{ duration: 2s }]
      - transaction: T
        steps: [{ pause: 1s }]
monitors: [{ process: { pid: "\${sandbox.pid}", name: api } }]
`;

it('shows what the author wrote, and names the sandbox where its address will stand', async () => {
  const { plan, compiled } = await prepareYaml(`name: T\nsandbox: true\n${request}`);
  const lines = explainPlan(plan, compiled);
  expect(lines.join('\n')).not.toMatch(/127\.0\.0\.1|4194305/);
  expect(lines.join('\n')).toContain(`  http: GET /a
    { baseUrl: \${sandbox.api}, timeout: 30000, path: /a, maxRedirects: 3, query: at=\${sandbox.url} }
    extract a: { jsonPath: $.a }
    extract b: { jsonPath: $.b, match: all }
    assert { duration: 2000 }
  transaction { name: T }
    pause { for: 1s }
`);
  expect(lines.join('\n')).toContain('pid: ${sandbox.pid}');
});

it('shows every default when asked for all', async () => {
  const { plan, compiled } = await prepareYaml(`name: T\nsandbox: true\n${request}`);
  const text = explainPlan(plan, compiled, { all: true }).join('\n');
  expect(text).toContain('followRedirects: true');
  expect(text).toContain('{ name: T, includePauses: false, parent: false }');
});
