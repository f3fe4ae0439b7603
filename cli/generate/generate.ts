import type { DataSetOptions } from '../../engine/generate/check-data-set.ts';
import { dataSet } from '../../engine/generate/data-set.ts';
import { isText, usualCompression } from '../../engine/generate/formats.ts';
import { columnSchema, type Column } from '../../engine/generate/rows/column.ts';
import { schemaNames } from '../../engine/generate/rows/schemas.ts';
import { readDocument } from '../../engine/load/read-document.ts';
import { exitCodes, UserError, type ExitCode } from '../../engine/model/errors.ts';
import { giveJson } from '../json-result.ts';
import type { Output } from '../output.ts';
import { summaryText } from './progress.ts';
import { readOptions, type TypedOptions } from './read-options.ts';
import { fileSink, streamSink, type Sink } from './sinks.ts';
import { writeDataSet } from './write-data-set.ts';

export interface GenerateOptions extends TypedOptions {
  readonly columns?: string;
  readonly overwrite?: boolean;
  readonly list?: boolean;
}

/** `plan generate SCHEMA`: from what was typed to the file and a line about it. */
export async function generate(
  schema: string | undefined,
  typed: GenerateOptions,
  output: Output,
): Promise<ExitCode> {
  const options = await readTyped(schema, typed);
  let made = 0;
  const set = dataSet({ ...options, onRow: (index) => (made = index + 1) });
  const target = typed.output ?? `${schema ?? ''}.${set.extension}`;
  if (target === '-' && output.json === '-')
    throw new UserError(
      '-o - and --json - would both write to standard output: choose a file for one of them',
    );
  const sink = await sinkFor(target, options, typed.overwrite ?? false);
  const { whole, interrupted, bytes, elapsedMs } = await writeDataSet(set, sink, () => made);
  if (interrupted !== null) {
    output.warn(`${interrupted}: stopped${target === '-' ? '' : `, ${target} was not written`}`);
    return exitCodes.interrupted;
  }
  const summary = summaryText({ rows: set.rows, bytes, elapsedMs }, set.badRows);
  if (whole && target === '-') output.warn(`Written: ${summary}`);
  else if (whole) output.say(`Written: ${target}, ${summary}`);
  const { rows, badRows } = set;
  if (whole) giveJson(output, { format: 1, file: target, rows, badRows, bytes, elapsedMs });
  return exitCodes.passed;
}

async function readTyped(schema: string | undefined, typed: GenerateOptions): Promise<DataSetOptions> {
  if (schema === undefined) {
    throw new UserError(
      `which schema? Write, for example: plan generate facts --rows 100k. Known: ${schemaNames.join(', ')}`,
    );
  }
  const columns = typed.columns === undefined ? undefined : await readColumns(typed.columns);
  return readOptions(schema, columns, typed);
}

async function sinkFor(target: string, options: DataSetOptions, overwrite: boolean): Promise<Sink> {
  if (target !== '-') return fileSink(target, overwrite);
  const { format, compression = usualCompression(format) } = options;
  if (process.stdout.isTTY && !isText(format, compression)) {
    throw new UserError(`${format} by ${compression} is not for a terminal: write it to a file with -o`);
  }
  return streamSink(process.stdout);
}

const columnsSchema = {
  type: 'object',
  minProperties: 1,
  additionalProperties: columnSchema,
} as const;

async function readColumns(file: string): Promise<Readonly<Record<string, Column>>> {
  const found = await readDocument(file, 'columns', columnsSchema);
  if (!isColumns(found)) throw new UserError(`${file}: expected columns by name`);
  return found;
}

/** What the schema has checked. */
function isColumns(found: unknown): found is Readonly<Record<string, Column>> {
  return typeof found === 'object' && found !== null;
}
