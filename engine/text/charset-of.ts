import { byMark, byZeros } from './byte-order.ts';
import { charsetNamed, eitherUtf16 } from './charset-name.ts';

/** In which charset a body is written. */
export interface FoundCharset {
  readonly name: string;
  /** A charset that the Content-Type names and that nothing here reads; the body is read as if none was named. */
  readonly unknown: string | null;
}

type Kind = 'html' | 'xml' | 'css' | 'json' | 'untyped' | 'other';

interface ReadType {
  readonly kind: Kind;
  /** As the Content-Type names it; null: it names none. */
  readonly charset: string | null;
}

/** How much of a page is searched for the charset that it names; the HTML standard asks for 1024 bytes. */
const headBytes = 4096;
const latin1 = new TextDecoder('latin1');

/**
 * The charset of a body: by its byte order mark, by the `charset` of its Content-Type, else by what a document of its
 * kind says of itself: `<meta charset>` of HTML, the declaration of XML, `@charset` of CSS, the zero bytes of JSON in UTF-16.
 * UTF-8 without all of them.
 */
export function charsetOf(body: Uint8Array, contentType = ''): FoundCharset {
  const { kind, charset } = readType(contentType);
  const marked = byMark(body);
  if (marked !== null) return { name: marked, unknown: null };
  const named = charset === null ? null : charsetNamed(charset);
  if (named === eitherUtf16) return { name: byZeros(body) ?? 'utf-16be', unknown: null };
  if (named !== null) return { name: named, unknown: null };
  return { name: byKind(kind, body) ?? 'utf-8', unknown: charset };
}

function byKind(kind: Kind, body: Uint8Array): string | null {
  if (kind === 'other') return null;
  const wide = byZeros(body);
  if (wide !== null || kind === 'json') return wide;
  const head = latin1.decode(body.subarray(0, headBytes));
  return ofDocument(nameIn[kind](head));
}

/** The charset that a document names of itself, by its first characters. */
const nameIn: Readonly<Record<Exclude<Kind, 'json' | 'other'>, (head: string) => string | undefined>> = {
  css: (head) => /^@charset "([^"]*)";/.exec(head)?.[1],
  xml: declaredCharset,
  html: (head) => declaredCharset(head) ?? metaCharset(head),
  untyped: (head) => declaredCharset(head) ?? (beginsAsPage.test(head) ? metaCharset(head) : undefined),
};

const beginsAsPage = /^\s*<(?:!doctype\s+html|html|head|meta|!--)/i;

function declaredCharset(head: string): string | undefined {
  return /^\s*<\?xml\s(?:[^>]*?\s)?encoding\s*=\s*["']([^"']*)["']/.exec(head)?.[1];
}

/** What is read as ASCII up to this name cannot be UTF-16. */
function ofDocument(name: string | undefined): string | null {
  const charset = name === undefined ? null : charsetNamed(name);
  return charset?.startsWith('utf-16') || charset?.startsWith('utf-32') ? 'utf-8' : charset;
}

/** The charset that a page names of itself, as browsers look for it before they read it. */
function metaCharset(head: string): string | undefined {
  const metas = head.replaceAll(/<!--.*?-->/gs, '').match(/<meta[\s/][^>]*>/gi) ?? [];
  for (const meta of metas) {
    const content = /\scontent\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/i.exec(meta);
    const rest = content === null ? meta : meta.replace(content[0], '');
    const isType = /http-equiv\s*=\s*["']?\s*content-type/i.test(rest);
    const found = charsetIn(rest) ?? (isType ? charsetIn(content?.[1] ?? '') : undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

function charsetIn(text: string): string | undefined {
  return /(?:^|[\s;"'/])charset\s*=\s*["']?\s*([^\s"';,/>]+)/i.exec(text)?.[1];
}

const mostTypes = 200;
const types = new Map<string, ReadType>();

function readType(contentType: string): ReadType {
  const known = types.get(contentType);
  if (known !== undefined) return known;
  if (types.size >= mostTypes) types.clear();
  const type = (contentType.split(/[;,]/, 1)[0] ?? '').trim().toLowerCase();
  const [, ...parameters] = contentType.split(';');
  const read = { kind: kindOf(type), charset: charsetIn(parameters.join(';').trim()) ?? null };
  types.set(contentType, read);
  return read;
}

function kindOf(type: string): Kind {
  if (type === '') return 'untyped';
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  if (/[/+]xml(?:-dtd)?$/.test(type)) return 'xml';
  if (type === 'text/css') return 'css';
  return /[/+](?:json|x-ndjson)$/.test(type) ? 'json' : 'other';
}
