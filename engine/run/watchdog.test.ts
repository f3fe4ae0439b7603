import { describe, expect, it } from 'vitest';
import { OwnTime } from './own-time.ts';
import type { ThreadTime } from './thread-time.ts';
import { Watchdog } from './watchdog.ts';

/** A main thread and one worker: `seconds` pass, in which the worker breathes or not. */
function watched(threadTime: (atMs: number) => ThreadTime | null = () => null) {
  let nowMs = 0;
  let breaths = 0;
  const said: string[] = [];
  const own = new OwnTime(() => nowMs);
  const dog = new Watchdog({
    limitMs: 5000,
    slotOf: () => ({ breaths, thread: 7 }),
    threadTime: () => threadTime(nowMs),
    stuck: (worker, silentMs) => said.push(`stuck ${worker} ${silentMs}`),
    starved: (worker, silentMs) => said.push(`starved ${worker} ${silentMs}`),
  });
  own.onBeat((passedMs) => dog.beat(passedMs));
  dog.watch(3);
  const beat = (ms: number) => {
    nowMs += ms;
    own.beat();
  };
  const silent = (seconds: number) => {
    for (let n = 0; n < seconds * 4; n++) beat(250);
  };
  const breathing = (seconds: number) => {
    for (let n = 0; n < seconds * 4; n++) {
      breaths += 1;
      beat(250);
    }
  };
  return { said, silent, breathing, beat, dog };
}

const thread = (given: Partial<ThreadTime>): ThreadTime => ({ ranMs: 0, waitedMs: 0, state: 'S', ...given });

describe('Watchdog', () => {
  it('notices a worker that has not breathed for the limit, once', () => {
    const { said, silent, breathing } = watched();
    breathing(60);
    silent(4.75);
    expect(said).toEqual([]);
    silent(10);
    expect(said).toEqual(['stuck 3 5000']);
  });

  it('leaves alone one that breathes now and then', () => {
    const { said, silent, breathing } = watched();
    for (let n = 0; n < 5; n++) {
      silent(4.75);
      breathing(0.25);
    }
    expect(said).toEqual([]);
  });

  it.each([
    ['SIGSTOP of the process', 8000],
    ['a machine asleep for an hour', 3_600_000],
  ])('does not count %s', (_, ms) => {
    const { said, silent, breathing, beat } = watched();
    breathing(1);
    for (let n = 0; n < 3; n++) {
      beat(ms);
      silent(0.5);
    }
    expect(said).toEqual([]);
    silent(5);
    expect(said).toHaveLength(1);
  });

  it.each([
    ['computes for ever', (ms: number) => thread({ ranMs: ms, state: 'R' }), 'stuck 3 5000'],
    ['sleeps in a call', () => thread({ state: 'S' }), 'stuck 3 5000'],
    [
      'gets a third of a processor',
      (ms: number) => thread({ ranMs: ms / 3, waitedMs: ms * 0.66, state: 'R' }),
      'stuck 3 5000',
    ],
    ['gets no processor', () => thread({ state: 'R' }), 'starved 3 5000'],
    [
      'hardly gets one',
      (ms: number) => thread({ ranMs: ms / 50, waitedMs: ms * 0.9, state: 'S' }),
      'starved 3 5000',
    ],
    ['cannot be looked at', () => null, 'stuck 3 5000'],
  ])('a thread that %s', (_, time, expected) => {
    const { said, silent } = watched(time);
    silent(5.5);
    expect(said).toEqual([expected]);
  });

  it('looks no more at one that has left, and afresh at one that comes back', () => {
    const { said, silent, dog } = watched();
    silent(4);
    dog.leave(3);
    silent(10);
    dog.watch(3);
    silent(4);
    expect(said).toEqual([]);
  });
});
