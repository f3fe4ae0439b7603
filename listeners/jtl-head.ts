import { UserError } from '../engine/model/errors.ts';
import type { Input } from './input-bytes.ts';
import { jtlLayout, type JtlLayout } from './jtl-layout.ts';
import { xmlColumnsOf } from './jtl-xml-read.ts';

/** How files begin that hold something else, and what to do about it. */
const others: readonly {
  readonly begins: readonly number[];
  readonly what: string;
  readonly remedy: string;
}[] = [
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

/** What a JTL is, by its beginning. */
export type JtlHead =
  | { readonly form: 'csv'; readonly layout: JtlLayout; readonly columns: readonly string[] }
  | { readonly form: 'xml'; readonly columns: readonly string[] };

/** Only in XML: an element for each sample. Its first sample tells which columns there are; without one, none is missed. */
const ofNoSample = ['timeStamp', 'elapsed', 'label', 'success', 'threadName', 'responseMessage'];

/**
 * What a JTL is. Throws a `UserError` that says what to do for a file that cannot be one: an empty, compressed or
 * binary file, or one whose first line is not finished.
 */
export function jtlHead({ name, head }: Pick<Input, 'name' | 'head'>, timestampFormat?: string): JtlHead {
  const wrong = (found: string, remedy: string) =>
    new UserError(`${name}: expected a JTL, found ${found}. ${remedy.replace('FILE', name)}`);
  if (head.length === 0)
    throw wrong('an empty file', 'The run that was to write it took no sample, or was killed at once.');
  const other = others.find(({ begins }) => begins.every((byte, index) => head[index] === byte));
  if (other) throw wrong(other.what, `${other.remedy}.`);
  if (head.includes(0))
    throw wrong('a binary file', 'Give a results folder, its run.json or samples.jtl, or a JTL of JMeter’s.');
  const text = head.toString('utf8').replace(/^\uFEFF/, '');
  if (text.trimStart().startsWith('<')) return { form: 'xml', columns: xmlColumnsOf(text) ?? ofNoSample };
  const end = text.indexOf('\n');
  if (end < 0) throw wrong('a first line that is not finished', 'Nothing can be read of it.');
  const layout = jtlLayout(text.slice(0, end).replace(/\r$/, ''), timestampFormat);
  return { form: 'csv', layout, columns: layout.columns };
}
