import { compile, type JSONPathQuery } from 'json-p3';
import type { Json } from '../../model/json.ts';
import { defineExtractor } from '../element.ts';
import { chooseMatch, matchSchema, matchVariables } from '../match.ts';

/**
 * `{ jsonPath: $.data.id }`: values out of a JSON answer, by RFC 9535. Objects and lists are given as JSON text;
 * `null` counts as no match, as in JMeter (`JSONManager.java`).
 */
export const jsonPath = defineExtractor({
  kind: 'jsonPath',
  reads: ['body'],
  schema: {
    type: 'object',
    description: 'Takes a value out of a JSON answer.',
    additionalProperties: false,
    required: ['jsonPath'],
    properties: {
      jsonPath: {
        type: 'string',
        minLength: 1,
        literal: true,
        description: 'A JSONPath (RFC 9535).',
        examples: ['$.data.items[*].id'],
      },
      ...matchSchema,
    },
  },
  check: ({ jsonPath: path }) => pathMistake(String(path)),
  sets: matchVariables,
  build(variable, config) {
    const queries = new Map<string, JSONPathQuery>();
    return (answer, user) => {
      const { jsonPath: path, match, default: otherwise } = config.render(user);
      let query = queries.get(path);
      if (!query) queries.set(path, (query = compile(path)));
      chooseMatch(user, variable, found(query, answer.json()), { match, default: otherwise });
    };
  },
});

function found(query: JSONPathQuery, document: Json | undefined): string[] {
  if (typeof document !== 'object' || document === null) return [];
  const values: string[] = [];
  for (const { value } of query.query(document).nodes) {
    if (value === null || value === undefined) continue;
    values.push(typeof value === 'string' ? value : JSON.stringify(value));
  }
  return values;
}

function pathMistake(path: string): string | null {
  try {
    compile(path);
    return null;
  } catch (error) {
    return `"${path}" is not a JSONPath: ${error instanceof Error ? error.message : String(error)}. Write, for example, $.data.items[*].id`;
  }
}
