import { Command } from 'commander';
import { loadChoiceText } from '../../engine/compile/chosen-load.ts';
import { exitCodes, type ExitCode } from '../../engine/model/errors.ts';
import { planOptions, prepareRequest, type PlanOptions } from '../options.ts';
import type { Output } from '../output.ts';
import { prepare } from '../prepare.ts';

export function validateCommand(output: Output, done: (code: ExitCode) => void): Command {
  const command = new Command('validate')
    .summary('check a plan without running it')
    .description('Checks a plan and reports every mistake, as file:line:column, at once.')
    .argument('[plan]', 'the plan file (YAML or JSON)');
  for (const option of planOptions()) command.addOption(option);
  return command
    .addHelpText('after', '\nExample:\n  plan validate plans/api-load.yaml -e staging')
    .action(async (file: string | undefined, options: PlanOptions) => {
      const request = prepareRequest(file, options);
      const { plan, compiled, withoutLimit } = await prepare(request);
      const load = loadChoiceText(request.load);
      const groups = compiled.groups.filter(({ phase }) => phase === 'main').length;
      output.say(
        `${plan.file} is valid${load && ` with ${load}`}: ${groups} thread group${groups === 1 ? '' : 's'}, ${compiled.thresholds.length} thresholds`,
      );
      for (const text of withoutLimit) output.say(`Note: ${text}`);
      done(exitCodes.passed);
    });
}
