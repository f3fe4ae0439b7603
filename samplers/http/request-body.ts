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
  // Percent-encoded: ASCII in any charset.
  if (form !== undefined) return { kind: 'form', bytes: Buffer.from(form), shown: null };
  const text = json ?? body;
  if (text !== undefined) {
    return written(json === undefined ? 'none' : 'json', text, charset);
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
  return written('json', graphqlBody(graphql), charset);
}

/** Whether a GraphQL operation goes into the query of the URL. */
export function isGraphqlInUrl({ method, graphql }: HttpConfig): boolean {
  return graphql !== undefined && asksInUrl.test(method);
}

/** People read the text itself where its bytes are not in UTF-8. */
function written(kind: BodyKind, text: string, charset: string | undefined): RequestBody {
  return { kind, bytes: charsetWriter(charset)(text), shown: charset === undefined ? null : text };
}

function fileBody({ buffer, byteOffset, byteLength }: Uint8Array): RequestBody {
  return { kind: 'none', bytes: Buffer.from(buffer, byteOffset, byteLength), shown: null };
}
