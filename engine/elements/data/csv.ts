import type { Host } from '../../model/ports.ts';
import { defineDataSource, type Flow } from '../element.ts';
import { csvMistakes, encodingMistake } from './check-csv.ts';
import { csvRow, separatorOf, type CsvForm } from './csv-row.ts';
import { Cursor, cursorSchema, endOfData } from './cursor.ts';
import { FileRows } from './file-rows.ts';
import { lineForm, quotedForm } from './row-form.ts';
import { openText } from './text-file.ts';

/**
 * `{ csv: users.csv }`: JMeter's CSV Data Set. At the start of each pass a row becomes variables, one a column.
 *
 * The file lies in the plan's folder and may be larger than memory: every worker reads through it and takes the rows
 * that are its own. Rows shorter than the names set the other variables to the empty text, where JMeter leaves those of
 * the row before; longer ones are cut. Unlike in JMeter, an empty line in the middle is passed over.
 */
export const csv = defineDataSource({
  kind: 'csv',
  jmeter: 'CSV Data Set Config',
  example: `
- loop: 2
  data:
    - csv: users.csv
      sets: [user, password] # columns that the first line names
  steps:
    - get: { path: /echo, query: { user: '\${user}', length: '\${__strLen(\${password})}' } }
`,
  schema: {
    type: 'object',
    description: 'Rows of a CSV file become variables.',
    additionalProperties: false,
    required: ['csv'],
    properties: {
      csv: {
        type: 'string',
        minLength: 1,
        literal: true,
        description: 'The file, in the plan’s folder.',
        examples: ['data/users.csv'],
      },
      names: {
        type: 'array',
        items: { type: 'string', minLength: 1, literal: true },
        literal: true,
        default: [],
        description:
          'The variables, a name for each column. Without names the first line gives them; then name here, under `sets`, what the plan uses.',
        examples: [['user', 'password']],
      },
      sets: {
        type: 'array',
        items: { type: 'string', minLength: 1, literal: true },
        literal: true,
        default: [],
        description:
          'Columns of the file’s own header that the plan uses, so that a misspelt variable is found before the run.',
        examples: [['user', 'password']],
      },
      delimiter: {
        type: 'string',
        literal: true,
        default: ',',
        description: 'Between two fields; several characters are allowed, `\\t` is a tab.',
        examples: [';'],
      },
      quoted: {
        type: 'boolean',
        default: false,
        description: 'Whether fields may stand in double quotes.',
        examples: [true],
      },
      encoding: {
        type: 'string',
        literal: true,
        default: 'utf-8',
        description: 'The file’s encoding.',
        examples: ['iso-8859-1'],
      },
      ignoreFirstLine: {
        type: 'boolean',
        default: false,
        description: 'With `names`: passes over a header line.',
        examples: [true],
      },
      ...cursorSchema,
    },
  },
  check: ({ names, sets, encoding }) =>
    Array.isArray(names) && names.length > 0 && Array.isArray(sets) && sets.length > 0
      ? 'names and sets exclude each other: names gives the columns, sets uses those of the file’s header'
      : encodingMistake(encoding),
  checkFiles: csvMistakes,
  sets: ({ names, sets }) => [names, sets].flatMap((list) => (Array.isArray(list) ? list.map(String) : [])),
  files: ({ csv: file }) => [String(file)],
  sharedKey: ({ csv: file, share }) =>
    share === undefined || share === 'all' ? `csv ${String(file)}` : null,
  build(config, site) {
    let table: Table | undefined;
    return (user): Flow | Promise<Flow> => {
      const options = config.render(user);
      const { names, cursor, notes } = (table ??= open(user.host, options));
      return cursor.next(user, site, options, (row) => {
        if (!row && options.stopAtEnd) return 'stopThread';
        names.forEach((name, column) => {
          user.set(name, row ? (row[column] ?? '') : endOfData);
        });
        for (const note of notes.splice(0)) user.problem(note);
        return 'next';
      });
    };
  },
});

interface Table {
  readonly names: readonly string[];
  readonly cursor: Cursor<readonly string[]>;
  /** What people must hear of, once. */
  readonly notes: string[];
}

interface Options extends CsvForm {
  readonly csv: string;
  readonly encoding: string;
  readonly names: readonly string[];
  readonly ignoreFirstLine: boolean;
}

function open(host: Host, options: Options): Table {
  const separator = separatorOf(options.delimiter);
  const { file, text, bytes } = openText(host, options.csv, options.encoding, separator);
  const form = options.quoted ? quotedForm(bytes(separator)) : lineForm;
  const notes: string[] = [];
  let hasQuotes = options.quoted;
  const rows = new FileRows(file, form, (row, index) => {
    const fields = csvRow(text(row, index), options);
    if (!hasQuotes && fields.some((field) => field.startsWith('"'))) {
      hasQuotes = true;
      notes.push(
        `${options.csv}, row ${index + 1}: a field begins with a double quote, which is sent with it. If quotes stand around fields, write quoted: true.`,
      );
    }
    return fields;
  });
  const hasHeader = options.names.length === 0;
  if (hasHeader) rows.readAhead();
  return {
    names: hasHeader && rows.known > 0 ? rows.at(0).map((name) => name.trim()) : options.names,
    notes,
    cursor: new Cursor(rows, hasHeader || options.ignoreFirstLine ? 1 : 0),
  };
}
