import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from 'hono';
import type { Random } from '../../engine/model/ports.ts';
import { errorBody } from '../google-error.ts';
import { isJsonObject } from '../json.ts';
import { understood, understoodQuery, unheeded } from '../known.ts';
import type { Fields, Understood } from '../known.ts';
import { textIn } from './parameters.ts';
import type { JsonObject } from '../json.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { common } from './known-fields.ts';
import { removeExpired } from './expiry.ts';
import type { InsertIds } from './insert-ids.ts';
import type { DatasetFacts } from './dataset-facts.ts';
import { googleError } from './duckdb-errors.ts';
import type { JobStore } from './job-store.ts';
import type { Objects } from './objects.ts';
import { invalid, QueryError } from './query-error.ts';
import type { ResultCache } from './result-cache.ts';

/** What the routes share. */
export interface World {
  readonly warehouse: Warehouse;
  readonly jobs: JobStore;
  readonly cache: ResultCache;
  readonly objects: Objects;
  readonly facts: DatasetFacts;
  readonly insertIds: InsertIds;
  readonly nowEpochMs: () => number;
  /** The project that may be used; any if undefined. */
  readonly project: string | undefined;
  readonly latencyMs: number;
  readonly errorRatio: number;
  readonly random: Random;
}

/** An answer: a JSON object, or nothing (204). */
export type Answer = JsonObject | undefined;

/** A request that was understood. */
export interface Call {
  readonly project: string;
  /** A part of the path by its name. */
  readonly param: (name: string) => string;
  /** Parameters of the address, and the body, in the sandbox's words. */
  readonly query: JsonObject;
  readonly body: JsonObject;
  readonly header: (name: string) => string | undefined;
  readonly url: string;
}

/** What a route's requests may say: all else is refused by name. */
export interface KnownRequest {
  readonly query?: Fields;
  readonly body?: Fields;
  /** Headers that it heeds, of those that could change what is asked for. */
  readonly headers?: readonly string[];
}

type Handle = (call: Call) => Promise<Answer> | Answer;

/** Turns a handler into one of the web application: project, delay, errors by chance, and Google's form of errors. */
export function handler(
  world: World,
  known: KnownRequest,
  handle: Handle,
): (context: Context) => Promise<Response> {
  return async (context) => {
    if (world.latencyMs > 0) await delay(world.latencyMs);
    try {
      checkWorld(world, context);
      await removeExpired(world);
      const answer = await handle(await callOf(context, known));
      return answer === undefined ? new Response(null, { status: 204 }) : toResponse(200, answer);
    } catch (problem) {
      const { code, reason, message, location } = googleError(problem);
      if (code === 304) return new Response(null, { status: 304 });
      return toResponse(code, errorBody(code, reason, message, location));
    }
  };
}

function checkWorld(world: World, context: Context): void {
  const project = context.req.param('project') ?? '';
  if (world.random() < world.errorRatio) {
    throw new QueryError('An error by chance, as the sandbox was asked for.', 'backendError', 503);
  }
  if (world.project !== undefined && project !== world.project) {
    const text = `Access Denied: Project ${project}: User does not have permission in project ${project}, or it does not exist. The sandbox's project is ${world.project}.`;
    throw new QueryError(text, 'accessDenied', 403);
  }
}

async function callOf({ req }: Context, known: KnownRequest): Promise<Call> {
  const { query = {}, body, headers = [] } = known;
  const address = understoodQuery(new URL(req.url).searchParams, { ...common, ...query });
  const sent: Understood<JsonObject> = body
    ? understood(parsed(await req.text()), body)
    : { value: {}, problems: [] };
  const problems = [...unheeded(Object.keys(req.header()), headers), ...address.problems, ...sent.problems];
  if (problems.length > 0) throw invalid(problems.join(' '));
  return {
    project: req.param('project') ?? '',
    param: (name) => req.param(name) ?? '',
    query: address.value,
    body: sent.value,
    header: (name) => req.header(name),
    url: req.url,
  };
}

function toResponse(status: number, body: JsonObject): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=UTF-8' },
  });
}

export function parsed(text: string): JsonObject {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch {
    // Told below.
  }
  throw new QueryError('Parse Error: the body is no JSON object', 'parseError', 400);
}

/** Whether times are asked for as microseconds; `at` is what stands before the name in an address. */
export function wantsInt64(of: JsonObject, at = ''): boolean {
  return of[`${at}useInt64Timestamp`] === true || of[`${at}timestampOutputFormat`] === 'INT64';
}

/** A whole number of the address or the body; undefined if it is absent. */
export function numberIn(of: JsonObject, name: string): number | undefined {
  const text = textIn(of, name);
  return text === undefined || text === '' ? undefined : Number(text);
}
