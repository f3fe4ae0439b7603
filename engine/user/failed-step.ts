import type { ElementUser, Flow, Run } from '../elements/element.ts';
import type { CompiledStep } from '../model/compiled-plan.ts';
import { labelRenderer } from '../template/label.ts';
import { unrendered } from '../template/unrendered.ts';
import { afterFailure } from './after-failure.ts';
import type { GroupRun } from './group-run.ts';
import { failedOutcome } from './measure.ts';
import { sampleOf } from './sample-of.ts';
import { User } from './user.ts';
import type { World } from './world.ts';

/** What the row of a step that throws is called. */
export type Place = Pick<CompiledStep, 'label' | 'tags'>;

/**
 * The one place that decides what an exception becomes that no sampler has thrown: of a condition, a configuration, a
 * script, a data source, a label … It becomes a failed sample with the label of its step and the reason; then comes
 * what the group says of failures. The user goes on.
 */
export function guarded(build: () => Run, place: Place, group: GroupRun): Run {
  const failed = (user: ElementUser, error: unknown) => failedStep(user, { place, error }, group);
  const built = (): Run => {
    const run = build();
    return (user) => {
      try {
        const flow = run(user);
        return typeof flow === 'string' ? flow : flow.catch((error: unknown) => failed(user, error));
      } catch (error) {
        return failed(user, error);
      }
    };
  };
  return buildable(built, place, group);
}

/** What cannot even be built, such as a script that does not compile, fails each time a user comes to it. */
export function buildable(build: () => Run, place: Place, group: GroupRun): Run {
  try {
    return build();
  } catch (error) {
    return (user) => failedStep(user, { place, error }, group);
  }
}

/** Takes the row of a step that has thrown; where the user goes from there. */
export async function failedStep(
  given: ElementUser,
  { place, error }: { readonly place: Place; readonly error: unknown },
  group: GroupRun,
): Promise<Flow> {
  const user = own(given);
  await group.world.room();
  const startEpochMs = user.nowEpochMs();
  const outcome = failedOutcome(error);
  const times = { startEpochMs, elapsedMs: 0, latencyMs: 0, connectMs: 0 };
  const sample = sampleOf(
    user,
    place,
    { outcome, ...times },
    {
      kind: 'sample',
      label: labelFor(user, place.label, group.world.mask),
      dueEpochMs: Math.min(user.dueEpochMs, startEpochMs),
      failure: outcome.failure ?? outcome.message,
    },
  );
  user.lastOk = false;
  user.lastCode = sample.code;
  user.samples += 1;
  user.dueEpochMs = startEpochMs;
  user.record(sample);
  return givenWay(user, afterFailure(user, sample, group));
}

/** Lets others run before the user goes on, as it does when nothing was waited for. */
export async function givenWay(user: User, flow: Flow): Promise<Flow> {
  return (await user.giveWay()) === 'stopThread' ? 'stopThread' : flow;
}

/** The user behind what controllers see: they only ever pass on the one they were given. */
export function own(user: ElementUser): User {
  if (user instanceof User) return user;
  throw new TypeError('a step was given a user that is not of this engine');
}

/** As it is written, when it is the label itself that cannot be rendered. */
function labelFor(user: User, label: Place['label'], mask: World['mask']): string {
  try {
    return labelRenderer(label, mask)(user);
  } catch {
    return unrendered(label);
  }
}
