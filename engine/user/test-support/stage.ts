import { MetricCollector } from '../../metrics/metric-collector.ts';
import type { CompiledGroup, CompiledStep } from '../../model/compiled-plan.ts';
import { checksMetric, metricTypes, type Metric } from '../../model/metric.ts';
import type { Outcome, Sample } from '../../model/sample.ts';
import type { OpenSampler } from '../../model/sampler.ts';
import type { ConfigNode } from '../../model/template.ts';
import { trustedEngine } from '../../script/trusted-engine.ts';
import { testScope } from '../../template/test-support/scope.ts';
import { buildSteps } from '../build-steps.ts';
import { GroupRun } from '../group-run.ts';
import { LoadTime } from '../load-time.ts';
import { runUser } from '../run-user.ts';
import { UnderWay } from '../under-way.ts';
import { User } from '../user.ts';
import type { World } from '../world.ts';

export const outcome = (given: Partial<Outcome> = {}): Outcome => ({
  ok: true,
  code: '200',
  message: 'OK',
  dataType: 'text',
  bytesReceived: 10,
  bytesSent: 5,
  url: null,
  ...given,
});

/** A metric of each type, called as it, and checks. */
const metrics: readonly Metric[] = [
  ...metricTypes.map((type) => ({ name: type, type, unit: '', description: '' })),
  checksMetric,
];

/** A stage for one user: time moves only when something waits, and samples are what the test's sampler says. */
export class Stage {
  nowEpochMs = 1000;
  readonly samples: Sample[] = [];
  readonly problems: string[] = [];
  readonly stops: string[] = [];
  readonly recorded = new MetricCollector(metrics);
  readonly shared = new Map<number, number>();
  readonly times = new Map<string, number>();
  readonly groups: GroupRun[] = [];
  /** What was performed, as rendered. */
  readonly performed: unknown[] = [];
  readonly underWay = new UnderWay();
  readonly world: World;
  turns = 0;
  readonly skipped: string[] = [];
  readonly staleReuses: string[] = [];
  readonly misses: string[] = [];
  /** `registered`, `done`, `failed: reason`. */
  readonly cleanUp: string[] = [];
  setUpFailures = 0;
  /** Users that a defect has ended, and why. */
  readonly endedEarly: string[] = [];
  /** Users whose samplers were told that they are done, and how many samples there were then. */
  readonly left: string[] = [];
  readonly #locks = new Map<string, Promise<void>>();

  constructor(sampler: Partial<OpenSampler> & { perform: OpenSampler['perform'] }) {
    const properties: Record<string, string> = {};
    this.world = {
      clock: {
        nowEpochMs: () => this.nowEpochMs,
        sleepUntil: (epochMs) => {
          this.nowEpochMs = Math.max(this.nowEpochMs, epochMs);
          return { done: Promise.resolve(true), cancel: () => undefined };
        },
        nextTurn: async () => {
          this.turns += 1;
          this.nowEpochMs += 1;
          await Promise.resolve();
        },
      },
      loadTime: new LoadTime(() => this.nowEpochMs),
      seed: 1,
      properties,
      setProperty: (name, value) => (properties[name] = value),
      variables: new Map([['plan', 'p']]),
      counters: { next: () => 1, nextNamed: () => 1 },
      lock: async (name) => {
        const before = this.#locks.get(name);
        let release: () => void = () => undefined;
        this.#locks.set(name, new Promise<void>((resolve) => (release = resolve)));
        await before;
        return release;
      },
      mask: null,
      trace: null,
      host: testScope().host,
      planName: 'Plan',
      scripts: trustedEngine(),
      pools: new Map(),
      sharedAdd: (slot, amount) => {
        this.shared.set(slot, (this.shared.get(slot) ?? 0) + amount);
        return this.shared.get(slot) ?? 0;
      },
      sharedTime: (slot, group, next) => {
        const cell = `${slot}/${group ?? 'all'}`;
        this.times.set(cell, next(this.times.get(cell) ?? 0));
        return this.times.get(cell) ?? 0;
      },
      meet: () => Promise.resolve(true),
      stopGroup: (_, reason) => this.stops.push(`group: ${reason}`),
      samplers: new Map([
        [
          'fake',
          {
            ...sampler,
            deadlineMs: sampler.deadlineMs ?? (() => 1000),
            close: () => Promise.resolve(),
            perform: (config, context) => {
              this.performed.push(config);
              return sampler.perform(config, context);
            },
          },
        ],
      ]),
      underWay: this.underWay,
      carry: null,
      compare: null,
      record: (sample) => this.samples.push(sample),
      recordMetric: (group, name, value, tags, failure) =>
        this.recorded.record(name, value, tags, this.nowEpochMs, { group, failure }),
      skip: (label) => this.skipped.push(label),
      countStaleReuses: (label, count) => this.staleReuses.push(`${label} ${count}`),
      countMiss: (label, variable) => this.misses.push(`${label}: ${variable}`),
      countCleanUp: (what, failure) => this.cleanUp.push(failure ? `${what}: ${failure}` : what),
      countSetUpFailure: () => (this.setUpFailures += 1),
      countEndedEarly: (reason) => this.endedEarly.push(reason),
      endUser: ({ threadName }) => this.left.push(`${threadName} after ${this.samples.length}`),
      keptBySetUp: [],
      graceMs: 30_000,
      room: () => null,
      activeOf: () => 1,
      activeInAll: () => 2,
      mark: () => () => undefined,
      unmark: () => undefined,
      stopTest: (mode, reason) => this.stops.push(`${mode}: ${reason}`),
      problem: (message) => this.problems.push(message),
    };
  }

  /** Runs one user through the steps, from its start to its end. */
  async run(
    steps: readonly CompiledStep[],
    config: Partial<CompiledGroup> = {},
    index = 0,
  ): Promise<GroupRun> {
    const group = new GroupRun(
      {
        phase: 'main',
        name: 'Users',
        number: 1,
        threads: 1,
        rampUpMs: 0,
        delayMs: 0,
        loops: 1,
        durationMs: null,
        onError: 'continue',
        startAfter: null,
        data: [],
        steps,
        ...config,
      },
      0,
      this.world,
      {},
    );
    this.groups.push(group);
    const endEpochMs = config.durationMs ? 1000 + config.durationMs : Infinity;
    const user = new User(group, { index, startEpochMs: 1000, endEpochMs });
    const { setUp, tearDown } = group.config;
    await runUser(user, group, {
      steps: buildSteps(steps, group, group.config.data),
      setUp: setUp ? buildSteps(setUp.steps, group.part('set-up')) : null,
      tearDown: tearDown ? buildSteps(tearDown.steps, group.part('tear-down')) : null,
      loopsDone: null,
      looped: () => undefined,
      started: () => undefined,
      ended: () => undefined,
    });
    return group;
  }
}

export const constant = (value: unknown): ConfigNode => ({ constant: value });

export function sample(
  label: string,
  given: Partial<Extract<CompiledStep, { type: 'sampler' }>> = {},
): CompiledStep {
  return {
    type: 'sampler',
    sampler: 'fake',
    label,
    config: constant({}),
    tags: {},
    expect: null,
    before: [],
    timers: [],
    extractors: [],
    after: [],
    assertions: [],
    checks: [],
    keepBody: true,
    keepHeaders: false,
    keepRequest: false,
    export: [],
    at: 'plan.yaml:1:1',
    ...given,
  };
}

export function control(
  controller: string,
  config: ConfigNode,
  steps: readonly CompiledStep[],
  given: Partial<Extract<CompiledStep, { type: 'controller' }>> = {},
): CompiledStep {
  return {
    type: 'controller',
    controller,
    label: controller,
    config,
    slot: 0,
    tags: {},
    data: [],
    steps,
    branches: [],
    at: 'plan.yaml:1:1',
    ...given,
  };
}
