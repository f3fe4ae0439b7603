import { describe, expect, it } from 'vitest';
import type { Listener, RunInfo } from '../model/listener.ts';
import type { RunWindow } from '../model/metrics.ts';
import type { RunResult } from '../model/run-result.ts';
import type { Sample } from '../model/sample.ts';
import { FanOut } from './fan-out.ts';
import { OwnTime } from './own-time.ts';

const batch = (label: string) => [{ label } as Sample];
const named = (kind: string, listener: Listener, essential = false) => ({ kind, listener, essential });

describe('FanOut', () => {
  it('hands every batch to every listener, in order, one call at a time', async () => {
    const seen: string[] = [];
    let calls = 0;
    const slow: Listener = {
      async samples(samples) {
        calls += 1;
        expect(calls).toBe(1);
        await Promise.resolve();
        seen.push(`slow ${samples[0]!.label}`);
        calls -= 1;
      },
    };
    const fast: Listener = { samples: (samples) => void seen.push(`fast ${samples[0]!.label}`) };
    const fanOut = new FanOut([named('slow', slow), named('fast', fast)], () => undefined);
    await Promise.all([fanOut.samples(batch('a')), fanOut.samples(batch('b'))]);
    expect(seen.filter((one) => one.startsWith('slow'))).toEqual(['slow a', 'slow b']);
    expect(seen.filter((one) => one.startsWith('fast'))).toEqual(['fast a', 'fast b']);
  });

  it('leaves out a listener that threw, tells of it once, and spares the others', async () => {
    const seen: string[] = [];
    const told: unknown[] = [];
    const broken: Listener = {
      samples: () => {
        throw new TypeError('no');
      },
      end: () => void seen.push('broken end'),
    };
    const sound: Listener = {
      samples: (samples) => void seen.push(samples[0]!.label),
      end: () => void seen.push('end'),
    };
    const fanOut = new FanOut([named('broken', broken, true), named('sound', sound)], (failure) =>
      told.push(failure),
    );
    await fanOut.samples(batch('a'));
    await fanOut.samples(batch('b'));
    await fanOut.end({} as RunResult);
    expect(seen).toEqual(['a', 'b', 'end']);
    expect(told).toEqual([
      { kind: 'broken', essential: true, message: expect.stringContaining('TypeError: no') as string },
    ]);
  });

  it('refuses the run when a listener cannot start', async () => {
    const fanOut = new FanOut(
      [named('x', { start: () => Promise.reject(new Error('no room')) })],
      () => undefined,
    );
    await expect(fanOut.start({} as RunInfo)).rejects.toThrow('no room');
  });

  it.each([
    [{ samples: () => undefined }, true],
    [{ window: () => undefined }, false],
  ])('knows whether anyone reads raw samples', (listener, expected) => {
    expect(new FanOut([named('x', listener)], () => undefined).wantsSamples).toBe(expected);
  });

  it('lets every listener say its last words, even after one failed at it', () => {
    const seen: string[] = [];
    const broken = () => {
      throw new Error('no');
    };
    const fanOut = new FanOut(
      [named('a', { abandon: broken }), named('b', { abandon: () => void seen.push('b') })],
      () => undefined,
    );
    fanOut.abandon();
    expect(seen).toEqual(['b']);
  });

  describe('with a listener whose promise never settles', () => {
    const never = () => new Promise<void>(() => undefined);
    /** A minute passes for the main thread with every turn. */
    function hanging(listener: Listener, essential = false) {
      let nowMs = 0;
      const time = new OwnTime(() => nowMs);
      const failures: string[] = [];
      const seen: string[] = [];
      const sound: Listener = {
        samples: (samples) => void seen.push(samples[0]!.label),
        window: () => void seen.push('window'),
        end: () => void seen.push('end'),
      };
      const fanOut = new FanOut(
        [named('stuck', listener, essential), named('sound', sound)],
        ({ kind, message, essential: isEssential }) => failures.push(`${kind} ${isEssential}: ${message}`),
        time,
      );
      const pass = async (ms: number) => {
        for (let passed = 0; passed < ms; passed += 500) {
          await new Promise((resolve) => setImmediate(resolve));
          nowMs += 500;
          time.beat();
        }
      };
      return { fanOut, failures, seen, pass };
    }

    it.each([
      ['samples', 10_000, true, 'stuck true: it did not answer within 10s; it is left out'],
      ['window', 10_000, false, 'stuck false: it did not answer within 10s; it is left out'],
      ['end', 60_000, false, 'stuck false: it did not answer within 1m; it is left out'],
    ] as const)(
      'in %s: it is left out after its time, and the others go on',
      async (call, ms, essential, text) => {
        const { fanOut, failures, seen, pass } = hanging({ [call]: never }, essential);
        const calls = [
          fanOut.samples(batch('a')),
          fanOut.window({} as RunWindow),
          fanOut.end({} as RunResult),
        ];
        await pass(ms - 500);
        expect(failures).toEqual([]);
        await pass(500);
        await Promise.all(calls);
        expect(failures).toEqual([text]);
        expect(seen).toEqual(['a', 'window', 'end']);
      },
    );

    it('in start: the run is refused', async () => {
      const { fanOut, pass } = hanging({ start: never });
      const started = fanOut.start({} as RunInfo);
      const refused = expect(started).rejects.toMatchObject({
        message: expect.stringContaining('listener stuck: it was not ready after 10s') as string,
        exitCode: 110,
      });
      await pass(10_000);
      await refused;
    });
  });
});
