import { graphqlBody } from './graphql.ts';
import type { ReadBytes } from '../../engine/model/ports.ts';
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

/** The body to send. Throws when a file cannot be read. */
export function requestBody(config: HttpConfig, readBytes: ReadBytes): RequestBody {
  const { json, form, body } = config;
  const text = json ?? form ?? body;
  if (text !== undefined) {
    const kind = json !== undefined ? 'json' : form !== undefined ? 'form' : 'none';
    return { kind, bytes: Buffer.from(text), shown: null };
  }
  const { bodyFile, multipart, graphql } = config;
  if (bodyFile !== undefined) return fileBody(readBytes(bodyFile));
  if (multipart !== undefined) {
    const { bytes, shown } = multipartBody(multipart, readBytes, config.multipartHeaders === 'browser');
    return { kind: 'multipart', bytes, shown };
  }
  if (graphql === undefined || isGraphqlInUrl(config)) return none;
  return { kind: 'json', bytes: Buffer.from(graphqlBody(graphql)), shown: null };
}

/** Whether a GraphQL operation goes into the query of the URL. */
export function isGraphqlInUrl({ method, graphql }: HttpConfig): boolean {
  return graphql !== undefined && asksInUrl.test(method);
}

function fileBody({ buffer, byteOffset, byteLength }: Uint8Array): RequestBody {
  return { kind: 'none', bytes: Buffer.from(buffer, byteOffset, byteLength), shown: null };
}
