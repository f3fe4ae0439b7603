import type { Infer } from '../../engine/model/json-schema.ts';
import type { Outcome } from '../../engine/model/sample.ts';
import { textOf } from '../../engine/text/read-text.ts';

/** What an author may say of a GraphQL operation. */
export const graphqlSchema = {
  type: 'object',
  description:
    'A GraphQL operation: a JSON body, or parameters of the query when the method is GET, as in JMeter’s GraphQL HTTP Request.',
  additionalProperties: false,
  required: ['query'],
  properties: {
    query: {
      type: 'string',
      description: 'The document.',
      examples: ['query One($id: ID!) { issue(id: $id) { status } }'],
    },
    variables: {
      description: 'Values of the document’s variables.',
      render: 'json',
      examples: [{ id: '${issueId}' }],
    },
    operationName: {
      type: 'string',
      description: 'Which operation of the document to execute.',
      examples: ['One'],
    },
    failOnErrors: {
      type: 'boolean',
      description: 'Whether an answer with `errors` fails the sample, as it does not in JMeter.',
      default: false,
      examples: [true],
    },
  },
  examples: [{ query: '{ issues { id } }' }],
} as const;

export type GraphQl = Infer<typeof graphqlSchema>;

/** The body of a POST: keys and their order are JMeter's. */
export function graphqlBody({ query, variables, operationName }: GraphQl): string {
  const values = variables === undefined ? '' : `"variables":${variables},`;
  return `{"operationName":${JSON.stringify(operationName ?? null)},${values}"query":${JSON.stringify(query)}}`;
}

/** The query of a GET. */
export function graphqlQuery({ query, variables, operationName }: GraphQl): string {
  const pairs = { query, variables, operationName };
  return Object.entries(pairs)
    .flatMap(([name, value]) => (value === undefined ? [] : `${name}=${encodeURIComponent(value)}`))
    .join('&');
}

/** What an answer says went wrong; null when there are no `errors`. An answer that is not JSON is wrong too. */
export function graphqlFailure({ body, contentType }: Pick<Outcome, 'body' | 'contentType'>): string | null {
  let answer: unknown;
  try {
    answer = JSON.parse(body === undefined ? '' : textOf(body, contentType));
  } catch {
    return 'graphql: the answer is not JSON.';
  }
  return failureOf(answer);
}

function failureOf(answer: unknown): string | null {
  const errors: unknown =
    typeof answer === 'object' && answer !== null && 'errors' in answer ? answer.errors : [];
  if (!Array.isArray(errors) || errors.length === 0) return null;
  const first: unknown = errors[0];
  const message = typeof first === 'object' && first !== null && 'message' in first ? first.message : first;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return `graphql: ${typeof message === 'string' ? message : JSON.stringify(message)}${more}`;
}
