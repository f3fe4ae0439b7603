import { jsonIn } from '../../engine/model/json.ts';
import type { Call, Request } from './call.ts';
import { lastFailure, partOutcome } from './outcome.ts';

/** A request as the client's resumable uploads give it to gaxios. */
export interface GaxiosRequest {
  readonly method?: string;
  readonly url?: string | URL;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: Request['body'];
  readonly data?: unknown;
}

/** The answer as gaxios expects it of an adapter. */
export interface GaxiosAnswer {
  readonly config: GaxiosRequest;
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
  readonly statusText: string;
  readonly request: { readonly responseURL: string };
}

/** Sends what gaxios is asked to, through the connections of a call. Chunks become sub-samples if `isChunked`. */
export function gaxiosAdapter(call: Call, isChunked: boolean) {
  return async (config: GaxiosRequest): Promise<GaxiosAnswer> => {
    const request = requestOf(config);
    const part = isChunked && request.method === 'PUT' ? call.options.context.begin() : null;
    const { bytesSent, bytesReceived } = call;
    try {
      const { body, headers, status, statusText } = await call.ask(request);
      const data = jsonIn(body) ?? body;
      return {
        config,
        data,
        headers: flat(headers),
        status,
        statusText,
        request: { responseURL: request.url },
      };
    } finally {
      const bytes = {
        bytesSent: call.bytesSent - bytesSent,
        bytesReceived: call.bytesReceived - bytesReceived,
      };
      part?.end(partOutcome(call, { thrown: lastFailure(call), where: request.url, bytes }));
    }
  };
}

function requestOf({ method = 'GET', url = '', headers = {}, body, data }: GaxiosRequest): Request {
  const text = typeof data === 'string' ? data : data === undefined ? null : JSON.stringify(data);
  return {
    method,
    url: String(url),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    body: body ?? text,
  };
}

function flat(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
}
