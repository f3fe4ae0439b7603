import { valueJudge } from '../../engine/elements/assertions/value-options.ts';
import { jsonPathQuery, type JsonPathQuery } from '../../engine/elements/queries/json-path.ts';
import { isNumber } from '../../engine/json/compare-json.ts';
import type { ExactJson } from '../../engine/json/exact-number.ts';
import { readJsonIn } from '../../engine/json/read-json.ts';
import type { Host } from '../../engine/model/ports.ts';
import type { Outcome } from '../../engine/model/sample.ts';
import { textOf } from '../../engine/text/read-text.ts';
import { idPlaceholder } from './issue-id.ts';
import type { Until } from './operations.ts';

const judge = valueJudge();
/** A status answer is small, and what it is asked is done soon. */
const host: Pick<Host, 'bounded'> = { bounded: (_what, _characters, act) => act() };
/** The last few paths that were asked for. */
const queries = new Map<string, JsonPathQuery>();

/** The values that a path finds in an answer. */
export function valuesIn({ body, contentType }: Outcome, path: string): ExactJson[] {
  return queryOf(path)(readJsonIn(body === undefined ? '' : textOf(body, contentType)), host);
}

/** The first value that a path finds, as text; undefined without one. */
export function textIn(outcome: Outcome, path: string): string | undefined {
  const found = valuesIn(outcome, path).find((value) => typeof value === 'string' || isNumber(value));
  return found === undefined ? undefined : String(found);
}

/** Why an answer does not show what is waited for; null when it does. */
export function notYet(
  outcome: Outcome,
  until: Until | undefined,
  issueId: string | undefined,
): string | null {
  if (!outcome.ok) return shown(outcome);
  if (until === undefined) return null;
  const path = issueId === undefined ? until.jsonPath : until.jsonPath.replaceAll(idPlaceholder, issueId);
  return judge(valuesIn(outcome, path), until, { what: path, host });
}

/** `503 Service Unavailable`, or why there was none. */
export function shown({ code, message, failure, explanation }: Outcome): string {
  return failure ?? explanation ?? [code, message].filter(Boolean).join(' ');
}

/** Milliseconds since 1970 of a time that an answer tells; or what is wrong with it. */
export function timeIn(outcome: Outcome, path: string): number | string {
  const text = textIn(outcome, path);
  if (text === undefined) return `there is no time at ${path} in the answer`;
  const epochMs = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isNaN(epochMs) ? `"${text.slice(0, 60)}" at ${path} is no time` : epochMs;
}

function queryOf(path: string): JsonPathQuery {
  const known = queries.get(path);
  if (known) return known;
  if (queries.size >= mostQueries) queries.clear();
  const query = jsonPathQuery(path);
  queries.set(path, query);
  return query;
}

const mostQueries = 100;
