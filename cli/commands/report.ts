import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { exitCodes, type ExitCode } from '../../engine/model/errors.ts';
import { aggregateCsv } from '../../listeners/aggregate-csv.ts';
import { readResult } from '../../listeners/report.ts';
import { renderSummary } from '../../listeners/summary-table.ts';
import { verdictLines } from '../../listeners/verdict-lines.ts';
import type { Output } from '../output.ts';

interface ReportOptions {
  readonly json?: string;
  readonly csv?: string;
}

export function reportCommand(output: Output, done: (code: ExitCode) => void): Command {
  return new Command('report')
    .summary('show the results of a run again')
    .description('Shows the summary of a results folder or of any JTL in CSV, JMeter’s included.')
    .argument('<run>', 'a results folder, a run.json or a JTL file')
    .option('--json <file>', 'also writes the result as JSON')
    .option('--csv <file>', 'also writes the table as JMeter’s Aggregate Report saves it')
    .addHelpText(
      'after',
      `
Examples:
  plan report results/2026-11-22T14-05-09-quickstart
  plan report jmeter.jtl --json summary.json --csv aggregate.csv`,
    )
    .action(async (path: string, { json, csv }: ReportOptions) => {
      const { result, warnings } = await readResult(path);
      for (const warning of warnings) output.warn(warning);
      output.say(renderSummary(result, { colours: output.colours, columns: 100 }));
      for (const line of ['', ...verdictLines(result, output)]) output.say(line);
      if (json !== undefined) {
        const text = `${JSON.stringify(result, null, 2)}\n`;
        output.say(`Written: ${await written(json, 'run.json', text)}`);
      }
      if (csv !== undefined) {
        output.say(`Written: ${await written(csv, 'aggregate.csv', aggregateCsv(result))}`);
      }
      done(exitCodes.passed);
    });
}

/** Writes to the file, or to one of that name in the folder; says which. */
async function written(path: string, name: string, text: string): Promise<string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const file = isFolder ? join(path, name) : path;
  await writeFile(file, text);
  return file;
}
