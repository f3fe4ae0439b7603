import type { Infer } from '../../engine/model/json-schema.ts';
import { valueSchema } from '../../engine/elements/assertions/value-options.ts';
import type { Sampler } from '../../engine/model/sampler.ts';
import { bigquery } from '../bigquery/bigquery.ts';
import { bigquerySchema } from '../bigquery/schema.ts';
import { gcs } from '../gcs/gcs.ts';
import { gcsSchema } from '../gcs/schema.ts';
import { http } from '../http/http.ts';
import { httpSchema } from '../http/schema.ts';

/** The samplers that may inject an issue, ask for it and repair it. */
export const operators: ReadonlyMap<string, Sampler> = new Map(
  [http, bigquery, gcs].map((one) => [one.kind, one]),
);

const operationProperties = {
  http: {
    ...httpSchema,
    sampler: 'http',
    description: 'A request, as the sampler `http` performs it, with its keys and its defaults.',
    examples: [{ path: '/healing/issues/{issueId}' }],
  },
  bigquery: {
    ...bigquerySchema,
    sampler: 'bigquery',
    description: 'A query or a job, as the sampler `bigquery` performs it, with its keys and its defaults.',
    examples: [{ query: "SELECT status FROM pipeline.issues WHERE id = '{issueId}'" }],
  },
  gcs: {
    ...gcsSchema,
    sampler: 'gcs',
    description:
      'An operation on Cloud Storage, as the sampler `gcs` performs it, with its keys and its defaults.',
    examples: [{ upload: 'orders/bad.csv', generate: 'facts', rows: '1k', format: 'csv', bad: '10%' }],
  },
} as const;

/** One operation: `{ http: … }`. */
export const operationSchema = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 1,
  properties: operationProperties,
} as const;

/** An operation that is performed again and again until its answer is as it should be. */
export const pollSchema = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 2,
  properties: {
    ...operationProperties,
    until: {
      type: 'object',
      additionalProperties: false,
      required: ['jsonPath'],
      description:
        'What the answer must hold, in the words of the assertion `jsonPath`. Without it, that it is a success. An answer that is none is asked for again.',
      examples: [{ jsonPath: '$.data.status', equals: 'resolved' }],
      properties: {
        jsonPath: {
          type: 'string',
          minLength: 1,
          description: 'A JSONPath (RFC 9535). Without more, something must be there.',
          examples: ['$.data.status'],
        },
        ...valueSchema,
      },
    },
  },
} as const;

export type Operation = Infer<typeof operationSchema>;
export type Poll = Infer<typeof pollSchema>;
export type Until = NonNullable<Poll['until']>;

/** The sampler of an operation and what it is to do. */
export function operatorOf(
  operation: object,
): readonly [kind: string, config: Readonly<Record<string, unknown>>] | null {
  for (const [kind, config] of Object.entries<unknown>({ ...operation }))
    if (operators.has(kind) && typeof config === 'object' && config !== null) return [kind, { ...config }];
  return null;
}
