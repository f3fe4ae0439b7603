import { open } from 'node:fs/promises';
import { UserError } from '../engine/model/errors.ts';
import { splitRecord } from './csv-records.ts';
import { jtlHeader } from './jtl-line.ts';
import { systemCause } from './system-cause.ts';

const headBytes = 64 * 1024;

/** How files begin that hold something else, and what to do about it. */
const others: readonly {
  readonly begins: readonly number[];
  readonly what: string;
  readonly remedy: string;
}[] = [
  { begins: [0x1f, 0x8b], what: 'a file compressed by gzip', remedy: 'Unpack it first: gunzip --keep FILE' },
  {
    begins: [0x28, 0xb5, 0x2f, 0xfd],
    what: 'a file compressed by zstd',
    remedy: 'Unpack it first: zstd -d FILE',
  },
  {
    begins: [0x42, 0x5a, 0x68],
    what: 'a file compressed by bzip2',
    remedy: 'Unpack it first: bunzip2 --keep FILE',
  },
  {
    begins: [0xfd, 0x37, 0x7a, 0x58, 0x5a],
    what: 'a file compressed by xz',
    remedy: 'Unpack it first: xz --decompress --keep FILE',
  },
  { begins: [0x50, 0x4b, 0x03, 0x04], what: 'a ZIP archive', remedy: 'Unpack it first: unzip FILE' },
  { begins: [0xff, 0xfe], what: 'a text in UTF-16', remedy: 'Write it anew: iconv -f UTF-16 -t UTF-8 FILE' },
  { begins: [0xfe, 0xff], what: 'a text in UTF-16', remedy: 'Write it anew: iconv -f UTF-16 -t UTF-8 FILE' },
];

/**
 * The columns of a JTL in CSV. Throws a `UserError` that says what to do for a file that cannot be one: an empty, compressed or
 * binary file, XML, or one whose first line is not finished.
 */
export async function jtlColumns(file: string): Promise<readonly string[]> {
  const head = await readHead(file);
  const wrong = (found: string, remedy: string) =>
    new UserError(`${file}: expected a JTL in CSV, found ${found}. ${remedy.replace('FILE', file)}`);
  if (head.length === 0)
    throw wrong('an empty file', 'The run that was to write it took no sample, or was killed at once.');
  const other = others.find(({ begins }) => begins.every((byte, index) => head[index] === byte));
  if (other) throw wrong(other.what, `${other.remedy}.`);
  if (head.includes(0))
    throw wrong('a binary file', 'Give a results folder, its run.json or samples.jtl, or a JTL of JMeter’s.');
  const text = head.toString('utf8').replace(/^\uFEFF/, '');
  if (text.trimStart().startsWith('<'))
    throw wrong(
      'XML',
      'Save it with jmeter.save.saveservice.output_format=csv; runs of ours have samples.jtl beside it.',
    );
  const end = text.indexOf('\n');
  if (end < 0) throw wrong('a first line that is not finished', 'Nothing can be read of it.');
  const first = text.slice(0, end).replace(/\r$/, '');
  const names = splitRecord(first, /^\w+([,;\t])/.exec(first)?.[1] ?? ',');
  return /^\d+$/.test(names[0] ?? '') ? jtlHeader.split(',') : names;
}

async function readHead(file: string): Promise<Buffer> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new UserError(`cannot read ${file}: ${systemCause(error)}`);
  }
}
