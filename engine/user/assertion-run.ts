import { messageOf } from '../model/errors.ts';
import type { Assertion } from '../elements/element.ts';
import type { CompiledElement } from '../model/compiled-plan.ts';
import type { RenderScope } from '../template/scope.ts';
import type { LazyAnswer } from './answer.ts';
import type { User } from './user.ts';

type Judge = ReturnType<Assertion['build']>;

/**
 * An assertion over all answers it applies to, the sample's first. One that applies to the sample alone is itself.
 *
 * Each sub-sample is judged, also after a failure (`JMeterThread.processAssertions`). The first failure is told, with the
 * name of the sub-sample; with `fails`, each sub-sample that failed is a failure in its own row.
 */
export function assertionRun(
  judge: Judge,
  { applyTo }: Pick<CompiledElement, 'applyTo'>,
  { label, fails }: { readonly label: (user: RenderScope) => string; readonly fails: boolean },
): (answer: LazyAnswer, user: User) => string | null {
  if (applyTo === undefined) return judge;
  return (answer, user) => {
    let first = applyTo === 'all' ? safely(judge, answer, user) : null;
    answer.parts().forEach((part, index) => {
      const failure = safely(judge, part, user);
      if (failure === null) return;
      first ??= `${label(user)}-${index}: ${failure}`;
      if (fails) answer.failPart(index, failure);
    });
    return first;
  };
}

/** What the assertion says; what it throws is a failure too. */
export function safely(
  judge: (answer: LazyAnswer, user: User) => string | null,
  answer: LazyAnswer,
  user: User,
): string | null {
  try {
    return judge(answer, user);
  } catch (error) {
    return messageOf(error);
  }
}
