import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stat } from 'node:fs/promises';
import { Command } from 'commander';
import { exitCodes, type ExitCode } from '../../engine/model/errors.ts';
import { readResult } from '../../listeners/report.ts';
import { renderSummary } from '../../listeners/summary-table.ts';
import type { Output } from '../output.ts';

interface ReportOptions {
  readonly json?: string;
}

export function reportCommand(output: Output, done: (code: ExitCode) => void): Command {
  return new Command('report')
    .summary('show the results of a run again')
    .description('Shows the summary of a results folder or of any JTL in CSV, JMeter’s included.')
    .argument('<run>', 'a results folder, a run.json or a JTL file')
    .option('--json <file>', 'also writes the result as JSON')
    .addHelpText(
      'after',
      `
Examples:
  plan report results/2026-11-22T14-05-09-quickstart
  plan report jmeter.jtl --json summary.json`,
    )
    .action(async (path: string, { json }: ReportOptions) => {
      const { result, warnings } = await readResult(path);
      for (const warning of warnings) output.warn(warning);
      output.say(renderSummary(result, { colours: output.colours, columns: 100 }));
      if (json !== undefined) {
        const isFolder = await stat(json).then(
          (found) => found.isDirectory(),
          () => false,
        );
        const file = isFolder ? join(json, 'run.json') : json;
        await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
        output.say(`Written: ${file}`);
      }
      done(exitCodes.passed);
    });
}
