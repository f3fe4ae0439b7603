import { Command } from 'commander';
import { compressions, formats } from '../../engine/generate/formats.ts';
import { schemaNames } from '../../engine/generate/rows/schemas.ts';
import { badKinds } from '../../engine/generate/rows/bad-kinds.ts';
import type { ExitCode } from '../../engine/model/errors.ts';
import type { GenerateOptions } from '../generate/generate.ts';
import { giveJson } from '../json-result.ts';
import type { Output } from '../output.ts';

/** The work is imported when it is asked for: other commands need not wait for it. */
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
      if (options.list) {
        const { schemaLines } = await import('../generate/schema-lines.ts');
        for (const line of schemaLines()) output.show(line);
        giveJson(output, { format: 1, schemas: schemaNames });
        return;
      }
      const { generate } = await import('../generate/generate.ts');
      done(await generate(schema, options, output));
    });
}
