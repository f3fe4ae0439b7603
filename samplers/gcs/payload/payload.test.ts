import { describe, expect, it } from 'vitest';
import type { GcsConfig } from '../schema.ts';
import { payloadOf } from './payload.ts';

const MiB = 2 ** 20;
const files = { pathOf: (path: string) => path };

describe('a payload', () => {
  it('hands the pieces of a stream on as they are made: nothing is joined, and so nothing is copied', async () => {
    const config = { stream: { size: 2 * MiB + 5, compressibility: 0, seed: 1 } } as unknown as GcsConfig;
    const payload = await payloadOf(config, files);
    const lengths: number[] = [];
    for await (const piece of payload.open(0, 2 * MiB + 5) as AsyncIterable<Buffer>)
      lengths.push(piece.length);
    expect(lengths).toEqual([...Array.from({ length: 8 }, () => MiB / 4), 5]);
  });
});
