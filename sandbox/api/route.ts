import type { JsonObject } from '../json.ts';
import type { Kind } from '../kinds.ts';
import type { Store } from '../store.ts';

/**
 * One operation of the REST API, as data: the server is made from the list of routes, a test drives every
 * one of them, and a page of documentation can be written from it.
 */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api`; parameters as `:id`. */
  readonly path: string;
  readonly summary: string;
  /** Statuses of its own, the usual one first. Besides them: 400 for wrong input, 401 without a token, 503 by chance. */
  readonly statuses: readonly number[];
  readonly shape: Shape;
  /** Needs no token and is spared the random 503s, so that a run with errors can still log in. */
  readonly open?: boolean;
  /** Parameters of the address that it reads; none without a list. */
  readonly query?: readonly string[] | 'any';
  /** Fields of the body that it reads; none without a list. `shown`: its handler checks them, since the thing may stand there as it is shown. */
  readonly fields?: readonly string[] | 'shown' | 'any';
  /** What `:id` is an id of. */
  readonly kind?: Kind;
  /** A body, or a query, that it accepts. `$sources` stands for the id of some source. */
  readonly example?: JsonObject;
  readonly handle: (request: ApiRequest, store: Store) => Answer;
}

/**
 * `list`: `data.items` and `metadata`. `data`: `data` holds one object or a plain list. `flat`: fields at
 * the top. `empty`: no body.
 */
export type Shape = 'list' | 'data' | 'flat' | 'empty';

export interface ApiRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Empty if there is none. */
  readonly body: JsonObject;
  /** The token of the caller, which is known to be good unless the route is open; empty without one. */
  readonly token: string;
  readonly nowEpochMs: number;
  /** How long a pipeline execution or validation takes (1 to 2 times), the detection of an issue, and a healing. */
  readonly pace: Pace;
}

export interface Pace {
  readonly executionMs: number;
  readonly detectionMs: number;
  readonly healingMs: number;
}

export interface Answer {
  readonly status: number;
  readonly body: JsonObject | null;
  readonly headers?: Readonly<Record<string, string>>;
}
