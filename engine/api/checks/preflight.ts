import { dirname, resolve } from 'node:path';
import type { CompiledPlan } from '../../model/compiled-plan.ts';
import type { EnvironmentProxies } from '../../model/environment-proxies.ts';
import { UserError } from '../../model/errors.ts';
import { knownConfigs } from '../../model/known-part.ts';
import { walkGroup } from '../../model/walk-steps.ts';
import { planHost } from '../../run/plan-host.ts';
import { samplers } from '../../../samplers/index.ts';

/**
 * Asks each sampler that a plan uses, once, whether it can work at all: what would fail every sample is one mistake before the
 * run, not a thousand in it. Throws a `UserError`.
 */
export async function preflight(
  plan: CompiledPlan,
  planFile: string,
  proxies: EnvironmentProxies | null,
): Promise<void> {
  const steps = plan.groups.flatMap((group) => [...walkGroup(group)]);
  const { readBytes } = planHost(dirname(resolve(planFile)), () => undefined);
  const told = await Promise.all(
    [...samplers.values()].map(async (sampler) => {
      const known = sampler.preflight ? knownConfigs(steps, sampler.kind) : [];
      return known.length === 0 ? [] : ((await sampler.preflight?.(known, readBytes, proxies)) ?? []);
    }),
  );
  const problems = [...new Set(told.flat())].map((message) => ({ message }));
  if (problems.length > 0) throw new UserError(problems);
}
