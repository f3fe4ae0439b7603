import { describe, expect, it } from 'vitest';
import type { Sample } from '../model/sample.ts';
import { Outbox } from './outbox.ts';

const sample = (label: string, more: Partial<Sample> = {}) => ({ label, kind: 'sample', ...more }) as Sample;
const detail = (bodyBytes: number) => ({
  request: null,
  requestIsCut: false,
  headers: [],
  body: new Uint8Array(bodyBytes),
  bodyBytes,
});

function outbox(batchSize: number, batchesUnderway: number) {
  const sent: string[][] = [];
  const clock = { nowEpochMs: 0 };
  const box = new Outbox({
    batchSize,
    batchesUnderway,
    send: (batch) => sent.push(batch.map(({ label }) => label)),
    nowEpochMs: () => clock.nowEpochMs,
  });
  return { box, sent, clock };
}

describe('Outbox', () => {
  it('sends a full batch when the next sample comes and the rest when flushed, in order', () => {
    const { box, sent } = outbox(2, 10);
    for (const label of ['a', 'b', 'c']) box.add(sample(label));
    expect(sent).toEqual([['a', 'b']]);
    box.flush();
    box.flush();
    expect(sent).toEqual([['a', 'b'], ['c']]);
  });

  it('keeps the parts of a sample in its batch', () => {
    const { box, sent } = outbox(2, 10);
    box.add(sample('a'));
    box.add(sample('b'));
    for (const label of ['b-0', 'b-1']) box.add(sample(label, { kind: 'sub' }));
    box.add(sample('c'));
    expect(sent).toEqual([['a', 'b', 'b-0', 'b-1']]);
  });

  it('sends earlier what carries much, and counts it as several batches', () => {
    const { box, sent } = outbox(100, 5);
    box.add(sample('a', { detail: detail(1_100_000) }));
    box.add(sample('b'));
    expect(sent).toEqual([['a']]);
    expect(box.room()).toBeInstanceOf(Promise);
    box.taken(1);
    expect(box.room()).toBeNull();
  });

  it('holds users back while too much is under way, and says for how long', async () => {
    const { box, clock } = outbox(1, 2);
    box.add(sample('a'));
    box.add(sample('b'));
    expect(box.room()).toBeNull();
    box.add(sample('c'));
    const room = box.room();
    expect(room).toBeInstanceOf(Promise);
    expect(box.room()).toBe(room);
    clock.nowEpochMs = 30;
    expect(box.takeHeldBackMs()).toBe(30);
    clock.nowEpochMs = 50;
    box.taken(1);
    await room;
    expect(box.room()).toBeNull();
    expect(box.takeHeldBackMs()).toBe(20);
    expect(box.takeHeldBackMs()).toBe(0);
  });
});
