import { graphqlBody } from './graphql.ts';
import type { ReadBytes } from '../../engine/model/ports.ts';
import { charsetWriter } from './charset.ts';
import { multipartBody } from './multipart.ts';
import type { BodyKind } from './request-headers.ts';
import type { HttpConfig } from './schema.ts';

/** The body of a request, as its configuration asks for it. */
export interface RequestBody {
  /** Decides the content type that goes without saying. */
  readonly kind: BodyKind;
  readonly bytes: Buffer | null;
  /** What people read instead of the bytes; null: the bytes. */
  readonly shown: string | null;
}

const none: RequestBody = { kind: 'none', bytes: null, shown: null };

/** Methods that ask in the URL. */
const asksInUrl = /^(GET|HEAD)$/i;

/** The body to send. Throws when a file cannot be read, and an `UnwritableText`. */
export function requestBody(config: HttpConfig, readBytes: ReadBytes): RequestBody {
  const { json, form, body, charset } = config;
  const write = charsetWriter(charset);
  const shownOf = (written: string) => (charset === undefined ? null : written);
  // Percent-encoded: ASCII in any charset.
  if (form !== undefined) return { kind: 'form', bytes: Buffer.from(form), shown: null };
  const text = json ?? body;
  if (text !== undefined) {
    return { kind: json === undefined ? 'none' : 'json', bytes: write(text), shown: shownOf(text) };
  }
  const { bodyFile, multipart, graphql } = config;
  if (bodyFile !== undefined) return fileBody(readBytes(bodyFile));
  if (multipart !== undefined) {
    const { bytes, shown } = multipartBody(multipart, {
      readBytes,
      browser: config.multipartHeaders === 'browser',
      charset,
    });
    return { kind: 'multipart', bytes, shown };
  }
  if (graphql === undefined || isGraphqlInUrl(config)) return none;
  const operation = graphqlBody(graphql);
  return { kind: 'json', bytes: write(operation), shown: shownOf(operation) };
}

/** Whether a GraphQL operation goes into the query of the URL. */
export function isGraphqlInUrl({ method, graphql }: HttpConfig): boolean {
  return graphql !== undefined && asksInUrl.test(method);
}

function fileBody({ buffer, byteOffset, byteLength }: Uint8Array): RequestBody {
  return { kind: 'none', bytes: Buffer.from(buffer, byteOffset, byteLength), shown: null };
}
