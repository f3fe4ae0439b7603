import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import type { Schema, Type } from 'avsc';
import { messageOf } from '../model/errors.ts';
import { avroFields, lineOf, partsOf, type AvroField } from './avro-fields.ts';
import { AvroSource, decoded } from './avro-source.ts';

/**
 * Writes the rows of an Avro object container file (Apache Avro 1.11), plain or deflated, as lines of JSON into
 * another file, and gives its fields. Memory does not grow with the rows. What it does not understand it throws, as a sentence.
 */
export async function avroToJsonLines(path: string, into: string): Promise<readonly AvroField[]> {
  const [file, lines] = [await open(path), await open(into, 'w')];
  try {
    return await convert(new AvroSource(file), lines);
  } catch (problem) {
    throw new Error(`This is no Avro file that can be read: ${messageOf(problem)}.`, { cause: problem });
  } finally {
    await Promise.all([file.close(), lines.close()]);
  }
}

async function convert(source: AvroSource, into: FileHandle): Promise<readonly AvroField[]> {
  const { default: avsc } = await import('avsc');
  const long = avsc.Type.forSchema('long');
  const { schema, codec } = await readHeader(source, avsc.Type.forSchema({ type: 'map', values: 'bytes' }));
  const fields = avroFields(schema);
  // `never`: a value is itself, whatever union it comes from.
  const written: unknown = JSON.parse(schema);
  if (!isSchema(written)) throw new Error('its schema is no record');
  const type = avsc.Type.forSchema(written, { wrapUnions: 'never' });
  const mark = await source.take(16);
  const expected = Buffer.from(mark);
  while (!(await source.isAtEnd())) {
    const count = Number(await source.value(long));
    const packed = Buffer.from(await source.take(Number(await source.value(long))));
    if (!expected.equals(await source.take(16))) throw new Error('a block of it does not end with its mark');
    const bytes = codec === 'deflate' ? await inflated(packed) : packed;
    await into.write(linesOf({ type, bytes, count }, fields));
  }
  return fields;
}

/** `avroFields` has looked into it. */
function isSchema(written: unknown): written is Schema {
  return typeof written === 'object' && written !== null;
}

const inflated = promisify<Buffer, Buffer>(inflateRaw);
const magic = Buffer.from('Obj\u0001', 'latin1');

async function readHeader(source: AvroSource, map: Type) {
  if (!magic.equals(await source.take(magic.length))) throw new Error('it does not begin with Obj and 1');
  const header = await source.value(map);
  const text = (key: string) => {
    const bytes = partsOf(header)[key];
    return Buffer.isBuffer(bytes) ? bytes.toString() : undefined;
  };
  const [schema, codec = 'null'] = [text('avro.schema'), text('avro.codec')];
  if (schema === undefined) throw new Error('it has no schema');
  if (codec !== 'null' && codec !== 'deflate')
    throw new Error(`it is compressed by ${codec}, and only deflate is known here`);
  return { schema, codec };
}

interface Block {
  readonly type: Type;
  readonly bytes: Buffer;
  readonly count: number;
}

function linesOf({ type, bytes, count }: Block, fields: readonly AvroField[]): string {
  let lines = '';
  let at = 0;
  for (let row = 0; row < count; row++) {
    const { value, offset } = decoded(type, bytes, at);
    if (offset < 0) throw new Error('a block of it is cut short');
    lines += `${lineOf(value, fields)}\n`;
    at = offset;
  }
  return lines;
}
