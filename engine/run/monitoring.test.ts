import { describe, expect, it } from 'vitest';
import { UserError } from '../model/errors.ts';
import type { Metric } from '../model/metric.ts';
import type { NamedMonitor, OpenMonitor, Reading } from '../model/monitor.ts';
import { Monitoring } from './monitoring.ts';
import { OwnTime } from './own-time.ts';

const busy: Metric = { name: 'busy', type: 'trend', unit: 'ratio', description: '' };
const depth: Metric = { name: 'depth', type: 'gauge', unit: '', description: '' };

/** A clock that stands still until it is moved. */
class StillClock {
  now = 1000;
  readonly #waiting: { atEpochMs: number; wake: (whole: boolean) => void }[] = [];
  readonly nowEpochMs = () => this.now;

  sleepUntil(atEpochMs: number) {
    let wake: (whole: boolean) => void = () => undefined;
    const done = new Promise<boolean>((resolve) => (wake = resolve));
    if (atEpochMs <= this.now) wake(true);
    else this.#waiting.push({ atEpochMs, wake });
    return { done, cancel: () => wake(false) };
  }

  get timers(): number {
    return this.#waiting.filter(({ atEpochMs }) => atEpochMs > this.now).length;
  }

  async to(epochMs: number): Promise<void> {
    await settled();
    this.now = epochMs;
    for (const { atEpochMs, wake } of this.#waiting) if (atEpochMs <= epochMs) wake(true);
    await settled();
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

function monitor(
  read: () => Promise<Reading>,
  changes: Partial<NamedMonitor & OpenMonitor> = {},
): NamedMonitor {
  const { limits = [], close, ...rest } = changes;
  return {
    name: 'one',
    kind: 'machine',
    intervalMs: 100,
    metrics: [busy, depth],
    open: () => ({ limits, read, ...(close ? { close } : {}) }),
    ...rest,
  };
}

function stage(...monitors: NamedMonitor[]) {
  const clock = new StillClock();
  const said: string[] = [];
  const time = new OwnTime(() => clock.now);
  const monitoring = new Monitoring({
    monitors,
    clock,
    say: (message) => said.push(message),
    redact: (text) => text.replace('s3cret', '***'),
    time,
  });
  return { clock, said, monitoring, time };
}

const points = (monitoring: Monitoring, metric: string) =>
  monitoring.result().monitors?.[0]?.series.find((series) => series.metric === metric)?.points;

describe('Monitoring', () => {
  it('refuses the run when a monitor does not open in time', async () => {
    const never = () => new Promise<OpenMonitor>(() => undefined);
    const { clock, monitoring, time } = stage(monitor(() => Promise.resolve({}), { open: never }));
    const refused = expect(monitoring.open()).rejects.toThrow('monitor one: it was not ready after 10s');
    for (let n = 0; n < 20; n++) {
      await clock.to(clock.now + 500);
      time.beat();
    }
    await refused;
  });

  it('reads when the load starts, at each interval, and when it ends', async () => {
    let value = 0;
    const { clock, monitoring } = stage(monitor(() => Promise.resolve({ busy: (value += 0.125) })));
    await monitoring.open();
    monitoring.start();
    for (const epochMs of [1100, 1200, 1260]) await clock.to(epochMs);
    await monitoring.stop();
    expect(points(monitoring, 'busy')).toEqual([
      [1000, 0.125],
      [1100, 0.25],
      [1200, 0.375],
      [1260, 0.5],
    ]);
    expect(points(monitoring, 'depth')).toBeUndefined();
  });

  it('leaves the last reading out when it would tell nothing new', async () => {
    const { clock, monitoring } = stage(monitor(() => Promise.resolve({ busy: 0.5 })));
    await monitoring.open();
    monitoring.start();
    for (const epochMs of [1100, 1149]) await clock.to(epochMs);
    await monitoring.stop();
    expect(monitoring.result().monitors).toMatchObject([{ readings: 2, missed: 0 }]);
  });

  it('gives what was recorded to windows once, with the name as a tag', async () => {
    const { clock, monitoring } = stage(monitor(() => Promise.resolve({ busy: 0.5, depth: -3 })));
    await monitoring.open();
    monitoring.start();
    await clock.to(1100);
    const [first, second] = monitoring.takeWindow();
    expect(first).toMatchObject({ metric: 'busy', tags: { monitor: 'one' }, count: 2, sum: 1 });
    expect(second).toMatchObject({ metric: 'depth', tags: { monitor: 'one' }, last: -3, lastEpochMs: 1100 });
    expect(monitoring.takeWindow()).toEqual([]);
    await monitoring.end();
  });

  it('goes on when a reading fails: told once, counted, a gap and no zero', async () => {
    let count = 0;
    const read = () =>
      ++count % 2 === 0 ? Promise.reject(new Error('refused')) : Promise.resolve({ busy: 1 });
    const { clock, said, monitoring } = stage(monitor(read));
    await monitoring.open();
    monitoring.start();
    for (const epochMs of [1100, 1200, 1300]) await clock.to(epochMs);
    await monitoring.stop();
    expect(said).toEqual([
      'monitor one: refused. The run goes on; such readings are counted, and are gaps in its values',
    ]);
    expect(monitoring.result().monitors).toMatchObject([
      {
        monitor: 'one',
        kind: 'machine',
        readings: 4,
        missed: 2,
        reasons: [{ failure: 'refused', count: 2 }],
      },
    ]);
    expect(points(monitoring, 'busy')).toEqual([
      [1000, 1],
      [1100, null],
      [1200, 1],
      [1300, null],
    ]);
    expect(monitoring.takeWindow()).toMatchObject([{ count: 2, sum: 2 }]);
  });

  it('counts a value that its metric cannot hold as missed, and keeps the others', async () => {
    const { said, clock, monitoring } = stage(monitor(() => Promise.resolve({ busy: -1, depth: 7 })));
    await monitoring.open();
    monitoring.start();
    await clock.to(1010);
    await monitoring.end();
    expect(said[0]).toContain('monitor one: busy: a trend takes numbers from 0 to');
    expect(monitoring.takeWindow()).toMatchObject([{ metric: 'depth', last: 7 }]);
    expect(monitoring.result().monitors).toMatchObject([{ readings: 1, missed: 1 }]);
  });

  it('does not ask again while a reading is under way, nor waits for it longer than a second', async () => {
    let asked = 0;
    const { clock, monitoring } = stage(
      monitor(() => {
        asked += 1;
        return new Promise(() => undefined);
      }),
    );
    await monitoring.open();
    monitoring.start();
    for (const epochMs of [1100, 1200]) await clock.to(epochMs);
    const stopped = monitoring.stop();
    await clock.to(2200);
    await stopped;
    expect(asked).toBe(1);
    expect(monitoring.result().monitors).toMatchObject([
      { readings: 3, missed: 2, reasons: [{ failure: 'the reading before was not done yet', count: 2 }] },
    ]);
  });

  it('stays in step when the thread was busy: what was missed is not made up for', async () => {
    const { clock, monitoring } = stage(monitor(() => Promise.resolve({ busy: 0.5 })));
    await monitoring.open();
    monitoring.start();
    for (const epochMs of [1470, 1500]) await clock.to(epochMs);
    expect(points(monitoring, 'busy')?.map(([epochMs]) => epochMs)).toEqual([1000, 1470, 1500]);
    await monitoring.end();
  });

  it('has one timer for all monitors, and none afterwards', async () => {
    const read = () => Promise.resolve({ busy: 0.5 });
    const { clock, monitoring } = stage(
      monitor(read, { intervalMs: 100 }),
      monitor(read, { name: 'two', intervalMs: 250 }),
    );
    await monitoring.open();
    monitoring.start();
    await clock.to(1010);
    expect(clock.timers).toBe(1);
    for (const epochMs of [1100, 1200, 1250, 1300]) await clock.to(epochMs);
    expect(monitoring.result().monitors?.map(({ readings }) => readings)).toEqual([4, 2]);
    await monitoring.end();
    await clock.to(5000);
    expect(monitoring.result().monitors?.map(({ readings }) => readings)).toEqual([4, 2]);
  });

  it('refuses the run with all that cannot be watched, and closes the others', async () => {
    let closed = 0;
    const close = () => {
      closed += 1;
      return Promise.resolve();
    };
    const read = () => Promise.resolve({});
    const refuse = (why: string) => ({
      open: () => {
        throw new UserError(why);
      },
    });
    const { monitoring } = stage(
      monitor(read, { close }),
      monitor(read, { name: 'two', ...refuse('there is no process 7') }),
      monitor(read, { name: 'three', ...refuse('nothing listens on s3cret') }),
    );
    await expect(monitoring.open()).rejects.toThrow(
      'monitor two: there is no process 7\nmonitor three: nothing listens on ***',
    );
    expect(closed).toBe(1);
  });

  it('says what cannot be measured here', async () => {
    const { said, monitoring } = stage(monitor(() => Promise.resolve({}), { limits: ['no disks here'] }));
    await monitoring.open();
    expect(said).toEqual(['monitor one: no disks here']);
  });

  it('without monitors does nothing and says nothing', async () => {
    const { clock, monitoring } = stage();
    await monitoring.open();
    monitoring.start();
    await monitoring.stop();
    await monitoring.end();
    expect([clock.timers, monitoring.takeWindow(), monitoring.result()]).toEqual([0, [], {}]);
  });
});
