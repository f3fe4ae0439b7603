import type { Sandbox } from '../../server.ts';

export const project = '/bigquery/v2/projects/sandbox-project';
export const tables = `${project}/datasets/pipeline/tables`;

export interface Field {
  readonly name: string;
  readonly type: string;
  readonly mode?: string;
  readonly precision?: string;
  readonly scale?: string;
}

/** Of any answer of BigQuery, what tests look at. */
export interface Answer {
  readonly status: number;
  readonly error?: { readonly message: string; readonly errors: readonly { readonly reason: string }[] };
  readonly schema?: { readonly fields: readonly Field[] };
  readonly rows?: readonly { readonly f: readonly { readonly v: unknown }[] }[];
  readonly totalBytesProcessed?: string;
  readonly tables?: readonly {
    readonly type: string;
    readonly tableReference: { readonly tableId: string };
  }[];
  readonly type?: string;
  readonly view?: { readonly query: string; readonly useLegacySql: boolean };
  readonly insertErrors?: unknown;
}

/** BigQuery's REST API as a client without a library sees it. */
export class Rest {
  readonly #sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  async call(method: string, path: string, body?: object): Promise<Answer> {
    const text = body === undefined ? null : JSON.stringify(body);
    const response = await fetch(this.#sandbox.url + path, { method, body: text });
    const answer = JSON.parse((await response.text()) || '{}') as Answer;
    return { ...answer, status: response.status };
  }

  query(sql: string, more: object = {}): Promise<Answer> {
    return this.call('POST', `${project}/queries`, { query: sql, useLegacySql: false, ...more });
  }

  /** The values of all rows, or why there are none. */
  async values(sql: string, more: object = {}): Promise<unknown> {
    const { rows = [], error } = await this.query(sql, more);
    return error ? error.message : rows.map(({ f }) => f.map(({ v }) => v));
  }

  async bytes(sql: string): Promise<number | string> {
    const { totalBytesProcessed, error } = await this.query(sql, { dryRun: true });
    return error ? error.message : Number(totalBytesProcessed);
  }
}
