import { Command } from 'commander';
import { dataSet, type DataSetOptions } from '../../engine/generate/data-set.ts';
import { compressions, formats, isText, usualCompression } from '../../engine/generate/formats.ts';
import { columnSchema, type Column } from '../../engine/generate/rows/column.ts';
import { schemaNames } from '../../engine/generate/rows/schemas.ts';
import { badKinds } from '../../engine/generate/rows/spoil.ts';
import { readDocument } from '../../engine/load/read-document.ts';
import { exitCodes, UserError, type ExitCode } from '../../engine/model/errors.ts';
import { summaryText } from '../generate/progress.ts';
import { readOptions, schemaLines, type TypedOptions } from '../generate/read-options.ts';
import { fileSink, streamSink, type Sink } from '../generate/sinks.ts';
import { writeDataSet } from '../generate/write-data-set.ts';
import type { Output } from '../output.ts';

interface GenerateOptions extends TypedOptions {
  readonly columns?: string;
  readonly overwrite?: boolean;
  readonly list?: boolean;
}

export function generateCommand(output: Output, done: (code: ExitCode) => void): Command {
  return new Command('generate')
    .summary('write a file of generated rows')
    .description(
      'Writes seeded rows as CSV, JSON, JSONL, Parquet or Avro: the same seed gives the same bytes. With a share of bad rows, for tests of what finds and heals them.',
    )
    .argument('[schema]', `${schemaNames.join(', ')}; or a name of your own with --columns`)
    .option('-r, --rows <n>', 'how many: 250, 100k, 2M', '1k')
    .option('-f, --format <format>', `${formats.join(', ')}; that of the file's name by default, else csv`)
    .option('-c, --compression <kind>', `${compressions.join(', ')}; none by default, for parquet snappy`)
    .option('--seed <n>', 'same seed, same bytes', '1')
    .option('--bad <share>', 'share of bad rows, such as 10%')
    .option(
      '--bad-kinds <list>',
      `what is wrong with them: ${badKinds.join(',')}; all but malformed by default`,
    )
    .option('--columns <file>', 'a YAML or JSON file with columns of your own, as --list shows them')
    .option('--no-header', 'csv without a line of names')
    .option('-o, --output <file>', 'where to write it, - for standard output; SCHEMA.FORMAT by default')
    .option('--overwrite', 'replaces an existing file')
    .option('--list', 'shows the schemas and their columns')
    .addHelpText(
      'after',
      `
Examples:
  plan generate facts --rows 100k
  plan generate large --rows 1M --bad 10% --bad-kinds missing_values,duplicates -o large.parquet
  plan generate small --format jsonl -o - | head -3
  plan generate orders --columns orders.yaml --compression gzip
  plan generate --list

Exit codes: 0 written; 104 an option is wrong; 105 interrupted; 110 the file could not be written.`,
    )
    .action(async (schema: string | undefined, options: GenerateOptions) => {
      if (options.list) for (const line of schemaLines()) output.say(line);
      else done(await generate(schema, options, output));
    });
}

async function generate(
  schema: string | undefined,
  typed: GenerateOptions,
  output: Output,
): Promise<ExitCode> {
  const options = await readTyped(schema, typed);
  let made = 0;
  const set = dataSet({ ...options, onRow: (index) => (made = index + 1) });
  const target = typed.output ?? `${schema ?? ''}.${set.extension}`;
  const sink = await sinkFor(target, options, typed.overwrite ?? false);
  const { whole, interrupted, bytes, elapsedMs } = await writeDataSet(set, sink, () => made);
  if (interrupted !== null) {
    output.warn(`${interrupted}: stopped${target === '-' ? '' : `, ${target} was not written`}`);
    return exitCodes.interrupted;
  }
  const summary = summaryText({ rows: set.rows, bytes, elapsedMs }, set.badRows);
  if (whole && target === '-') output.warn(`Written: ${summary}`);
  else if (whole) output.say(`Written: ${target}, ${summary}`);
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
