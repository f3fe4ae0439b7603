import { isJsonObject } from './json.ts';
import type { Json, JsonObject } from './json.ts';

/**
 * What goes wrong on request, so that tests and users see how a plan takes it.
 *
 * `status`: the answer is an error in Google's form. `hang`: no answer at all. `delay`: the answer comes
 * later. `reset`: the connection is cut at once. `resetMidUpload`: it is cut after some bytes of the body.
 * `wrongChecksum`: the storage endpoint tells a checksum that is not that of the content. `wrongBytes`: BigQuery says of a
 * query that it read, and is billed for, `factor` times the bytes.
 */
export const faultKinds = [
  'status',
  'hang',
  'delay',
  'reset',
  'resetMidUpload',
  'wrongChecksum',
  'wrongBytes',
] as const;

export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** Compared with the whole path of a request, without its query; `*` stands for any characters. */
  readonly path: string;
  /** Any method without one. */
  readonly method?: string;
  /** How often it happens before it is used up. */
  readonly times: number;
  /** Requests that fit and are spared first. */
  readonly skip: number;
  /** Of `status`. */
  readonly status: number;
  /** Of `status`: Google's reason, such as `rateLimitExceeded`. */
  readonly reason: string;
  readonly message: string;
  /** Of `delay`. */
  readonly delayMs: number;
  /** Of `delay`: by how much it is longer each time. */
  readonly growsByMs: number;
  /** Of `wrongBytes`. */
  readonly factor: number;
  /** Of `resetMidUpload`. */
  readonly afterBytes: number;
}

const defaults = {
  times: 1,
  skip: 0,
  status: 503,
  reason: 'backendError',
  message: 'A fault, as the sandbox was asked for.',
  delayMs: 1000,
  growsByMs: 0,
  factor: 1000,
  afterBytes: 65_536,
} as const;

const numbers = ['times', 'skip', 'status', 'delayMs', 'growsByMs', 'factor', 'afterBytes'] as const;
const texts = ['reason', 'message', 'method'] as const;

/** The faults that are still to come, in the order in which they were asked for. */
export class Faults {
  #waiting: Fault[] = [];

  /** Adds a fault, or a list of them. Tells what is wrong with them, and then adds none. */
  add(asked: unknown): readonly string[] {
    const list: readonly unknown[] = Array.isArray(asked) ? asked : [asked];
    const problems = list.flatMap(problemsOf);
    if (problems.length === 0) this.#waiting.push(...list.flatMap(faultOf));
    return problems;
  }

  /** The next fault of these kinds for a request; it counts as having happened. */
  take(method: string, path: string, kinds: readonly FaultKind[]): Fault | undefined {
    if (this.#waiting.length === 0) return undefined;
    const index = this.#waiting.findIndex((fault) => kinds.includes(fault.kind) && fits(fault, method, path));
    const fault = this.#waiting[index];
    if (!fault) return undefined;
    if (fault.skip > 0) {
      this.#waiting[index] = { ...fault, skip: fault.skip - 1 };
      return undefined;
    }
    const { times, delayMs, growsByMs } = fault;
    if (times > 1) this.#waiting[index] = { ...fault, times: times - 1, delayMs: delayMs + growsByMs };
    else this.#waiting.splice(index, 1);
    return fault;
  }

  list(): readonly Fault[] {
    return [...this.#waiting];
  }

  clear(): void {
    this.#waiting = [];
  }
}

function fits({ path, method }: Fault, askedMethod: string, askedPath: string): boolean {
  if (method !== undefined && method !== '*' && method.toUpperCase() !== askedMethod) return false;
  const pieces = path.split('*');
  const first = pieces[0] ?? '';
  if (pieces.length === 1) return askedPath === path;
  if (!askedPath.startsWith(first)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = askedPath.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  const last = pieces.at(-1) ?? '';
  return askedPath.length - last.length >= at && askedPath.endsWith(last);
}

function problemsOf(asked: unknown): string[] {
  if (!isJsonObject(asked))
    return ['A fault must be an object, such as { "kind": "hang", "path": "/bigquery/*" }.'];
  const known: readonly string[] = ['kind', 'path', ...numbers, ...texts];
  const unknown = Object.keys(asked).filter((key) => !known.includes(key));
  const problems = unknown.map((key) => `Unknown key "${key}". Known: ${known.join(', ')}.`);
  if (!isKind(asked['kind'])) problems.push(`"kind" must be one of ${faultKinds.join(', ')}.`);
  if (typeof asked['path'] !== 'string') problems.push('"path" must be text, such as "/storage/v1/*".');
  for (const key of numbers) {
    const value = asked[key];
    if (value !== undefined && !(typeof value === 'number' && value >= 0))
      problems.push(`"${key}" must be a number of at least 0.`);
  }
  for (const key of texts) {
    if (asked[key] !== undefined && typeof asked[key] !== 'string') problems.push(`"${key}" must be text.`);
  }
  return problems;
}

function isKind(value: Json | undefined): value is FaultKind {
  const kinds: readonly unknown[] = faultKinds;
  return kinds.includes(value);
}

function faultOf(asked: unknown): Fault[] {
  if (!isJsonObject(asked) || !isKind(asked['kind']) || typeof asked['path'] !== 'string') return [];
  const method = asked['method'];
  return [
    {
      kind: asked['kind'],
      path: asked['path'],
      ...(typeof method === 'string' && { method }),
      times: numberOf(asked, 'times'),
      skip: numberOf(asked, 'skip'),
      status: numberOf(asked, 'status'),
      delayMs: numberOf(asked, 'delayMs'),
      growsByMs: numberOf(asked, 'growsByMs'),
      factor: numberOf(asked, 'factor'),
      afterBytes: numberOf(asked, 'afterBytes'),
      reason: textOf(asked, 'reason'),
      message: textOf(asked, 'message'),
    },
  ];
}

function numberOf(asked: JsonObject, key: (typeof numbers)[number]): number {
  const value = asked[key];
  return typeof value === 'number' ? value : defaults[key];
}

function textOf(asked: JsonObject, key: 'reason' | 'message'): string {
  const value = asked[key];
  return typeof value === 'string' ? value : defaults[key];
}
