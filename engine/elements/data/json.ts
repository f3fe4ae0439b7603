import { messageOf } from '../../model/errors.ts';
import { isJsonMap, type ExactJson } from '../../json/exact-number.ts';
import { jsonText } from '../../json/json-text.ts';
import { readJson } from '../../json/read-json.ts';
import type { Host } from '../../model/ports.ts';
import { defineDataSource, type Flow } from '../element.ts';
import { jsonMistakes } from './check-json.ts';
import { Cursor, cursorSchema, endOfData } from './cursor.ts';
import { FileRows } from './file-rows.ts';
import { jsonLineForm } from './row-form.ts';
import { listRows, type Rows } from './rows.ts';
import { openText } from './text-file.ts';

/**
 * `{ json: users.json }` or `{ json: users.jsonl }`: each object of a list, or of a line, becomes variables.
 * Texts are taken as they are, other values as JSON text. A JSONL file may be
 * larger than memory; a list is read once by every worker, whole.
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
          'The keys to take; each sets the variable of its name, to the empty text in objects that lack it. One that no object has is a mistake.',
        examples: [['user', 'password']],
      },
      ...cursorSchema,
    },
  },
  sets: ({ sets }) => (Array.isArray(sets) ? sets.map(String) : []),
  files: ({ json: file }) => [String(file)],
  checkFiles: jsonMistakes,
  sharedKey: ({ json: file, share }) =>
    share === undefined || share === 'all' ? `json ${String(file)}` : null,
  build(config, site) {
    let cursor: Cursor<ExactJson | undefined> | undefined;
    return (user): Flow | Promise<Flow> => {
      const options = config.render(user);
      cursor ??= new Cursor(open(user.host, options.json), 0);
      return cursor.next(user, site, options, (row) => {
        if (row === null && options.stopAtEnd) return 'stopThread';
        for (const name of options.sets) user.set(name, row === null ? endOfData : valueOf(row, name));
        return 'next';
      });
    };
  },
});

function open(host: Host, path: string): Rows<ExactJson | undefined> {
  if (/\.(jsonl|ndjson)$/i.test(path)) {
    const { file, text } = openText(host, path, 'utf-8');
    return new FileRows(
      file,
      jsonLineForm,
      (line, index) => parsed(text(line, index), `${path}, row ${index + 1}`) ?? undefined,
    );
  }
  const value = parsed(host.readFile(path, 'utf-8'), path);
  if (!Array.isArray(value)) throw new Error(`${path} must hold a list of objects`);
  return listRows(value.map((row) => row ?? undefined));
}

function parsed(text: string, where: string): ExactJson {
  try {
    return readJson(text);
  } catch (error) {
    throw new Error(`${where} is not JSON: ${messageOf(error)}`);
  }
}

function valueOf(row: ExactJson | undefined, name: string): string {
  if (!isJsonMap(row) || !Object.hasOwn(row, name)) return '';
  const value = row[name];
  return value === undefined || value === null ? '' : jsonText(value);
}
