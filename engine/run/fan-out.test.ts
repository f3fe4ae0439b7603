import { describe, expect, it } from 'vitest';
import type { Listener, RunInfo } from '../model/listener.ts';
import type { RunResult } from '../model/run-result.ts';
import type { Sample } from '../model/sample.ts';
import { FanOut } from './fan-out.ts';

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
});
