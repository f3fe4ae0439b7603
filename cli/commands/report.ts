import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { exitCodes, type ExitCode } from '../../engine/model/errors.ts';
import { aggregateCsv } from '../../listeners/aggregate-csv.ts';
import { readResult } from '../../listeners/report.ts';
import { runJsonName } from '../../listeners/run-json.ts';
import { renderSummary } from '../../listeners/summary-table.ts';
import { verdictLines } from '../../listeners/verdict-lines.ts';
import { writeWhole } from '../../listeners/write-whole.ts';
import { giveJson } from '../json-result.ts';
import { judge } from '../judge.ts';
import {
  environmentOption,
  fileToWrite,
  prepareRequest,
  propertyOptions,
  type PlanOptions,
} from '../options.ts';
import type { Output } from '../output.ts';
import type { PrepareRequest } from '../../engine/api/prepare.ts';

interface ReportOptions extends PlanOptions {
  readonly plan?: string;
  readonly csv?: string;
  readonly timestampFormat?: string;
}

export function reportCommand(output: Output, done: (code: ExitCode) => void): Command {
  const command = new Command('report')
    .summary('show the results of a run again')
    .description(
      'Shows the summary of a results folder or of any JTL, JMeter’s included, in CSV or XML, also packed by gzip; with --plan, judges it.',
    )
    .argument('<run>', 'a results folder, a run.json or a JTL file; - for standard input')
    .option('--plan <file>', 'judges the samples by the thresholds of this plan')
    .option(
      '--timestamp-format <pattern>',
      'how the JTL writes dates: jmeter.save.saveservice.timestamp_format',
    )
    .option(
      '--csv <file>',
      'also writes the table as JMeter’s Aggregate Report saves it',
      fileToWrite('--csv'),
    );
  for (const option of [...propertyOptions(), environmentOption()]) command.addOption(option);
  return command
    .addHelpText(
      'after',
      `
Examples:
  plan report results/2026-11-22T14-05-09-quickstart
  plan report jmeter.jtl --json summary.json --csv aggregate.csv
  plan report out.jtl --plan plans/api-load.yaml -e staging
  zcat out.jtl.gz | plan report - --timestamp-format "dd.MM.yyyy HH:mm:ss"

The rates of a row divide by the time from its first start to its last end, percentiles are the value at the
nearest rank, and set-up, tear-down, clean-up and warm-up do not count (docs/measurement.md).

Exit codes: 0 whatever the run came to; with --plan 0 passed, 99 a threshold failed or could not be judged by
a JTL; 104 what was given cannot be read.`,
    )
    .action(async (path: string, options: ReportOptions) => {
      const { plan, csv, timestampFormat } = options;
      const { result, warnings, isFinished } =
        plan === undefined
          ? await readResult(path, timestampFormat)
          : await judge(path, requestFor(plan, options), timestampFormat);
      for (const warning of warnings) output.warn(warning);
      output.show(renderSummary(result, { colours: output.colours, columns: output.columns }));
      for (const line of ['', ...verdictLines(result, { colours: output.colours, isFinished })])
        output.show(line);
      giveJson(output, result, runJsonName);
      if (csv !== undefined) {
        output.say(`Written: ${await written(csv, 'aggregate.csv', aggregateCsv(result))}`);
      }
      done(plan === undefined ? exitCodes.passed : result.verdict.exitCode);
    });
}

function requestFor(plan: string, options: ReportOptions): PrepareRequest {
  return prepareRequest(plan, { ...options, group: [], tags: [], excludeTags: [], seed: 0 });
}

/** Writes to the file, or to one of that name in the folder; says which. */
async function written(path: string, name: string, text: string): Promise<string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const file = isFolder ? join(path, name) : path;
  await writeWhole(file, text);
  return file;
}
