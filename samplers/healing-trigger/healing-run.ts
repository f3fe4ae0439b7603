import type { Outcome } from '../../engine/model/sample.ts';
import type { OpenPart, SampleContext } from '../../engine/model/sampler.ts';
import { formatMs } from '../../engine/model/units.ts';
import { notYet, textIn } from './answer.ts';
import type { Asking, Seen } from './asking.ts';
import type { Operation, Poll } from './operations.ts';
import { asPart, failed, healedMessage, notInjected } from './outcome.ts';
import { readOperations } from './reads.ts';
import type { HealingTriggerConfig } from './schema.ts';
import { timesOf, type Stages } from './times.ts';

interface Issue {
  readonly config: HealingTriggerConfig;
  readonly context: SampleContext;
  readonly asking: Asking;
}

/** One issue, from its injection until it is healed or given up. */
export async function healingRun(issue: Issue): Promise<Outcome> {
  const { config, context, asking } = issue;
  const { inject, detect, heal } = readOperations(config);
  const { issueId } = config;
  if (inject === undefined || detect === undefined) throw new Error('there is nothing to inject, or to ask');
  // What the injection sends is made outside its time.
  const answer = await asking.perform(inject, () => context.ready());
  context.part(asPart(answer, context.keepOfParts), { name: 'trigger' });
  if (!answer.ok) return notInjected(answer, asking.traffic);
  context.ready();
  const injected = { answer, atMs: asking.restart() };
  asking.issueId = textIn(answer, issueId);
  const detected = await asking.until(detect, 'not_detected', 'the issue was not detected');
  context.done();
  context.part(partOf(detected, context), { name: 'detect' });
  if ('end' in detected) return measured(detected.end, asking, {});
  asking.issueId ??= textIn(detected.answer, issueId);
  const healed = heal === undefined ? null : await healing(issue, heal, detected.atMs - injected.atMs);
  if (healed !== null && 'end' in healed) {
    const times = timesOf({ injected, detected, healed: null }, config.timestamps ?? {});
    return measured(healed.end, asking, typeof times === 'string' ? {} : times);
  }
  return concluded(issue, { injected, detected, healed });
}

/** Starts the healing, where that is needed, and waits for its end. */
async function healing({ config, context, asking }: Issue, heal: Poll, detectedMs: number): Promise<Seen> {
  const what = `the issue was detected after ${formatMs(detectedMs)}, but not healed`;
  const fixed = config.fix === undefined ? notNeeded : await fixing(config.fix, { context, asking });
  const seen: Seen =
    fixed.why === null
      ? await asking.until(heal, 'not_healed', what)
      : { end: failed('not_healed', `${what}: the fix did not begin: ${fixed.why}`, asking.traffic) };
  const outcome = partOf(seen, context);
  if (fixed.part) fixed.part.end(outcome);
  else context.part(outcome, { name: 'heal' });
  return 'end' in seen ? seen : { ...seen, atMs: seen.atMs - fixed.makingMs };
}

interface Fixed {
  /** Why it did not begin; null: it did. */
  readonly why: string | null;
  /** How long that took which it sends: it belongs neither to the healing nor to the limit. */
  readonly makingMs: number;
  /** The healing, if it begins later than the detection ends; null otherwise. */
  readonly part: OpenPart | null;
}

const notNeeded: Fixed = { why: null, makingMs: 0, part: null };

async function fixing(fix: Operation, { context, asking }: Omit<Issue, 'config'>): Promise<Fixed> {
  const startMs = performance.now();
  const goOn = context.idle?.();
  let [makingMs, part]: [number, OpenPart | null] = [0, null];
  const answer = await asking.perform(fix, () => {
    makingMs = performance.now() - startMs;
    asking.leaveOut(makingMs);
    part ??= context.begin('heal');
    goOn?.();
  });
  goOn?.();
  return { why: notYet(answer, undefined, asking.issueId), makingMs, part };
}

/** A time that the system should tell and does not is a failure. */
function concluded({ config, context, asking }: Issue, stages: Stages): Outcome {
  const times = timesOf(stages, config.timestamps ?? {});
  if (typeof times === 'string') return measured(failed('no_time', times, asking.traffic), asking, {});
  const { injected, detected, healed } = stages;
  const { answer } = healed ?? detected;
  const healMs = healed === null ? null : healed.atMs - detected.atMs;
  const message = healedMessage(detected.atMs - injected.atMs, healMs);
  const body = context.keepBody ? answer.body : undefined;
  return measured({ ...asPart(answer), ...(body && { body }), ...asking.traffic, message }, asking, times);
}

function measured(outcome: Outcome, { polls }: Asking, times: Readonly<Record<string, number>>): Outcome {
  return { ...outcome, metrics: { ...times, healing_polls: polls } };
}

function partOf(seen: Seen, { keepOfParts }: SampleContext): Outcome {
  return asPart('end' in seen ? seen.end : seen.answer, keepOfParts);
}
