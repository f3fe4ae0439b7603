import { parseJson, type Json } from '../../model/json.ts';
import { defineDataSource, type Flow } from '../element.ts';
import { cursorSchema, endOfData, inOrder, nextRow } from './cursor.ts';

/**
 * `{ json: users.json }` or `{ json: users.jsonl }`: each object of a list, or of a line, becomes variables.
 * Texts are taken as they are, other values as JSON text. The file is read once by every worker, whole.
 */
export const json = defineDataSource({
  kind: 'json',
  example: `
- loop: 2
  data:
    - json: issues.jsonl
      sets: [type, severity]
  steps:
    - get: { path: /healing/issues, query: { issue_type: '\${type}', severity: '\${severity}' } }
`,
  schema: {
    type: 'object',
    description: 'Objects of a JSON list, or of the lines of a JSONL file, become variables.',
    additionalProperties: false,
    required: ['json', 'sets'],
    properties: {
      json: {
        type: 'string',
        minLength: 1,
        literal: true,
        description: 'The file, in the plan’s folder; `.jsonl` and `.ndjson` have an object a line.',
        examples: ['data/users.jsonl'],
      },
      sets: {
        type: 'array',
        items: { type: 'string', minLength: 1, literal: true },
        literal: true,
        minItems: 1,
        description:
          'The keys to take; each sets the variable of its name, to the empty text where it is missing.',
        examples: [['user', 'password']],
      },
      ...cursorSchema,
    },
  },
  sets: ({ sets }) => (Array.isArray(sets) ? sets.map(String) : []),
  files: ({ json: file }) => [String(file)],
  sharedKey: ({ json: file, share }) =>
    share === undefined || share === 'all' ? `json ${String(file)}` : null,
  build(config, site) {
    let rows: readonly Json[] | undefined;
    return (user): Flow => {
      const options = config.render(user);
      rows ??= inOrder(read(user.host.readFile(options.json, 'utf-8'), options.json), options);
      const place = nextRow(user, site, options, rows.length);
      const row = place === null ? null : rows[place];
      if (place === null && options.stopAtEnd) return 'stopThread';
      for (const name of options.sets) user.set(name, place === null ? endOfData : valueOf(row, name));
      return 'next';
    };
  },
});

function read(text: string, file: string): Json[] {
  if (/\.(jsonl|ndjson)$/i.test(file)) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return lines.map((line, index) => parsed(line, `${file}, line ${index + 1}`));
  }
  const value = parsed(text, file);
  if (!Array.isArray(value)) throw new Error(`${file} must hold a list of objects`);
  return value;
}

function parsed(text: string, where: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    throw new Error(`${where} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function valueOf(row: Json | undefined, name: string): string {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return '';
  const value = row[name];
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
