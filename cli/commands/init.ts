import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { exitCodes, UserError, type ExitCode } from '../../engine/model/errors.ts';
import { cannotWrite } from '../../listeners/write-whole.ts';
import { giveJson } from '../json-result.ts';
import type { Output } from '../output.ts';
import { schemaLine } from '../schema-line.ts';
import { packageRoot } from '../../engine/api/package.ts';

/** A plan to start from: runs as it is, on the sandbox. */
export const firstPlan = `name: My first plan
sandbox: true                      # starts the embedded pipeline; take it away and set url for your own server
properties:
  url: { default: "\${sandbox.api}", description: where requests go }
  users: { type: integer, default: 5, description: virtual users }
defaults:
  http: { baseUrl: "\${url}", timeout: 10s }
threadGroups:
  - name: Visitors
    threads: \${users}
    rampUp: 2s
    duration: 10s
    steps:
      - get: /health
        name: Health
        expect: 200
      - pause: 500ms..1500ms
thresholds:
  - p95(elapsed) < 500ms
  - error_rate < 1%
`;

export function initCommand(output: Output, done: (code: ExitCode) => void): Command {
  return new Command('init')
    .summary('write a first plan')
    .description(
      'Writes a small plan to start from. It runs as it is; its first line tells editors where the schema is.',
    )
    .argument('[file]', 'where to write it, - for standard output', 'plan.yaml')
    .addHelpText('after', '\nExample:\n  plan init my-plan.yaml && plan run my-plan.yaml')
    .action(async (file: string) => {
      if (file === '-') {
        output.show(firstPlan.trimEnd());
        done(exitCodes.passed);
        return;
      }
      try {
        await writeFile(file, `${schemaLine(file, packageRoot)}\n${firstPlan}`, { flag: 'wx' });
      } catch (error) {
        const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
        if (!exists) throw cannotWrite(file, error);
        throw new UserError(`${file} exists already. Choose another name: plan init other.yaml`);
      }
      output.say(`Written: ${file}. Run it with: plan run ${file}`);
      giveJson(output, { format: 1, file });
      done(exitCodes.passed);
    });
}
