import { multipartType } from './multipart.ts';
import { Recent } from './recent.ts';

/** The headers of a request, ready to send. */
export interface RequestHeaders {
  /** Name, value, name, value … as undici takes them; without Connection, Content-Length and Cookie. */
  readonly list: string[];
  /** Of the lines in `list`, with separators. */
  readonly bytes: number;
  readonly givesHost: boolean;
  /** The author's own Cookie header. */
  readonly cookie: string;
  /** The author said `Connection: close`. */
  readonly closes: boolean;
}

export type BodyKind = 'none' | 'json' | 'form' | 'multipart';

type Headers = Readonly<Record<string, string>>;

/** The content types that go without saying. */
export const contentTypes = {
  none: {},
  json: { 'content-type': 'application/json' },
  form: { 'content-type': 'application/x-www-form-urlencoded' },
  multipart: { 'content-type': multipartType },
} as const satisfies Readonly<Record<BodyKind, Headers>>;
const defaults = {
  plain: byKind({ 'user-agent': 'loadplan' }),
  decompress: byKind({ 'user-agent': 'loadplan', 'accept-encoding': 'gzip, deflate, br' }),
};

/**
 * The author's headers over the defaults. Names are compared in any case and sent as the author spells
 * them; of two that differ in case only, the later wins. An empty Content-Type or Accept-Encoding is not sent.
 * The Content-Type of a multipart body is ours: it names the boundary.
 */
export function requestHeaders(own: Headers, kind: BodyKind, decompress: boolean): RequestHeaders {
  const { headers, known } = (decompress ? defaults.decompress : defaults.plain)[kind];
  return known.get(own) ?? known.add(own, assemble(kind === 'multipart' ? untyped(own) : own, headers));
}

function untyped(own: Headers): Headers {
  return Object.fromEntries(Object.entries(own).filter(([name]) => name.toLowerCase() !== 'content-type'));
}

const authorized = new Recent<RequestHeaders, RequestHeaders>();

/** The same headers without Authorization, which the request's credentials replace. */
export function headersWithAuth(headers: RequestHeaders): RequestHeaders {
  return authorized.get(headers) ?? authorized.add(headers, withoutHeaders(headers, ['authorization']));
}

/** The same headers with `Connection: close`. */
export function closing(headers: RequestHeaders): RequestHeaders {
  return headers.closes
    ? headers
    : (closed.get(headers) ?? closed.add(headers, { ...headers, closes: true }));
}

const closed = new Recent<RequestHeaders, RequestHeaders>();

/** The same headers without some of them; names in lower case. */
export function withoutHeaders(headers: RequestHeaders, names: readonly string[]): RequestHeaders {
  const { list, cookie, closes } = headers;
  const own: Record<string, string> = {};
  for (let i = 0; i < list.length; i += 2) own[list[i] ?? ''] = list[i + 1] ?? '';
  if (cookie !== '') own['cookie'] = cookie;
  if (closes) own['connection'] = 'close';
  return assemble(
    Object.fromEntries(Object.entries(own).filter(([name]) => !names.includes(name.toLowerCase()))),
    {},
  );
}

/** On the hot path when a header holds a template; hence loops, and no map. */
function assemble(own: Headers, defaultHeaders: Headers): RequestHeaders {
  const names: string[] = [];
  const list: string[] = [];
  let cookie = '';
  let closes = false;
  for (const headers of [defaultHeaders, own]) {
    for (const name of Object.keys(headers)) {
      const value = headers[name] ?? '';
      const lower = name.toLowerCase();
      if (lower === 'cookie') cookie = value;
      else if (lower === 'connection') closes = value.toLowerCase() === 'close';
      else if (lower !== 'content-length') put(names, list, { lower, name, value });
    }
  }
  let bytes = 2 * list.length;
  for (const text of list) bytes += text.length;
  return { list, bytes, givesHost: names.includes('host'), cookie, closes };
}

function put(names: string[], list: string[], header: { lower: string; name: string; value: string }): void {
  const { lower, name, value } = header;
  const known = names.indexOf(lower);
  const isLeftOut = value === '' && (lower === 'content-type' || lower === 'accept-encoding');
  if (known >= 0) {
    names.splice(known, isLeftOut ? 1 : 0);
    list.splice(2 * known, 2, ...(isLeftOut ? [] : [name, value]));
  } else if (!isLeftOut) {
    names.push(lower);
    list.push(name, value);
  }
}

function byKind(
  common: Headers,
): Readonly<Record<BodyKind, { headers: Headers; known: Recent<Headers, RequestHeaders> }>> {
  const of = (kind: BodyKind) => ({
    headers: { ...common, ...contentTypes[kind] },
    known: new Recent<Headers, RequestHeaders>(),
  });
  return { none: of('none'), json: of('json'), form: of('form'), multipart: of('multipart') };
}
