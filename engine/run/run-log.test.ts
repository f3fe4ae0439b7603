import { describe, expect, it } from 'vitest';
import { LogLines } from './log-lines.ts';
import { RunLog } from './run-log.ts';

const line = (level: string, text: string, threadName = 'G 1-1') => ({ epochMs: 0, level, text, threadName });

function makeLog(append?: () => void) {
  const said: string[] = [];
  let file = '';
  const clock = { nowEpochMs: 5000 };
  const log = new RunLog({
    append: append ?? ((text) => (file += text)),
    say: (text) => said.push(text),
    redact: (text) => text.replaceAll('s3cret', '***'),
    nowEpochMs: () => clock.nowEpochMs,
  });
  return { log, said, clock, file: () => file };
}

describe('run.log', () => {
  it('has a line for each, with time, level and thread; secrets do not show', () => {
    const { log, file, said } = makeLog();
    log.add([line('INFO', 'a s3cret'), line('INFO', 'two\nlines', '')], 0);
    expect(file()).toBe(
      '1970-01-01T00:00:00.000Z INFO G 1-1: a ***\n1970-01-01T00:00:00.000Z INFO -: two\n  lines\n',
    );
    expect(said).toEqual([]);
  });

  it('is told of warnings and errors, ten a second, and how many more there were', () => {
    const { log, said, clock } = makeLog();
    log.add(
      Array.from({ length: 25 }, (_, n) => line(n % 2 ? 'WARN' : 'ERROR', `w${n}`)),
      0,
    );
    expect(said).toHaveLength(10);
    expect(said[0]).toBe('ERROR: G 1-1: w0');
    clock.nowEpochMs += 1000;
    log.add([line('OUT', 'later')], 0);
    expect(said.at(-1)).toBe('OUT: G 1-1: later');
    log.end();
    expect(said.at(-1)).toBe('15 more warnings and errors are in run.log');
  });

  it('says how many lines came too fast', () => {
    const { log, said, file } = makeLog();
    const lines = new LogLines(() => 0);
    for (let n = 0; n < 5003; n++) lines.add('info', 'x');
    lines.add('debug', 'not logged');
    const taken = lines.take();
    log.add(taken?.lines ?? [], taken?.leftOut ?? 0);
    expect(file().split('\n')).toHaveLength(5002);
    expect(file()).toContain('WARN -: 3 more lines came too fast and are left out\n');
    expect(said).toEqual(['run.log: 3 lines came too fast and are left out']);
    expect(lines.take()).toBeNull();
  });

  it('that cannot be written is told once', () => {
    const { log, said } = makeLog(() => {
      throw new Error('no space left');
    });
    log.add([line('INFO', 'a')], 0);
    log.add([line('INFO', 'b')], 0);
    expect(said).toEqual(['run.log cannot be written: no space left']);
  });
});
