import { randomUUID } from 'node:crypto';
import { stringify } from 'node:querystring';
import type { Body, Call, Request } from './call.ts';

/** The release of the official client (@google-cloud/storage) whose requests these are; a test compares them. */
export const clientVersion = '7.22.0';

const googlesOrigin = 'https://storage.googleapis.com';
const userAgent = `gcloud-node-storage/${clientVersion}`;
const api = `gl-node/${process.versions.node} gccl/${clientVersion}-ESM gccl-invocation-id/`;

type Query = Readonly<Record<string, string | number | undefined>>;

/** Where the requests of an operation go. */
export function originOf({ options: { target } }: Call): string {
  return target.endpoint ?? googlesOrigin;
}

/** The address of buckets, of one, or of something in it: `/o/name`. Names are encoded by now. */
export function bucketsUrl(call: Call, path = '', query: Query = {}): string {
  return `${originOf(call)}/storage/v1/b${path}${queryText(query)}`;
}

export function objectUrl(call: Call, bucket: string, name: string, query: Query = {}): string {
  return bucketsUrl(call, `/${bucket}/o/${encodeURIComponent(name)}`, query);
}

/** Where content is sent to. */
export function uploadUrl(call: Call, bucket: string, query: Query): string {
  return `${originOf(call)}/upload/storage/v1/b/${bucket}/o${queryText(query)}`;
}

/** A request with the headers that the official client gives all of its own. */
export function requestOf(
  method: string,
  url: string,
  {
    body = null,
    headers = {},
  }: { readonly body?: Body; readonly headers?: Readonly<Record<string, string>> } = {},
): Request {
  const own = { 'user-agent': userAgent, 'x-goog-api-client': api + randomUUID(), accept: '*/*' };
  return { method, url, headers: { ...own, ...headers }, body };
}

/** A request that sends JSON. */
export function jsonRequest(method: string, url: string, value: object): Request {
  const headers = { 'content-type': 'application/json' };
  return requestOf(method, url, { body: JSON.stringify(value), headers });
}

function queryText(query: Query): string {
  const text = stringify(Object.fromEntries(Object.entries(query).filter(([, one]) => one !== undefined)));
  return text === '' ? '' : `?${text}`;
}
