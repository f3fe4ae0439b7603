import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Workshop } from '../support/plan-command.ts';
import { spoiltRuns } from '../support/plan-faults.ts';
import type { SpoiltRun } from '../support/plan-faults.ts';

const plans = join(import.meta.dirname, '..', '..', 'plans');
const shipped = readdirSync(plans, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .sort();

interface WrittenPlan {
  sandbox?: unknown;
  environments?: { default?: { sandbox?: unknown } };
  setUp?: unknown[];
  threadGroups?: { name: string; setUp?: unknown[] }[];
}

/** Adds the step that asks for faults: the last of set-up, or of that of one group. */
function asks(plan: WrittenPlan, faults: readonly unknown[], from: string | undefined): void {
  const group = plan.threadGroups?.find(({ name }) => name === from);
  if (group) group.setUp = [];
  (group?.setUp ?? plan.setUp)?.push({
    post: { path: '${sandbox.url}/sandbox/faults', body: JSON.stringify(faults) },
    name: 'Spoil',
    expect: 200,
  });
}

/** The plan with a sandbox that is spoilt, and whose faults begin when set-up is done. */
function spoilt(file: string, { sandbox = {}, faults = [], from }: SpoiltRun): string {
  const plan = parse(readFileSync(join(plans, file), 'utf8')) as WrittenPlan;
  const place = plan.environments?.default?.sandbox === undefined ? plan : plan.environments.default;
  if (place.sandbox !== undefined && Object.keys(sandbox).length > 0)
    place.sandbox = { ...(typeof place.sandbox === 'object' && place.sandbox), ...sandbox };
  if (faults.length > 0) asks(plan, faults, from);
  return JSON.stringify(plan);
}

/** The thresholds of a plan that held and that failed in one run of it. */
async function judged(file: string, run: SpoiltRun) {
  const workshop = new Workshop();
  try {
    return await judgedIn(workshop, file, run);
  } finally {
    workshop.clean();
  }
}

async function judgedIn(workshop: Workshop, file: string, run: SpoiltRun) {
  cpSync(plans, join(workshop.folder, 'plans'), { recursive: true });
  const path = join('plans', file);
  workshop.write(path, spoilt(file, run));
  for (const [name, text] of Object.entries(run.files ?? {}))
    workshop.write(join('plans', file, '..', name), text);
  const asked = readFileSync(join(plans, file), 'utf8');
  const settings = run.settings.filter((one) => asked.includes(`${/^-J(\w+)/.exec(one)?.[1] ?? ''}:`));
  const { code } = await workshop.plan('run', path, ...settings);
  expect(code).toBe(99);
  return workshop.runJson().thresholds;
}

describe.concurrent('every threshold of', { timeout: 180_000 }, () => {
  it.for(shipped)('plans/%s fails by a fault that was put in', async (file, { expect }) => {
    const runs = spoiltRuns[file];
    expect(runs, 'say in test/support/plan-faults.ts which faults break its thresholds').toBeDefined();
    const held = await Promise.all(
      (runs ?? []).map(async (run) =>
        // What has no data was broken by nothing.
        (await judged(file, run))
          .filter(({ passed, value }) => passed || value === null)
          .map(({ text, value, detail = '' }) => ({ text, value, detail })),
      ),
    );
    const [first = [], ...others] = held;
    const always = first.filter(({ text }) =>
      others.every((one) => one.some((other) => other.text === text)),
    );
    expect(always).toEqual([]);
  });
});
