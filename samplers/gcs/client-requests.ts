import { stringify } from 'node:querystring';
import type { Readable } from 'node:stream';
import { PassThrough } from 'node:stream';
import { jsonIn } from '../../engine/model/json.ts';
import { textOf, type Call, type Request } from './call.ts';
import { multipartRelated, type RelatedPart } from './multipart-related.ts';
import { refusalOf } from './refusal.ts';
import { RefusedError } from './refused-error.ts';
import { retried } from './retried.ts';

/** A request as the client gives it to its `makeAuthenticatedRequest`. */
export interface ClientRequest {
  readonly method?: string;
  readonly uri: string;
  readonly qs?: Readonly<Record<string, string | number | boolean>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: object;
  readonly multipart?: readonly RelatedPart[];
}

type Callback = (error: Error | null, body?: unknown, answer?: object) => void;

/**
 * What stands for the client's `makeAuthenticatedRequest`: with a callback it is given the answer's JSON, without one it
 * gives a stream that emits `response` (`nodejs-common/util.js`).
 */
export function clientRequests(
  call: Call,
  { retries, project }: { readonly retries: number; readonly project: string },
) {
  return (asked: ClientRequest, callback?: Callback): Readable | undefined => {
    const request = requestOf(asked, project);
    if (callback === undefined) return streamed(call, request);
    const times = asked.multipart === undefined ? retries : 0;
    answered(call, request, times).then(
      ({ body, answer }) => callback(null, body, answer),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
    );
    return undefined;
  };
}

async function answered(
  call: Call,
  request: Request,
  retries: number,
): Promise<{ body: unknown; answer: object }> {
  const { status, statusText, headers, body: text } = await retried(call, request, retries);
  if (call.refusal !== null) throw new RefusedError(call.refusal);
  const body = jsonIn(text) ?? text;
  return { body, answer: { statusCode: status, statusMessage: statusText, headers, body } };
}

/** The answer's body is the `response` itself, as the client reads it. */
function streamed(call: Call, request: Request): Readable {
  const stream = new PassThrough();
  call
    .send(request)
    .then(async ({ status, statusText, headers, body }) => {
      if (status >= 400) {
        call.refusal = refusalOf(status, statusText, await textOf(body));
        stream.destroy(call.refusal === null ? new Error(statusText) : new RefusedError(call.refusal));
        return;
      }
      const answer = {
        statusCode: status,
        statusMessage: statusText,
        headers,
        request: {},
        toJSON: () => ({ headers }),
      };
      stream.emit('response', Object.assign(body, answer));
    })
    .catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))));
  return stream;
}

function requestOf(
  { method = 'GET', uri, qs, headers = {}, json, multipart }: ClientRequest,
  project: string,
): Request {
  const query = qs === undefined ? '' : stringify({ ...qs });
  const url = withProject(query === '' ? uri : `${uri}?${query}`, project);
  if (multipart !== undefined) {
    const { contentType, body } = multipartRelated(multipart);
    return { method, url, headers: { ...headers, 'content-type': contentType }, body };
  }
  if (json === undefined) return { method, url, headers, body: null };
  const withType = { ...headers, 'content-type': 'application/json' };
  return { method, url, headers: withType, body: withProject(JSON.stringify(json), project) };
}

/** The client leaves a mark where the project is to stand. */
function withProject(text: string, project: string): string {
  return text.replaceAll(/\{\{projectId\}\}|%7B%7BprojectId%7D%7D/g, project);
}
