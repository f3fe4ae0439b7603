import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sample } from '../model/sample.ts';
import { packCarrying, packSamples, unpackSamples, withoutUrls } from './packed-samples.ts';

const number = fc.double({ noNaN: true });
const sample: fc.Arbitrary<Sample> = fc.record({
  kind: fc.constantFrom('sample', 'sub', 'transaction', 'cut'),
  phase: fc.constantFrom('load', 'set-up', 'warm-up', 'tear-down', 'clean-up'),
  label: fc.string(),
  tags: fc.constantFrom<Sample['tags']>({}, { endpoint: 'issues' }, { endpoint: 'users', zone: 'a' }),
  threadName: fc.constantFrom('Users 1-1', 'Users 1-2'),
  dueEpochMs: number,
  startEpochMs: number,
  elapsedMs: number,
  idleMs: number,
  latencyMs: number,
  connectMs: number,
  ok: fc.boolean(),
  code: fc.string(),
  message: fc.string(),
  failure: fc.string(),
  dataType: fc.constantFrom('text', 'bin', ''),
  bytesReceived: fc.nat(),
  bytesSent: fc.nat(),
  url: fc.option(fc.string()),
  groupThreads: fc.nat(),
  allThreads: fc.nat(),
});

const carrying: fc.Arbitrary<Sample> = fc
  .tuple(
    sample,
    fc.record(
      {
        variables: fc.dictionary(fc.string(), fc.string()),
        detail: fc.record({
          request: fc.constant(null),
          requestIsCut: fc.boolean(),
          headers: fc.array(fc.tuple(fc.string(), fc.string())),
          body: fc.uint8Array(),
          bodyBytes: fc.nat(),
        }),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([plain, extra]) => ({ ...plain, ...extra }));

describe('packed samples', () => {
  it('are what was packed, with what they carry for listeners', () => {
    fc.assert(
      fc.property(fc.array(carrying), (samples) => {
        expect(unpackSamples(structuredClone(packCarrying(samples)))).toEqual(samples);
      }),
    );
  });

  it('keep everything but URLs and what they carried when those are taken out', () => {
    fc.assert(
      fc.property(fc.array(sample), (samples) => {
        const packed = packCarrying(samples);
        const bare = samples.map((one) => ({ ...one, url: null }));
        expect(unpackSamples(withoutUrls(packed))).toEqual(bare);
        expect(unpackSamples(packed)).toEqual(samples);
      }),
    );
  });

  it('are what was packed, also when the pack has been to another thread', () => {
    fc.assert(
      fc.property(fc.array(sample), (samples) => {
        expect(unpackSamples(structuredClone(packSamples(samples)))).toEqual(samples);
      }),
    );
  });

  it('hold once what repeats, URLs excepted', () => {
    const [one] = fc.sample(sample, 1);
    const { texts, tags, urls } = packSamples(
      Array.from({ length: 5 }, () => ({ ...one!, url: 'http://a/' })),
    );
    expect([texts.length, urls.length]).toEqual([5, 5]);
    expect(tags).toHaveLength(1);
  });
});
