import type { CompiledPlan } from '../model/compiled-plan.ts';
import type { EnvironmentProxies } from '../model/environment-proxies.ts';
import type { Plan } from '../model/plan.ts';
import type { RunFacts } from '../run/run-totals.ts';
import { packageVersion } from './package.ts';
import type { Prepared } from './prepare.ts';
import { shownProxies } from './proxies.ts';
import { targetOf } from './target.ts';

/** What the result says of the run besides what was measured. */
export function factsOf(
  { plan, leftOut, request }: Prepared,
  compiled: CompiledPlan,
  {
    proxies,
    health,
  }: { readonly proxies: EnvironmentProxies | null; readonly health: Plan['health'] | undefined },
): Omit<RunFacts, 'workers'> {
  return {
    loadplanVersion: packageVersion(),
    planFile: plan.file,
    environment: plan.environment,
    target: targetOf(plan),
    shownProperties: shownProperties(plan, compiled),
    shownProxies: proxies && shownProxies(proxies),
    seed: request.seed,
    load: request.load,
    leftOut,
    healthGate: health ?? plan.health,
  };
}

function shownProperties(plan: Plan, { properties, secretNames }: CompiledPlan): Record<string, string> {
  return Object.fromEntries(
    plan.properties.flatMap(({ name }) => {
      const value = properties[name];
      return value === undefined ? [] : [[name, secretNames.includes(name) ? '***' : value]];
    }),
  );
}
