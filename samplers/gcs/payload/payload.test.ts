import { describe, expect, it } from 'vitest';
import type { GcsConfig } from '../schema.ts';
import { MadeFiles } from '../../google/made/made-files.ts';
import { EndlessBank } from './bank.ts';
import { payloadOf } from './payload.ts';

const MiB = 2 ** 20;
const sources = { pathOf: (path: string) => path, made: new MadeFiles(), bank: new EndlessBank() };

describe('a payload', () => {
  it('hands the pieces of a stream on as they are made: nothing is joined, and so nothing is copied', async () => {
    const config = {
      upload: 'x',
      stream: { size: 2 * MiB + 5, compressibility: 0, seed: 1 },
    } as unknown as GcsConfig;
    const payload = await payloadOf(config, sources);
    const lengths: number[] = [];
    for await (const piece of payload?.open(0, 2 * MiB + 5) ?? []) lengths.push(piece.length);
    expect(lengths).toEqual([...Array.from({ length: 8 }, () => MiB / 4), 5]);
  });
});
