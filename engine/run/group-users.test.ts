import { describe, expect, it } from 'vitest';
import type { CompiledGroup } from '../model/compiled-plan.ts';
import { plannedGroup, type GroupLoad, type Pause } from '../model/live-load.ts';
import { GroupRun } from '../user/group-run.ts';
import { LoadTime } from '../user/load-time.ts';
import { SlowClock } from '../user/test-support/slow-clock.ts';
import { outcome, sample, Stage } from '../user/test-support/stage.ts';
import { GroupUsers } from './group-users.ts';
import { progressMemory, UserProgress } from './user-progress.ts';

const startEpochMs = 1000;

/** The users of a group, in one of several workers; each iteration is a sample of 100 ms, times count from the start. */
function group(
  given: Partial<CompiledGroup> = {},
  share = { index: 0, of: 1 },
  /** As it was set before the group started. */
  before: Partial<GroupLoad> & { isPaused?: boolean } = {},
) {
  const clock = new SlowClock(startEpochMs);
  const stage: Stage = new Stage({
    perform: async () => {
      await clock.sleepUntil(clock.nowEpochMs() + 100).done;
      return outcome();
    },
  });
  const time = new LoadTime(clock.nowEpochMs);
  Object.assign(stage.world, { clock, loadTime: time });
  const config: CompiledGroup = {
    phase: 'main',
    name: 'Users',
    number: 1,
    threads: 1,
    rampUpMs: 0,
    delayMs: 0,
    loops: null,
    durationMs: null,
    onError: 'continue',
    startAfter: null,
    data: [],
    steps: [sample('a')],
    ...given,
  };
  const { isPaused, ...changed } = before;
  let load: GroupLoad = { ...plannedGroup(config), ...changed };
  let pauses: readonly Pause[] = isPaused ? [{ fromEpochMs: startEpochMs - 10, toEpochMs: null }] : [];
  time.set(pauses);
  let memory = progressMemory([config]);
  let lives = 0;
  const counts = { active: 0, started: 0, finished: 0, planned: config.threads };
  const idle: string[] = [];
  const begin = (again: boolean, start = startEpochMs) => {
    const run = new GroupRun(config, 0, stage.world, {});
    const progress = new UserProgress({ progress: memory }, 0);
    const life = ++lives;
    const users = new GroupUsers(run, { share, startEpochMs: start, load, again }, progress, {
      started: (isAgain) => {
        if (life !== lives) return;
        counts.active += 1;
        counts.started += isAgain ? 0 : 1;
      },
      ended: () => {
        if (life !== lives) return;
        counts.active -= 1;
        counts.finished += 1;
      },
      planned: (more) => (counts.planned += more),
    });
    users.run((revision) => idle.push(`${revision} at ${clock.nowEpochMs() - startEpochMs}`));
    return { run, users };
  };
  let { run, users } = begin(false);
  const set = (change: Partial<GroupLoad>) => {
    load = { ...load, ...change };
    users.set(load);
  };
  return {
    clock,
    stage,
    counts,
    idle,
    /** So many ms after the start. */
    at: (ms: number) => clock.moveTo(startEpochMs + ms),
    pause: () => {
      pauses = [...pauses, { fromEpochMs: clock.nowEpochMs(), toEpochMs: null }];
      time.set(pauses);
      set({});
    },
    resume: () => {
      pauses = pauses.map((one) => ({ ...one, toEpochMs: one.toEpochMs ?? clock.nowEpochMs() }));
      time.set(pauses);
      set({});
    },
    setThreads: (threads: number) =>
      set({ threads, ramped: Math.min(load.ramped, threads), revision: load.revision + 1 }),
    enable: (isEnabled: boolean) => set({ isEnabled }),
    stop: (mode: 'graceful' | 'soon' | 'now' | 'quit') => users.stop(mode),
    /** The worker dies, and a new one goes on. */
    die: () => {
      memory = memory.map((cells) => cells.slice(0));
      users.stop('quit');
      counts.active = 0;
      ({ run, users } = begin(true));
    },
    failure: () => run.firstFailure,
    /** Who started a sample when, and how late. */
    samples: () =>
      stage.samples
        .toSorted((a, b) => a.startEpochMs - b.startEpochMs || a.threadName.localeCompare(b.threadName))
        .map(
          ({ threadName, startEpochMs: start, dueEpochMs }) =>
            `${threadName.slice('Users 1-'.length)} at ${start - startEpochMs}${start === dueEpochMs ? '' : ` due ${dueEpochMs - startEpochMs}`}`,
        ),
  };
}

describe('users by the ramp-up', () => {
  it('start when they are due, and all end at the end of the time', async () => {
    const { at, samples, idle, counts } = group({ threads: 3, rampUpMs: 300, delayMs: 50, durationMs: 250 });
    await at(1000);
    expect(samples()).toEqual(['1 at 50', '1 at 150', '2 at 150', '1 at 250', '2 at 250', '3 at 250']);
    expect(idle).toEqual(['0 at 350']);
    expect(counts).toEqual({ active: 0, started: 3, finished: 3, planned: 3 });
  });

  it('a million over 100 hours cost one sleep before they exist, and stop at once', async () => {
    const million = group({ threads: 1_000_000, rampUpMs: 3.6e8, durationMs: 3.6e8 }, { index: 1, of: 2 });
    await million.at(300);
    expect([million.counts.started, million.clock.sleeping]).toEqual([0, 1]);
    await million.at(1100);
    expect(million.samples()[0]).toBe('2 at 360');
    expect([million.counts.started, million.clock.sleeping]).toEqual([2, 3]);
    million.stop('soon');
    await million.at(1300);
    expect(million.idle).toHaveLength(1);
    expect(million.counts).toMatchObject({ active: 0, started: 2, finished: 2 });
  });

  it('do not start after a stop', async () => {
    const { at, stop, idle, counts } = group({ threads: 2, rampUpMs: 1000, loops: 1 });
    await at(200);
    stop('graceful');
    await at(2000);
    expect([idle, counts.started]).toEqual([['0 at 200'], 1]);
  });
});

describe('a pause', () => {
  it('starts no iteration; those to come, the end and due times come later by as much', async () => {
    const { at, pause, resume, samples, idle, counts } = group({
      threads: 2,
      rampUpMs: 600,
      durationMs: 500,
    });
    await at(250);
    pause();
    await at(1250);
    expect(counts.active).toBe(1);
    resume();
    await at(3000);
    expect(samples()).toEqual([
      ...['1 at 0', '1 at 100', '1 at 200'],
      ...['1 at 1250', '2 at 1300', '1 at 1350', '2 at 1400', '1 at 1450'],
    ]);
    expect(idle).toEqual(['0 at 1550']);
    expect(counts).toMatchObject({ started: 2, finished: 2 });
  });

  it('may come twice, before the load, and before the first user', async () => {
    const { at, pause, resume, samples } = group({ threads: 1, delayMs: 100, loops: 2 });
    pause();
    await at(500);
    resume();
    await at(550);
    pause();
    await at(1000);
    resume();
    await at(2000);
    expect(samples()).toEqual(['1 at 1050', '1 at 1150']);
  });

  it.each([['graceful'], ['soon'], ['now'], ['quit']] as const)('ends by a stop: %s', async (mode) => {
    const { at, pause, stop, idle } = group({ threads: 4, rampUpMs: 1000, durationMs: 9000 });
    await at(300);
    pause();
    await at(600);
    stop(mode);
    await at(601);
    expect(idle).toEqual(['0 at 600']);
  });

  it('holds a group that starts within it, whose time begins with its end', async () => {
    const { at, resume, samples } = group({ threads: 2, rampUpMs: 200, durationMs: 150 }, undefined, {
      isPaused: true,
    });
    await at(400);
    resume();
    await at(1000);
    expect(samples()).toEqual(['1 at 400', '1 at 500', '2 at 500']);
  });
});

describe('the number of users', () => {
  it('goes up at once, numbered on, and down after the iteration under way, the highest first', async () => {
    const { at, setThreads, samples, counts, idle } = group({ threads: 1, durationMs: 500 });
    await at(120);
    setThreads(3);
    await at(230);
    setThreads(2);
    await at(9000);
    expect(samples().filter((text) => !text.startsWith('1'))).toEqual([
      ...['2 at 120', '3 at 120', '2 at 220', '3 at 220'],
      ...['2 at 320', '2 at 420'],
    ]);
    expect(counts).toEqual({ active: 0, started: 3, finished: 3, planned: 3 });
    expect(idle).toEqual(['2 at 520']);
  });

  it('leaves out users of the ramp-up that had not started; a later rise starts them at once', async () => {
    const { at, setThreads, samples, counts } = group({ threads: 4, rampUpMs: 400, durationMs: 700 });
    await at(50);
    setThreads(1);
    await at(450);
    expect(counts).toMatchObject({ started: 1, planned: 1 });
    setThreads(3);
    await at(9000);
    expect(samples()[5]).toBe('2 at 450');
    expect(counts).toEqual({ active: 0, started: 3, finished: 3, planned: 3 });
  });

  it('may be none: the group then ends by its time, or starts again', async () => {
    const { at, setThreads, samples, counts, idle } = group({ threads: 2, durationMs: 600, loops: 2 });
    await at(50);
    setThreads(0);
    await at(300);
    expect([counts.active, idle]).toEqual([0, []]);
    setThreads(1);
    await at(550);
    setThreads(0);
    await at(9000);
    expect(samples()).toEqual(['1 at 0', '2 at 0', '1 at 300', '1 at 400']);
    expect(idle).toEqual(['2 at 500', '3 at 600']);
    expect(counts).toEqual({ active: 0, started: 3, finished: 3, planned: 3 });
  });

  it('taken back at once changes nothing', async () => {
    const { at, setThreads, counts } = group({ threads: 3, durationMs: 300 });
    await at(50);
    setThreads(1);
    setThreads(3);
    await at(9000);
    expect(counts).toEqual({ active: 0, started: 3, finished: 3, planned: 3 });
  });

  it('may be set before the group starts', async () => {
    const more = { threads: 5, ramped: 2, revision: 2 };
    const { at, samples, counts, idle } = group(
      { threads: 3, rampUpMs: 300, loops: 1, delayMs: 50 },
      undefined,
      more,
    );
    await at(9000);
    expect(samples()).toEqual(['1 at 50', '3 at 50', '4 at 50', '5 at 50', '2 at 150']);
    expect([counts.started, counts.planned, idle]).toEqual([5, 5, ['2 at 250']]);
  });

  it('ends with the run, whatever it is', async () => {
    const { at, setThreads, stop, idle } = group({ threads: 1 });
    setThreads(0);
    await at(500);
    stop('soon');
    await at(501);
    expect(idle).toEqual(['1 at 500']);
  });

  it('set in a pause is there after it', async () => {
    const { at, pause, resume, setThreads, samples, counts } = group({ threads: 2, durationMs: 200 });
    await at(50);
    pause();
    await at(300);
    setThreads(3);
    setThreads(1);
    setThreads(2);
    await at(400);
    expect(counts).toEqual({ active: 2, started: 2, finished: 0, planned: 2 });
    resume();
    await at(450);
    setThreads(3);
    await at(9000);
    expect(samples()).toEqual([
      ...['1 at 0', '2 at 0', '1 at 400', '2 at 400', '3 at 450', '1 at 500', '2 at 500'],
    ]);
    expect(counts).toEqual({ active: 0, started: 3, finished: 3, planned: 3 });
  });

  it.each([0, 1, 2])('is shared exactly: worker %i of 3', async (index) => {
    const { at, setThreads, samples } = group({ threads: 2, durationMs: 400 }, { index, of: 3 });
    setThreads(7);
    await at(250);
    setThreads(4);
    await at(9000);
    const numbers = (from: number, below: number) =>
      new Set(
        samples().flatMap((text) => {
          const [user, start] = text.split(' at ').map(Number);
          return user && start !== undefined && start >= from && start < below ? [user] : [];
        }),
      );
    const own = (threads: number) =>
      new Set(Array.from({ length: threads }, (_, n) => n + 1).filter((user) => (user - 1) % 3 === index));
    expect([numbers(0, 300), numbers(300, 400)]).toEqual([own(7), own(4)]);
  });
});

describe('a group that is disabled', () => {
  it('starts no iteration and no user while its time passes on', async () => {
    const { at, enable, samples, idle } = group({ threads: 2, rampUpMs: 600, durationMs: 800 });
    await at(50);
    enable(false);
    await at(520);
    enable(true);
    await at(9000);
    expect(samples()).toEqual([
      ...['1 at 0', '1 at 520', '2 at 520', '1 at 620', '2 at 620', '1 at 720', '2 at 720'],
    ]);
    expect(idle).toEqual(['0 at 820']);
  });

  it('ends at the end of its time', async () => {
    const off = { isEnabled: false };
    const { at, idle, samples, counts } = group(
      { threads: 2, rampUpMs: 600, durationMs: 800 },
      undefined,
      off,
    );
    await at(9000);
    expect([samples(), idle, counts.started]).toEqual([[], ['0 at 800'], 0]);
  });

  it('ends by a stop', async () => {
    const { at, enable, idle, stop } = group({ threads: 1 });
    await at(50);
    enable(false);
    await at(400);
    stop('graceful');
    await at(401);
    expect(idle).toEqual(['0 at 400']);
  });
});

describe('a worker that takes the place of one that died', () => {
  it.each([
    ['goes on with users that had started', () => undefined, 2, 2],
    ['does not with those that are too many now', (one: ReturnType<typeof group>) => one.setThreads(1), 1, 1],
    ['holds them in a pause', (one: ReturnType<typeof group>) => one.pause(), 0, 2],
    ['holds them in a group that is disabled', (one: ReturnType<typeof group>) => one.enable(false), 0, 2],
  ])('%s', async (_, act, users, wanted) => {
    const one = group({ threads: 2, durationMs: 10_000 });
    await one.at(150);
    act(one);
    await one.at(160);
    one.stage.samples.length = 0;
    one.die();
    const active = one.counts.active;
    await one.at(400);
    const after = one.samples().filter((text) => Number(text.split(' at ')[1]) >= 160);
    expect(new Set(after.map((text) => text[0])).size).toBe(users);
    expect([active, one.counts.started]).toEqual([wanted, 2]);
    one.enable(true);
    one.resume();
    await one.at(30_000);
    expect(one.counts).toEqual({ active: 0, started: 2, finished: 2, planned: 2 });
  });
});
