import { describe, expect, it } from 'vitest';
import { LineWriter } from './line-writer.ts';

/** A stream whose reader takes what is written when the test says so. */
function slowReader(takesAtOnce = false) {
  const taken: string[] = [];
  const waiting: { text: string; written: () => void }[] = [];
  let fail: (error: unknown) => void = () => {};
  return {
    taken,
    get writableLength() {
      return waiting.reduce((sum, { text }) => sum + text.length, 0);
    },
    write(text: string, written: () => void) {
      if (takesAtOnce) {
        taken.push(text);
        queueMicrotask(written);
      } else waiting.push({ text, written });
    },
    on: (_event: 'error', listener: (error: unknown) => void) => (fail = listener),
    take() {
      const next = waiting.shift();
      if (!next) return false;
      taken.push(next.text);
      next.written();
      return true;
    },
    takeAll() {
      while (this.take());
    },
    fail: (code: string) => fail(Object.assign(new Error(`${code}: ${code} as words, write`), { code })),
  };
}

/** A clock that stands until it is set; timers fire when it is. */
function handClock() {
  let now = 0;
  const timers = new Set<{ atMs: number; then: () => void }>();
  return {
    nowMs: () => now,
    after(ms: number, then: () => void) {
      const timer = { atMs: now + ms, then };
      timers.add(timer);
      return { cancel: () => void timers.delete(timer) };
    },
    set(ms: number) {
      now = ms;
      for (const timer of [...timers]) if (timer.atMs <= now && timers.delete(timer)) timer.then();
    },
  };
}

const page = 'x'.repeat(999);

describe('LineWriter', () => {
  it('writes each line at once to a reader who reads', async () => {
    const reader = slowReader(true);
    const writer = new LineWriter(reader, handClock());
    writer.line('a');
    writer.line('b');
    expect(reader.taken).toEqual(['a\n', 'b\n']);
    expect(await writer.finish()).toBe(true);
    expect(writer.unread()).toEqual({ longestMs: 0, leftOut: 0 });
  });

  it('without a bound keeps everything for a reader who is slow', () => {
    const reader = slowReader();
    const writer = new LineWriter(reader, handClock());
    for (let n = 0; n < 1000; n++) writer.line(`${n} ${page}`);
    reader.takeAll();
    expect(reader.taken).toHaveLength(1000);
  });

  it('with a bound drops the oldest, keeps the newest in order and says how many are missing', () => {
    const reader = slowReader();
    const writer = new LineWriter(reader, handClock());
    writer.bound();
    for (let n = 0; n < 1000; n++) writer.line(`${n} ${page}`);
    writer.line('the report');
    const { leftOut } = writer.unread();
    reader.takeAll();
    const numbers = reader.taken.flatMap((text) => /^(?:\(.*\n)?(\d+) x/.exec(text)?.[1] ?? []).map(Number);
    expect(leftOut).toBeGreaterThan(500);
    expect(numbers).toHaveLength(1000 - leftOut);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(reader.taken.join('')).toContain(`(${leftOut} lines are left out here`);
    expect(reader.taken.at(-1)).toBe('the report\n');
  });

  it('keeps a single line that is longer than there is room', () => {
    const reader = slowReader();
    const writer = new LineWriter(reader, handClock());
    writer.bound();
    writer.line('first');
    writer.line('y'.repeat(1_000_000));
    reader.takeAll();
    expect(reader.taken.map(({ length }) => length)).toEqual([6, 1_000_001]);
  });

  it('knows how long the reader took nothing', () => {
    const [reader, clock] = [slowReader(), handClock()];
    const writer = new LineWriter(reader, clock);
    writer.line('a');
    clock.set(3000);
    expect(writer.unread().longestMs).toBe(3000);
    writer.line('b');
    reader.take();
    clock.set(4000);
    reader.take();
    clock.set(9000);
    expect(writer.unread().longestMs).toBe(3000);
  });

  it('waits at the end as long as the reader takes something, and no longer than 10 s otherwise', async () => {
    const [reader, clock] = [slowReader(), handClock()];
    const writer = new LineWriter(reader, clock);
    writer.bound();
    for (const text of ['a', 'b', 'c']) writer.line(text);
    const finished = writer.finish();
    for (const ms of [9000, 18_000]) {
      clock.set(ms);
      reader.take();
      await Promise.resolve();
      await Promise.resolve();
    }
    clock.set(28_000);
    expect(await finished).toBe(false);
    expect(reader.taken).toEqual(['a\n', 'b\n']);
  });

  it('ends at once when the reader has gone, and drops what comes then', async () => {
    const reader = slowReader();
    const writer = new LineWriter(reader, handClock());
    writer.bound();
    writer.line('a');
    const finished = writer.finish();
    reader.fail('EPIPE');
    writer.line('b');
    expect(await finished).toBe(true);
    expect(reader.taken).toEqual([]);
  });

  it('without a bound waits for a reader, however long it takes', async () => {
    const [reader, clock] = [slowReader(), handClock()];
    const writer = new LineWriter(reader, clock);
    for (const text of ['a', 'b', 'c']) writer.line(text);
    let isFinished = false;
    const finished = writer.finish().then(() => (isFinished = true));
    clock.set(60_000);
    await Promise.resolve();
    expect(isFinished).toBe(false);
    reader.takeAll();
    await finished;
    expect(reader.taken).toEqual(['a\n', 'b\n', 'c\n']);
  });

  it.each([
    ['EPIPE', false, null],
    ['ECONNRESET', false, null],
    ['EIO', true, null],
    ['EIO', false, 'EIO as words'],
    ['ENOSPC', false, 'ENOSPC as words'],
    ['EBADF', false, 'EBADF as words'],
    ['EFBIG', false, 'EFBIG as words'],
  ])('%s, on a terminal: %s, is the failure %s', async (code, isTTY, failure) => {
    const reader = Object.assign(slowReader(), { isTTY });
    const writer = new LineWriter(reader, handClock());
    writer.line('a');
    reader.fail(code);
    reader.fail('ERR_STREAM_DESTROYED');
    expect(await writer.finish()).toBe(true);
    expect(writer.failure).toBe(failure);
  });

  it('a stream that throws has failed, too', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const stream = {
      writableLength: 0,
      write() {
        throw full;
      },
      on: () => undefined,
    };
    const writer = new LineWriter(stream, handClock());
    writer.line('a');
    expect(await writer.finish()).toBe(true);
    expect(writer.failure).toBe('no space left on device');
  });
});
