import { Command } from 'commander';
import { exitCodes, UserError, type ExitCode } from '../../engine/model/errors.ts';
import { giveJson } from '../json-result.ts';
import { lineProxy } from '../line-proxy.ts';
import { planOptions, type PlanOptions } from '../options.ts';
import type { Output } from '../output.ts';
import { findPlans, type FoundPlans } from '../validate/find-plans.ts';
import { problemLines, validatePlan, withoutPlan, type CheckedPlan } from '../validate/validate-plans.ts';

export function validateCommand(output: Output, done: (code: ExitCode) => void): Command {
  const command = new Command('validate')
    .summary('check plans without running them')
    .description('Checks plans and reports every mistake, as file:line:column, at once.')
    .argument('[plans...]', 'plan files (YAML or JSON), or folders of them');
  for (const option of planOptions()) command.addOption(option);
  return command
    .addHelpText(
      'after',
      `
Examples:
  plan validate plans/api-load.yaml -e staging
  plan validate plans/*.yaml
  plan validate plans

Of a folder, all plans in it and in its folders are checked, with what they include. Exit codes: 0 all are valid;
104 one is not.`,
    )
    .action(async (named: readonly string[], options: PlanOptions) => {
      if (named.length === 0)
        throw new UserError('which plan? Write, for example: plan validate plans/quickstart.yaml');
      lineProxy(options);
      done(await validate(await findPlans(named), options, output));
    });
}

async function validate(found: FoundPlans, options: PlanOptions, output: Output): Promise<ExitCode> {
  const checked: CheckedPlan[] = found.empty.map(withoutPlan);
  for (const one of checked) sayPlan(one, false, output);
  for (const file of found.plans) {
    const one = await validatePlan(file, options);
    checked.push(one);
    sayPlan(one, found.plans.length > 1, output);
  }
  const wrong = checked.filter(({ valid }) => !valid);
  const exitCode = wrong.length > 0 ? exitCodes.invalid : exitCodes.passed;
  sayEnd(checked, found, output);
  giveJson(output, {
    format: 1,
    exitCode,
    valid: wrong.length === 0,
    plans: checked,
    fragments: found.fragments,
    others: found.others,
  });
  return exitCode;
}

function sayPlan(one: CheckedPlan, isOneOfSeveral: boolean, output: Output): void {
  const { file, valid, threadGroups, thresholds, notes } = one;
  if (valid) {
    output.say(
      `${file} is valid: ${counted(threadGroups ?? 0, 'thread group')}, ${counted(thresholds ?? 0, 'threshold')}`,
    );
  } else for (const line of problemLines(one, isOneOfSeveral)) output.warn(line);
  for (const text of notes) output.say(`Note: ${isOneOfSeveral ? `${file}: ` : ''}${text}`);
}

/** The sum of it all. */
function sayEnd(checked: readonly CheckedPlan[], { fragments, others }: FoundPlans, output: Output): void {
  if (others.length > 0) {
    const more = others.length > 3 ? ', …' : '';
    output.say(
      `Left out: ${counted(others.length, 'file')} without thread groups (${others.slice(0, 3).join(', ')}${more})`,
    );
  }
  const wrong = checked.filter(({ valid }) => !valid);
  const problems = wrong.reduce((sum, one) => sum + one.problems.length, 0);
  const withParts = fragments.length > 0 ? `, with ${counted(fragments.length, 'included file')}` : '';
  if (wrong.length === 0) {
    if (checked.length > 1) output.say(`${checked.length} plans are valid${withParts}`);
  } else if (checked.length > 1)
    output.warn(
      `${counted(problems, 'problem')} in ${wrong.length} of ${checked.length} plans; nothing was run`,
    );
  else if (problems > 1) output.warn(`${problems} problems; nothing was run`);
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
