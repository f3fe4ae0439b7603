import { Command } from 'commander';
import { exitCodes, type ExitCode } from '../../engine/model/errors.ts';
import { explainJson } from '../explain/explain-json.ts';
import { explainPlan } from '../explain/explain-plan.ts';
import { noProxyEnv, planOptions, prepareRequest, type PlanOptions } from '../options.ts';
import { giveJsonText } from '../json-result.ts';
import { lineProxy } from '../line-proxy.ts';
import type { Output } from '../output.ts';
import { preparePlan } from '../../engine/api/prepare.ts';
import { proxyUse } from '../../engine/api/proxies.ts';

interface ExplainOptions extends PlanOptions {
  readonly all?: true;
  readonly proxyEnv: boolean;
}

export function explainCommand(output: Output, done: (code: ExitCode) => void): Command {
  const command = new Command('explain')
    .summary('show what a plan will do')
    .description('Shows a plan in long form: what will run, with how many users when, and for how long.')
    .argument('[plan]', 'the plan file (YAML or JSON)');
  for (const option of planOptions()) command.addOption(option);
  command.option('--all', 'show the defaults of all options, too').addOption(noProxyEnv());
  return command
    .addHelpText('after', '\nExample:\n  plan explain plans/quickstart.yaml -Jusers=50')
    .action(async (file: string | undefined, options: ExplainOptions) => {
      const request = prepareRequest(file, options);
      const { plan, compiled, leftOut } = await preparePlan(request);
      for (const line of explainPlan(plan, compiled, { ...options, ...request })) output.show(line);
      const { lines, mistakes } = proxyUse(compiled, {
        line: lineProxy(options),
        environment: process.env,
        heeds: options.proxyEnv,
      });
      for (const text of leftOut)
        output.show(`  not judged, as the chosen groups and tags leave it out: ${text}`);
      for (const text of [...lines, ...mistakes]) output.show(`\n${text}`);
      giveJsonText(output, explainJson(plan, compiled, leftOut), 'explain.json');
      done(exitCodes.passed);
    });
}
