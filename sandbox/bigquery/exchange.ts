import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from 'hono';
import type { Random } from '../../engine/model/ports.ts';
import { errorBody } from '../google-error.ts';
import { isJsonObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
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
  readonly nowEpochMs: () => number;
  /** The project that may be used; any if undefined. */
  readonly project: string | undefined;
  readonly latencyMs: number;
  readonly errorRatio: number;
  readonly random: Random;
}

/** An answer: a JSON object, or nothing (204). */
export type Answer = JsonObject | undefined;

/** Turns a handler into one of the web application: project, delay, errors by chance, and Google's form of errors. */
export function handler(
  world: World,
  handle: (context: Context, project: string) => Promise<Answer> | Answer,
): (context: Context) => Promise<Response> {
  return async (context) => {
    if (world.latencyMs > 0) await delay(world.latencyMs);
    try {
      const answer = await checked(world, context, handle);
      return answer === undefined ? new Response(null, { status: 204 }) : toResponse(200, answer);
    } catch (problem) {
      const { code, reason, message, location } = googleError(problem);
      return toResponse(code, errorBody(code, reason, message, location));
    }
  };
}

async function checked(
  world: World,
  context: Context,
  handle: (context: Context, project: string) => Promise<Answer> | Answer,
): Promise<Answer> {
  const project = context.req.param('project') ?? '';
  if (world.random() < world.errorRatio) {
    throw new QueryError('An error by chance, as the sandbox was asked for.', 'backendError', 503);
  }
  if (world.project !== undefined && project !== world.project) {
    const text = `Access Denied: Project ${project}: User does not have permission in project ${project}, or it does not exist. The sandbox's project is ${world.project}.`;
    throw new QueryError(text, 'accessDenied', 403);
  }
  return handle(context, project);
}

function toResponse(status: number, body: JsonObject): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=UTF-8' },
  });
}

/** The body as a JSON object; an empty one is `{}`. */
export async function bodyOf({ req }: Context): Promise<JsonObject> {
  return parsed(await req.text());
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

/** A number of the query; undefined if it is absent. */
export function numberIn(context: Context, name: string): number | undefined {
  const text = context.req.query(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value >= 0)) throw invalid(`Invalid value for ${name}: ${text}`);
  return value;
}

export function param({ req }: Context, name: string): string {
  return req.param(name) ?? '';
}
