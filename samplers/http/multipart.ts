import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { Infer } from '../../engine/model/json-schema.ts';
import type { ReadBytes } from '../../engine/model/ports.ts';
import { charsetWriter, type Write } from './charset.ts';
import type { multipartSchema } from './multipart-schema.ts';
import { Recent } from './recent.ts';

export type Multipart = Infer<typeof multipartSchema>;

/** A body that was put together, and the text that stands for it where people read it. */
export interface BuiltBody {
  readonly bytes: Buffer;
  /** As JMeter shows it: without the content of files. */
  readonly shown: string;
}

type Value = Multipart[string];
type Part = Exclude<Exclude<Value, readonly unknown[]>, string | number | boolean>;

/** Drawn once a worker: unlikely to stand in any file. */
const boundary = `loadplan-${randomBytes(16).toString('hex')}`;
export const multipartType = `multipart/form-data; boundary=${boundary}`;

/** Bodies up to this size are remembered while their parts hold no template. */
const maxRememberedBytes = 1024 * 1024;
const built = new Recent<Multipart, BuiltBody>();

export interface MultipartOptions {
  readonly readBytes: ReadBytes;
  readonly browser: boolean;
  /** Undefined: UTF-8. */
  readonly charset?: string | undefined;
}

/**
 * A multipart body (RFC 7578) with the headers that JMeter writes: content type and transfer encoding in each
 * part. `browser`: only what browsers send. Names are escaped as browsers escape them. Throws what `readBytes` throws,
 * and an `UnwritableText`.
 */
export function multipartBody(parts: Multipart, options: MultipartOptions): BuiltBody {
  const { charset } = options;
  const known = charset === undefined ? built.get(parts) : undefined;
  if (known !== undefined) return known;
  const write = charsetWriter(charset);
  const chunks: Uint8Array[] = [];
  let shown = '';
  for (const [name, value] of Object.entries(parts)) {
    for (const each of listed(value)) {
      const { head, content, instead } = encoded(name, asPart(each), { ...options, write });
      chunks.push(write(head), content, lineEnd);
      shown += `${head}${instead}\r\n`;
    }
  }
  const last = `--${boundary}--\r\n`;
  const body = { bytes: Buffer.concat([...chunks, Buffer.from(last)]), shown: shown + last };
  return charset !== undefined || body.bytes.length > maxRememberedBytes ? body : built.add(parts, body);
}

/** The files of a body whose configuration is not rendered yet. */
export function multipartFiles(parts: unknown): string[] {
  return Object.values(mapping(parts))
    .flat()
    .flatMap((one: unknown) => mapping(one)['file'] ?? [])
    .filter((path) => typeof path === 'string');
}

/** What is wrong with the parts of a body, or null. */
export function multipartMistake(parts: unknown): string | null {
  for (const [name, value] of Object.entries(mapping(parts))) {
    for (const one of [value].flat()) {
      if (typeof one !== 'object' || one === null) continue;
      if ('file' in one === 'value' in one) return `the part ${name} needs either file or value`;
    }
  }
  return null;
}

const lineEnd = Buffer.from('\r\n');

function encoded(
  name: string,
  part: Part,
  { readBytes, browser, charset, write }: MultipartOptions & { readonly write: Write },
): { head: string; content: Uint8Array; instead: string } {
  const { file, value = '' } = part;
  const filename = part.filename ?? (file === undefined ? undefined : basename(file));
  const head = partHead(name, { ...part, filename }, { browser, charset });
  if (file === undefined) return { head, content: write(value), instead: value };
  return { head, content: readBytes(file), instead: '<actual file content, not shown here>' };
}

function partHead(
  name: string,
  { file, type, filename }: Omit<Part, 'filename'> & { readonly filename: string | undefined },
  { browser, charset = 'UTF-8' }: Pick<MultipartOptions, 'browser' | 'charset'>,
): string {
  const isFile = filename !== undefined;
  const ending = isFile ? `; filename="${escaped(filename)}"` : '';
  const lines = [`--${boundary}`, `Content-Disposition: form-data; name="${escaped(name)}"${ending}`];
  const usual = file === undefined ? `text/plain; charset=${charset}` : 'application/octet-stream';
  if (!browser || isFile || type !== undefined) lines.push(`Content-Type: ${oneLine(type ?? usual)}`);
  if (!browser) lines.push(`Content-Transfer-Encoding: ${isFile ? 'binary' : '8bit'}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function listed(value: Value): readonly (string | number | boolean | Part)[] {
  return isList(value) ? value : [value];
}

function isList(value: Value): value is Extract<Value, readonly unknown[]> {
  return Array.isArray(value);
}

function asPart(value: string | number | boolean | Part): Part {
  return typeof value === 'object' ? value : { value: String(value) };
}

/** HTML's "multipart/form-data encoding algorithm". */
function escaped(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ');
}

function mapping(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
