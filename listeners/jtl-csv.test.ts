import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleOf } from '../engine/metrics/test-support/samples.ts';
import { exitCodes, UserError } from '../engine/model/errors.ts';
import type { Listener } from '../engine/model/listener.ts';
import { jtlCsv } from './jtl-csv.ts';
import { jtlHeader } from './jtl-line.ts';
import { formatJtlLine } from './test-support/jtl-line.ts';
import { expectGolden } from './test-support/golden.ts';
import {
  environmentOf,
  play,
  resultOf,
  runInfoOf,
  temporaryFolder,
  tenSeconds,
  type Said,
} from './test-support/run.ts';

const line = formatJtlLine(sampleOf());
const whole = `${jtlHeader}\n${line}`;

async function started(environment: Said, config: Record<string, unknown> = {}): Promise<Listener> {
  const listener = jtlCsv.create(config, environment);
  await listener.start?.(runInfoOf(environment.folder));
  return listener;
}

/** A run that writes one sample to `file`. */
async function writeOne(file: string, ifExists: 'refuse' | 'append' | 'overwrite'): Promise<Said> {
  const environment = environmentOf({ jtl: { file, ifExists } });
  const listener = await started(environment);
  await listener.samples?.([sampleOf()]);
  await listener.end?.(await resultOf([]));
  return environment;
}

async function errorOf(promise: Promise<unknown>): Promise<UserError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw new Error(`expected a UserError, got ${String(error)}`);
  return error;
}

describe('jtl-csv', () => {
  it('writes the samples and their parts in order, into the folder of the run', async () => {
    const environment = environmentOf();
    await play(jtlCsv, environment, tenSeconds(), await resultOf([]));
    expectGolden('samples.jtl', readFileSync(join(environment.folder, 'samples.jtl'), 'utf8'));
  });

  it('hides secrets', async () => {
    const environment = environmentOf();
    await play(jtlCsv, environment, [sampleOf({ url: 'http://a/?token=s3cret' })], await resultOf([]));
    expect(readFileSync(join(environment.folder, 'samples.jtl'), 'utf8')).toContain('http://a/?token=***');
  });

  it('writes at once what has come to 64 KiB, and the rest after the flush time', async () => {
    const environment = environmentOf();
    const file = join(environment.folder, 'samples.jtl');
    const listener = await started(environment, { flush: 20 });
    await listener.samples?.(Array.from({ length: 1000 }, () => sampleOf()));
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(1002);
    await listener.samples?.([sampleOf()]);
    await expect.poll(() => readFileSync(file, 'utf8').split('\n').length).toBe(1003);
    await listener.end?.(await resultOf([]));
  });

  describe('into a pipe', () => {
    function pipeIn(folder: string): string {
      const file = join(folder, 'pipe');
      execFileSync('mkfifo', [file]);
      return file;
    }

    it('that nobody reads: the run is refused', async () => {
      const file = pipeIn(temporaryFolder());
      const error = await errorOf(started(environmentOf({ jtl: { file, ifExists: 'refuse' } })));
      expect(error.message).toBe(
        `cannot write ${file}: it is a pipe that nobody reads. Start its reader first`,
      );
      expect(error.exitCode).toBe(exitCodes.resultsLost);
    });

    it('whose reader does not read yet: waits, without holding up the process, and writes all', async () => {
      const file = pipeIn(temporaryFolder());
      const reader = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
      const listener = await started(environmentOf({ jtl: { file, ifExists: 'refuse' } }));
      let isTaken = false;
      const taken = Promise.resolve(listener.samples?.(Array.from({ length: 2000 }, () => sampleOf()))).then(
        () => (isTaken = true),
      );
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
      expect(isTaken).toBe(false);
      let text = '';
      const bytes = Buffer.alloc(256 * 1024);
      const read = () => {
        try {
          text += bytes.toString('utf8', 0, readSync(reader, bytes));
        } catch {
          // There is nothing to read at the moment.
        }
        return text.split('\n').length;
      };
      await expect.poll(read, { interval: 5, timeout: 20_000 }).toBe(2002);
      await taken;
      await listener.end?.(await resultOf([]));
      closeSync(reader);
    });
  });

  it('abandoned in the middle of a write, has every line at once, and once only', async () => {
    const environment = environmentOf();
    const read = () => readFileSync(join(environment.folder, 'samples.jtl'), 'utf8');
    const listener = await started(environment);
    const underWay = listener.samples?.(Array.from({ length: 20_000 }, () => sampleOf()));
    void listener.samples?.([sampleOf()]);
    listener.abandon?.();
    const atOnce = read();
    await underWay;
    expect(atOnce).toBe(`${jtlHeader}\n${line.repeat(20_001)}`);
    expect(read()).toBe(atOnce);
  });

  it.each([
    [{ columns: ['elapsed', 'label'] }, 'elapsed,label\n20,GET /issues\n'],
    [{ columns: ['elapsed', 'label'], fieldNames: false, delimiter: ';' }, '20;GET /issues\n'],
  ])('with %j writes %j', async (config, expected) => {
    const environment = environmentOf();
    const listener = await started(environment, { ...config, file: 'a.jtl' });
    await listener.samples?.([sampleOf()]);
    await listener.end?.(await resultOf([]));
    expect(readFileSync(join(environment.folder, 'a.jtl'), 'utf8')).toBe(expected);
  });

  it('leaves the file of -l to the listener whose file is samples.jtl', async () => {
    const environment = environmentOf({ jtl: { file: '/nowhere/a.jtl', ifExists: 'refuse' } });
    await started(environment, { file: 'b.jtl' });
    expect(existsSync(join(environment.folder, 'b.jtl'))).toBe(true);
  });

  it.each([
    [{ columns: ['elapsed', 'label'] }, 'timeStamp,elapsed\n1,2\n'],
    [{}, 'elapsed,label\n1,2\n'],
    [{ columns: ['elapsed'], fieldNames: false }, 'elapsed,label\n1,2\n'],
  ])('with %j adds nothing to a file with other columns', async (config, before) => {
    const file = join(temporaryFolder(), 'a.jtl');
    writeFileSync(file, before);
    const environment = environmentOf({ jtl: { file, ifExists: 'append' } });
    expect((await errorOf(started(environment, config))).message).toContain('expected its first line to be');
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('asks for the variables and headers that its columns hold, else for nothing', () => {
    const asked = (config: object) => jtlCsv.carries?.({ ...config });
    expect(asked({})).toEqual({ variables: [], contents: [] });
    expect(asked({ sampleVariables: ['a'], add: ['Encoding'] })).toMatchObject({
      variables: ['a'],
      contents: [{ of: 'all', headers: true, body: false }],
    });
  });

  it('refuses a file that has something in it, and leaves it alone', async () => {
    const file = join(temporaryFolder(), 'a.jtl');
    writeFileSync(file, whole);
    const error = await errorOf(writeOne(file, 'refuse'));
    expect(error.exitCode).toBe(exitCodes.invalid);
    expect(error.message).toBe(`${file} exists. --append adds to it, --overwrite replaces it`);
    expect(readFileSync(file, 'utf8')).toBe(whole);
  });

  it.each([
    { ifExists: 'refuse', before: null, after: whole, said: 0 },
    { ifExists: 'refuse', before: '', after: whole, said: 0 },
    { ifExists: 'append', before: null, after: whole, said: 0 },
    { ifExists: 'append', before: '', after: whole, said: 0 },
    { ifExists: 'append', before: whole, after: whole + line, said: 0 },
    { ifExists: 'append', before: whole + '176382210', after: whole + line, said: 1 },
    { ifExists: 'append', before: whole + '1,2,"two\n', after: whole + line, said: 1 },
    { ifExists: 'append', before: jtlHeader.slice(0, 30), after: whole, said: 1 },
    { ifExists: 'append', before: line, after: line + line, said: 0 },
    { ifExists: 'overwrite', before: 'anything', after: whole, said: 0 },
  ] as const)('told to $ifExists, makes $after of $before', async ({ ifExists, before, after, said }) => {
    const file = join(temporaryFolder(), 'a.jtl');
    if (before !== null) writeFileSync(file, before);
    const { lines } = await writeOne(file, ifExists);
    expect(readFileSync(file, 'utf8')).toBe(after);
    expect(lines).toHaveLength(said);
  });

  it('says how much of a torn line it cut off', async () => {
    const file = join(temporaryFolder(), 'a.jtl');
    writeFileSync(file, `${whole}17638`);
    expect((await writeOne(file, 'append')).lines).toEqual([
      `${file}: its last line was not finished; those 5 bytes were cut off`,
    ]);
  });

  it('adds to no file with other columns', async () => {
    const file = join(temporaryFolder(), 'a.jtl');
    writeFileSync(file, 'timeStamp,elapsed\n1,2\n');
    expect((await errorOf(writeOne(file, 'append'))).message).toContain(
      'expected its first line to be timeStamp,elapsed,label',
    );
    expect(readFileSync(file, 'utf8')).toBe('timeStamp,elapsed\n1,2\n');
  });

  it.each([
    ['in a folder that is not there', '/nowhere/a.jtl', 'no such file or directory'],
    ['that is a folder', '/tmp', 'illegal operation on a directory'],
    ['beneath a file', '/dev/null/a.jtl', 'not a directory'],
  ])('refuses a file %s', async (_case, file, cause) => {
    const error = await errorOf(writeOne(file, 'refuse'));
    expect(error.message).toBe(`cannot write ${file}: ${cause}`);
    expect(error.exitCode).toBe(exitCodes.resultsLost);
  });

  it.skipIf(!existsSync('/dev/full'))('says that the disk is full', async () => {
    const error = await errorOf(writeOne('/dev/full', 'refuse'));
    expect(error.exitCode).toBe(exitCodes.resultsLost);
    expect(error.message).toBe(
      'cannot write /dev/full: no space left on device. 0 samples of this run are kept',
    );
  });

  it('writes to what is no file', async () => {
    expect((await writeOne('/dev/null', 'refuse')).lines).toEqual([]);
  });

  it.skipIf(!existsSync('/usr/bin/prlimit')).each(['samples', 'abandon'] as const)(
    'cut off in the middle of a write (%s), keeps whole lines only and says how many',
    async (how) => {
      const environment = environmentOf();
      const file = join(environment.folder, 'samples.jtl');
      const listener = await started(environment);
      const odd = sampleOf({ failure: 'two\nlines', ok: false });
      const lineBytes = Buffer.byteLength(formatJtlLine(odd));
      const limit = Buffer.byteLength(`${jtlHeader}\n`) + 10 * lineBytes + lineBytes - 5;
      limitFileSize(String(limit));
      try {
        const batch = Array.from({ length: how === 'samples' ? 1000 : 50 }, () => odd);
        const writing = async () => {
          await listener.samples?.(batch);
          listener.abandon?.();
        };
        const error = await errorOf(writing());
        expect(error.message).toBe(`cannot write ${file}: file too large. 10 samples of this run are kept`);
        expect(error.exitCode).toBe(exitCodes.resultsLost);
      } finally {
        limitFileSize('unlimited');
      }
      expect(statSync(file).size).toBe(limit - lineBytes + 5);
      await expect(Promise.resolve().then(() => listener.samples?.([odd]))).rejects.toThrow('file too large');
    },
  );
});

/** Makes the system refuse to let this process write beyond so many bytes of any file. */
function limitFileSize(bytes: string): void {
  execFileSync('/usr/bin/prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);
}
