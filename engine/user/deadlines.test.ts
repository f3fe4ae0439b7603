import { describe, expect, it } from 'vitest';
import type { SampleContext } from '../model/sampler.ts';
import type { Outcome } from '../model/sample.ts';
import { outcome, sample, Stage } from './test-support/stage.ts';

const never = new Promise<never>(() => undefined);

/** A turn of the event loop, in which all that is settled is taken. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('an operation that its sampler loses', () => {
  it('is given up a second after its deadline, once, and the user goes on', async () => {
    let late: (given: Outcome) => void = () => undefined;
    const operations = [new Promise<Outcome>((resolve) => (late = resolve)), Promise.resolve(outcome())];
    const stage = new Stage({ perform: () => operations.shift() ?? never, deadlineMs: () => 5000 });
    const ended = stage.run([sample('a'), sample('b')]);
    await turn();
    stage.underWay.check(6999);
    await turn();
    expect(stage.samples).toEqual([]);
    stage.nowEpochMs = 7000;
    stage.underWay.check(7000);
    await ended;
    late(outcome());
    await turn();
    expect(stage.samples.map(({ label, ok, code }) => [label, ok, code])).toEqual([
      ['a', false, 'Non HTTP response code: java.net.SocketTimeoutException'],
      ['b', true, '200'],
    ]);
    expect(stage.samples[0]).toMatchObject({
      elapsedMs: 6000,
      failure: expect.stringContaining('within 5s') as string,
    });
  });

  it('drops a rejection that comes later', async () => {
    let late: (error: Error) => void = () => undefined;
    const lost = new Promise<Outcome>((_, reject) => (late = reject));
    const stage = new Stage({ perform: () => lost, deadlineMs: () => 0 });
    const ended = stage.run([sample('a')]);
    await turn();
    stage.underWay.check(2000);
    await ended;
    late(new Error('too late'));
    await turn();
    expect(stage.samples).toHaveLength(1);
  });

  it('has its time from when it was ready', async () => {
    let heard: SampleContext | null = null;
    const perform = (_: unknown, context: SampleContext) => {
      heard = context;
      return never;
    };
    const stage = new Stage({ perform, deadlineMs: () => 1000, preparesWithinMs: () => 10_000 });
    const ended = stage.run([sample('a')]);
    await turn();
    stage.underWay.check(11_000);
    stage.nowEpochMs = 4000;
    (heard as SampleContext | null)?.ready();
    stage.underWay.check(5999);
    await turn();
    expect(stage.samples).toEqual([]);
    stage.underWay.check(6000);
    await ended;
    expect(stage.samples).toHaveLength(1);
  });

  it.each([
    [undefined, 2000],
    [() => 3000, 5000],
  ])('is given up soon after a stop that ends what is in flight', async (endsWithinMs, untilEpochMs) => {
    const stage = new Stage({
      perform: () => never,
      deadlineMs: () => Infinity,
      ...(endsWithinMs && { endsWithinMs }),
    });
    const ended = stage.run([sample('a')]);
    await turn();
    stage.underWay.stop(1000);
    stage.underWay.check(untilEpochMs - 1);
    await turn();
    expect(stage.samples).toEqual([]);
    stage.underWay.check(untilEpochMs);
    await ended;
    expect(stage.samples[0]?.code).toBe(
      'Non HTTP response code: org.apache.http.impl.execchain.RequestAbortedException',
    );
  });

  it('and another in the list are told apart', async () => {
    const open: ((given: Outcome) => void)[] = [];
    const stage = new Stage({
      perform: () => new Promise((resolve) => open.push(resolve)),
      deadlineMs: () => 9000,
    });
    const runs = ['a', 'b', 'c'].map((label, index) => stage.run([sample(label)], {}, index));
    await turn();
    open[1]?.(outcome());
    await turn();
    expect(stage.underWay.failAll(new Error('stray'))).toBe(2);
    await Promise.all(runs);
    expect(stage.samples.map(({ label, ok }) => [label, ok]).sort()).toEqual([
      ['a', false],
      ['b', true],
      ['c', false],
    ]);
    expect(stage.underWay.failAll(new Error('stray'))).toBe(0);
  });
});

describe('users that wait for nothing', () => {
  it('give way when timers have not had their turn for long', async () => {
    const stage = new Stage({
      perform: () => {
        stage.nowEpochMs += 100;
        return Promise.resolve(outcome());
      },
    });
    stage.underWay.checkedEpochMs = 1000;
    await stage.run([sample('a')], { loops: 4 });
    expect(stage.turns).toBe(2);
  });
});
