import { describe, expect, it } from 'vitest';
import type { Sample } from '../model/sample.ts';
import { Outbox } from './outbox.ts';

const sample = (label: string) => ({ label }) as Sample;

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
  it('sends a full batch at once and the rest when flushed, in order', () => {
    const { box, sent } = outbox(2, 10);
    for (const label of ['a', 'b', 'c']) box.add(sample(label));
    expect(sent).toEqual([['a', 'b']]);
    box.flush();
    box.flush();
    expect(sent).toEqual([['a', 'b'], ['c']]);
  });

  it('holds users back while too much is under way, and says for how long', async () => {
    const { box, clock } = outbox(1, 2);
    box.add(sample('a'));
    expect(box.room()).toBeNull();
    box.add(sample('b'));
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
