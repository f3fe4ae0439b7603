import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { RunResult, SummaryRow } from '../../engine/model/run-result.ts';
import { workshop } from '../support/workshop-and-target.ts';

/** What is answered to `/held` comes a while after `/stop` was asked for, which waits for it. */
async function holdingServer() {
  const paths: string[] = [];
  const open = new Map<string, ServerResponse>();
  const server = createServer(({ url = '' }, response) => {
    paths.push(url);
    if (url !== '/held' && url !== '/stop') return void response.end('ok');
    open.set(url, response);
    const [held, stop] = [open.get('/held'), open.get('/stop')];
    if (!held || !stop) return;
    stop.end('ok');
    setTimeout(() => held.end('late'), 1500);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { paths, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const shown = ({ label, kind, count, errors, own }: SummaryRow) => ({
  label,
  kind,
  count,
  errors,
  perSecond: own?.perSecond,
});
const figures = ({ total, labels, beside = [], cutOff, failures }: RunResult) => ({
  total: shown(total),
  labels: labels.map(shown),
  beside: beside.map(shown),
  cutOff,
  failures,
});

it('stopTest ends the users of other groups after their sample; what it cuts off counts nowhere, in the run and in its JTL', async () => {
  const server = await holdingServer();
  workshop.write(
    'x.yaml',
    `name: Stopped
defaults: { http: { baseUrl: "${server.url}" } }
setUp: [{ get: /set-up }]
threadGroups:
  - name: A
    steps:
      - matrix: { side: [left, right] }
        iterations: 1
        warmUp: 1
        steps: [{ get: '/\${side}' }]
      - { get: /stop }
      - { action: stopTest }
      - { get: /never }
  - name: B
    loops: 5
    steps:
      - { transaction: Both, steps: [{ get: /held }, { get: /never }] }
      - { get: /never }
  - { name: C, steps: [{ transaction: Waits, steps: [{ get: /waits }, { pause: 10m }, { get: /never }] }] }
tearDown: [{ get: /tear-down }]
`,
  );
  const { code, stdout } = await workshop.plan('run', 'x.yaml');
  expect(code).toBe(99);
  expect(server.paths).toEqual(expect.arrayContaining(['/held', '/waits', '/tear-down']));
  expect(server.paths).not.toContain('/never');
  expect(stdout).toContain('2 transactions cut off by the end of the run, in no row: ');
  const result = workshop.runJson();
  expect(result.total).toMatchObject({ count: 5, errors: 0 });
  expect(result.labels.map(({ label, count }) => `${label} ${count}`).sort()).toEqual([
    'GET /held 1',
    'GET /left 1',
    'GET /right 1',
    'GET /stop 1',
    'GET /waits 1',
  ]);
  expect(result.beside?.map(({ label }) => label)).toEqual(['GET /set-up', 'GET /tear-down']);
  const report = await workshop.plan('report', `${workshop.results()}/samples.jtl`, '--json', 'report.json');
  expect(report.code).toBe(0);
  expect(figures(JSON.parse(workshop.read('report.json')) as RunResult)).toEqual(figures(result));
});
