import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PrometheusStandIn } from '../support/prometheus.ts';
import { eventually } from '../support/plan-command.ts';
import { target, workshop } from '../support/workshop-and-target.ts';

let prometheus: PrometheusStandIn;
beforeEach(async () => (prometheus = await PrometheusStandIn.start()));
afterEach(() => prometheus.stop());

const plan = (monitors: string, more = '') => `name: Watched
defaults: { http: { baseUrl: "${target.url}" } }
threadGroups: [{ name: G, threads: 2, duration: 1s, steps: [{ get: /a }, { pause: 5ms }] }]
monitors:
${monitors}
${more}`;

const isLinux = process.platform === 'linux';

describe('monitors beside a run', () => {
  it.runIf(isLinux)('are in the table, the thresholds, run.json and reports', async () => {
    prometheus.answer = 12.5;
    workshop.write(
      'x.yaml',
      plan(
        `  - machine: 200ms
  - process: { port: ${new URL(target.url).port}, name: server, interval: 200ms }
  - process: { self: true, interval: 200ms }
  - promql: { url: "${prometheus.url}", query: "sum(rate(x[1m]))", as: api_rate, unit: /s, interval: 200ms }`,
        `thresholds:
  - max(machine_memory_ratio) <= 100%
  - max(process_memory){monitor=server} < 20GB
  - max(process_cpu_ratio){monitor=self} > 0.01%
  - avg(api_rate) == 12.5
  - max(api_rate) < 1
`,
      ),
    );
    const { code, stdout, stderr } = await workshop.plan('run', 'x.yaml', '--workers', '2');
    expect([code, stderr]).toEqual([99, '']);
    expect(stdout).toMatch(
      /^monitors +values +avg +min +med +p95 +max\nmachine\n {2}machine_cpu +\d+ +[\d.]+% /m,
    );
    expect(stdout).toMatch(/^server\n {2}process_cpu_ratio /m);
    expect(stdout).toMatch(/^api_rate\n {2}api_rate \(\/s\) +\d+ +13 /m);
    expect(stdout).toContain('✓ max(process_memory){monitor=server} < 20GB');
    expect(stdout).toContain('✗ max(api_rate) < 1');
    const { monitors = [], metrics = [], verdict } = workshop.runJson();
    expect(verdict.reasons).toEqual(['threshold failed: max(api_rate) < 1']);
    expect(monitors.map(({ monitor, kind, missed }) => [monitor, kind, missed])).toEqual([
      ['machine', 'machine', 0],
      ['server', 'process', 0],
      ['self', 'process', 0],
      ['api_rate', 'promql', 0],
    ]);
    const [machine] = monitors;
    const [cpu, , memory] = machine?.series ?? [];
    expect(cpu).toMatchObject({ metric: 'machine_cpu', unit: 'ratio' });
    expect(cpu?.points[0]?.[1]).toBeNull();
    expect(memory?.points.length).toBe(machine?.readings);
    expect(memory?.points.length).toBeGreaterThanOrEqual(4);
    const row = metrics.find(({ metric, tag }) => metric === 'process_memory' && tag === 'monitor=server');
    expect(row).toMatchObject({ type: 'trend', unit: 'bytes', count: monitors[1]?.readings });
    const again = await workshop.plan('report', workshop.results());
    expect(again.stdout).toMatch(/^server\n {2}process_cpu_ratio /m);
  });

  it('that fail are told once and counted; the run goes on, and a threshold without data fails', async () => {
    prometheus.answer = { status: 401, text: 'no' };
    workshop.write(
      'x.yaml',
      plan(
        `  - promql: { url: "${prometheus.url}", query: up, as: up_now, interval: 200ms, headers: { Authorization: "Bearer \${token}" } }`,
        'properties: { token: { default: s3cr3t, secret: true } }\nthresholds: [max(up_now) >= 0]\n',
      ),
    );
    const { code, stdout, stderr } = await workshop.plan('run', 'x.yaml');
    expect(code).toBe(99);
    expect(stderr).toBe(
      `monitor up_now: ${prometheus.url}: HTTP 401: it asks for credentials. Send them under headers:. The run goes on; such readings are counted, and are gaps in its values\n`,
    );
    expect(stdout).toContain('✗ max(up_now) >= 0  no data');
    expect(stdout).toMatch(/^up_now\n {2}(\d+) of \1 readings gave nothing$/m);
    expect(prometheus.requests[0]).toMatch(/^authorization: Bearer s3cr3t\r$/im);
    const { monitors = [], total } = workshop.runJson();
    expect(monitors[0]).toMatchObject({ monitor: 'up_now', series: [] });
    expect(monitors[0]?.missed).toBe(monitors[0]?.readings);
    expect(total.errors).toBe(0);
    expect(total.count).toBeGreaterThan(10);
    const files = ['run.json', 'plan.yaml', 'samples.jtl'];
    for (const file of files) expect(workshop.read(`${workshop.results()}/${file}`)).not.toContain('s3cr3t');
  });

  it('have gaps, no zeros, while Prometheus is away', async () => {
    prometheus.answer = 7;
    workshop.write(
      'x.yaml',
      plan(
        `  - promql: { url: "${prometheus.url}", query: up, as: up_now, interval: 100ms }`,
        'thresholds: [min(up_now) == 7]\n',
      ).replace('duration: 1s', 'duration: 3s'),
    );
    const { ended } = workshop.start(['run', 'x.yaml']);
    const { port, requests } = prometheus;
    await eventually(() => requests.length > 4, 'some values');
    await prometheus.stop();
    await new Promise((resolve) => setTimeout(resolve, 500));
    prometheus = await PrometheusStandIn.start(port);
    prometheus.answer = 7;
    const { code, stderr } = await ended;
    expect(code).toBe(0);
    expect(stderr.match(/^monitor up_now: /gm)).toHaveLength(1);
    const values = workshop.runJson().monitors?.[0]?.series[0]?.points.map(([, value]) => value) ?? [];
    expect(new Set(values)).toEqual(new Set([7, null]));
    expect(values[0]).toBe(7);
  });

  it.runIf(isLinux)('that cannot be, refuse the run before any load, all at once', async () => {
    prometheus.answer = {
      status: 400,
      text: '{"status":"error","errorType":"bad_data","error":"1:4: parse error"}',
    };
    workshop.write(
      'x.yaml',
      plan(`  - process: { pid: 4194304 }
  - process: { port: 1, name: api }
  - promql: { url: "${prometheus.url}", query: "up{", as: up_now }`),
    );
    const { code, stderr } = await workshop.plan('run', 'x.yaml');
    expect(code).toBe(104);
    expect(stderr.split('\n').sort()).toEqual(
      [
        '',
        '3 problems; nothing was run',
        'monitor api: no process of this machine listens on port 1. Start it before the run, or leave the monitor out.',
        'monitor pid-4194304: there is no process 4194304. Start it before the run, or leave the monitor out.',
        `monitor up_now: ${prometheus.url} refuses the query up{: bad_data: 1:4: parse error`,
      ].sort(),
    );
    expect(target.requests).toEqual([]);
  });

  it('are shown by explain, and do not keep a run from ending', async () => {
    workshop.write(
      'x.yaml',
      plan(`  - machine: 2s\n  - process: { self: true, name: generator }`).replace(
        'duration: 1s',
        'loops: 1',
      ),
    );
    const { stdout } = await workshop.plan('explain', 'x.yaml');
    expect(stdout).toContain(
      'Monitors\n  machine  machine {}, every 2s\n  generator  process { self: true, children: false }, every 1s\n',
    );
    const { code } = await workshop.plan('run', 'x.yaml');
    expect(code).toBe(0);
  });
});
