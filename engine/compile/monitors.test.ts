import { describe, expect, it } from 'vitest';
import { mistakes, prepareYaml } from '../../test/support/prepare-yaml.ts';

const plan = (more: string) => `name: P
properties: { every: { type: duration, default: 2s }, port: { type: integer, default: 8080 } }
threadGroups: [{ name: G, steps: [{ get: 'http://127.0.0.1:9/' }] }]
${more}`;

const names = (list: readonly { readonly name: string }[] = []) => list.map(({ name }) => name);

describe('monitors of a plan', () => {
  it('are known before the run, with their metrics', async () => {
    const { compiled } = await prepareYaml(
      plan(`monitors:
  - machine
  - machine: { name: slow, interval: "\${every}" }
  - process: { port: "\${port}", children: true }
  - promql: { url: "http://127.0.0.1:9", query: up, as: up_now, type: gauge, unit: /s }
`),
    );
    expect(compiled.monitors).toMatchObject([
      { kind: 'machine', name: 'machine', intervalMs: 1000 },
      { kind: 'machine', name: 'slow', intervalMs: 2000 },
      { kind: 'process', name: 'port-8080', intervalMs: 1000, config: { port: 8080, children: true } },
      { kind: 'promql', name: 'up_now', intervalMs: 5000, config: { timeout: 5000 } },
    ]);
    expect(names(compiled.metrics)).toEqual(
      expect.arrayContaining(['machine_cpu', 'process_memory', 'up_now']),
    );
    expect(names(compiled.monitors?.[3]?.metrics)).toEqual(['up_now']);
    expect(structuredClone(compiled)).toEqual(compiled);
  });

  it('are none in a plan that names none', async () => {
    const { compiled } = await prepareYaml(plan(''));
    expect('monitors' in compiled).toBe(false);
  });

  it('may be asked for in thresholds, in the unit of the metric', async () => {
    const { compiled } = await prepareYaml(
      plan(`monitors: [machine, { process: { self: true, name: generator } }]
thresholds:
  - avg(machine_cpu) < 80%
  - p95(process_memory){monitor=generator} < 1.5GiB
  - max(process_disk_write) < 10MB/s
  - max(process_cpu_ratio) < 150%
  - max(process_threads) < 100 threads
`),
    );
    expect(compiled.thresholds.map(({ limit }) => limit)).toEqual([0.8, 1_610_612_736, 10_000_000, 1.5, 100]);
  });

  it.each([
    ['monitors: [machin]', 'plan.yaml:4:12: unknown monitor "machin". Did you mean "machine"?'],
    ['monitors: [{ machine: {}, process: {} }]', 'expected one monitor, such as machine or "machine: …"'],
    [
      'monitors: [{ machine: { intervall: 1s } }]',
      'unknown key "intervall" in machine. Did you mean "interval"?',
    ],
    ['monitors: [{ machine: 10 }]', 'plan.yaml:4:23: machine: "10" has no unit. Write 10s, or 10ms.'],
    ['monitors: [{ machine: 50ms }]', 'interval: expected from 100ms to 24d, found 50ms.'],
    ['monitors: [{ machine: { interval: 30d } }]', 'plan.yaml:4:35: interval: expected from 100ms to 24d'],
    ['monitors: [process]', 'a process monitor needs one of pid, port, command, self.'],
    ['monitors: [{ process: { pid: 0 } }]', 'pid: expected'],
    ['monitors: [{ process: { pid: 1, port: 2 } }]', 'pid and port exclude each other'],
    [
      'monitors: [{ process: { pid: "${__threadNum}" } }]',
      'options of the monitor process must be known before',
    ],
    ['monitors: [{ promql: { query: up } }]', 'promql needs "url".'],
    ['monitors: [{ promql: { url: prometheus, query: up, as: up } }]', 'url: expected'],
    ['monitors: [{ promql: { url: http://x, query: up, as: elapsed } }]', 'the metric "elapsed" is built in'],
    [
      'monitors: [machine, machine]',
      'plan.yaml:4:21: the monitor in plan.yaml:4 is called "machine", too. Give one of them another name.',
    ],
    [
      'metrics: { machine_cpu: { type: gauge } }\nmonitors: [machine]',
      'plan.yaml:4:12: the metric "machine_cpu" is measured by machine monitors. Choose another name.',
    ],
    [
      'monitors: [machine, { promql: { url: http://x, query: up, as: machine_cpu } }]',
      'the metric "machine_cpu" is measured elsewhere as a trend of ratio, here as a trend.',
    ],
    [
      'setUp: [{ process: { command: "true" } }]\nmonitors: [{ promql: { url: http://x, query: up, as: process_cpu_time } }]',
      'the metric "process_cpu_time" is measured elsewhere as a trend of ms, here as a trend.',
    ],
    [
      'monitors: [machine]\nthresholds: ["max(machine_cpu){monitor=api} < 80%"]',
      'no value of machine_cpu has the tag monitor=api. Known values of monitor: machine.',
    ],
    ['monitors: [machine]\nthresholds: ["max(machine_cpu) < 80"]', 'A share is at most 100%'],
    ['monitors: [machine]\nthresholds: ["max(machine_memroy) < 1GB"]', 'Did you mean "machine_memory"?'],
    ['thresholds: ["max(machine_cpu) < 80%"]', 'found "machine_cpu"'],
  ])('with a mistake (%s) are told of before the run', async (more, message) => {
    expect((await mistakes(plan(more))).join('\n')).toContain(message);
  });
});
