import type { Run } from '../elements/element.ts';
import type { CompiledController, CompiledElement, CompiledSampler } from '../model/compiled-plan.ts';
import { messageOf } from '../model/errors.ts';
import type { Trace } from './trace.ts';
import type { User } from './user.ts';

/** Told by what they do: `when` by the step that it leaves out, the others by what stands in them. */
const silent: ReadonlySet<string> = new Set(['when', 'on', 'export', 'cleanUp', 'simple']);
/** Their variables are afterwards what they were before, which is nothing to tell. */
const restoring: ReadonlySet<string> = new Set(['flow', 'matrix']);
/** Those that a traced run leaves after some passes. Waits have an end of their own, and a matrix goes round once. */
const endless: ReadonlySet<string> = new Set(['loop', 'while', 'forEach', 'runtime']);

type Told = Pick<CompiledController, 'controller' | 'label' | 'config'> & { readonly isLeaf: boolean };

/** A controller that tells when it is entered and left. Pauses are told and not waited for. */
export function tracedController(step: CompiledController, run: Run, trace: Trace): Run {
  const { controller, label, config, steps, branches } = step;
  if (controller === 'pause') {
    return (user) => {
      trace.flush(user);
      trace.tell({ kind: 'pause', config });
      return 'next';
    };
  }
  const isLeaf = steps.length === 0 && branches.length === 0;
  return silent.has(controller) ? run : within({ controller, label, config, isLeaf }, run, trace);
}

/** A branch that tells when it is taken. */
export function tracedBranch(step: CompiledController, index: number, run: Run, trace: Trace): Run {
  const { controller, label, branches } = step;
  const config = branches[index]?.config ?? step.config;
  return within({ controller, label, config, isLeaf: false }, run, trace, {
    number: index + 1,
    of: branches.length,
  });
}

function within(
  told: Told,
  run: Run,
  trace: Trace,
  branch?: { readonly number: number; readonly of: number },
): Run {
  const isCell = branch !== undefined && told.controller === 'matrix';
  return async (user) => {
    // The heading of a cell says what is set in it.
    if (isCell) trace.take(user);
    else trace.flush(user);
    trace.tell({ kind: 'enter', ...told, ...(branch && { branch }) });
    try {
      return await run(user);
    } finally {
      if (restoring.has(told.controller)) trace.take(user);
      else trace.flush(user);
      trace.tell({ kind: 'leave' });
    }
  };
}

/** Stands before the steps of a loop: tells each pass, and ends the loop after some. Nothing where nothing loops. */
export function tracedPasses({ controller }: CompiledController, trace: Trace): Run[] {
  const isEndless = endless.has(controller);
  if (!isEndless && controller !== 'poll') return [];
  return [
    (user) => {
      trace.flush(user);
      if (isEndless && user.loopPass >= trace.passes) {
        trace.tell({ kind: 'passesOver', passes: trace.passes });
        return 'breakLoop';
      }
      trace.tell({ kind: 'pass', pass: user.loopPass + 1 });
      return 'next';
    },
  ];
}

/** Notes the timers of a sample, which are not waited for, and where what came before it ends. */
export function tracedPreparation<T>(
  { timers }: Pick<CompiledSampler, 'timers'>,
  prepare: ((user: User) => Promise<T | null>) | null,
  trace: Trace,
): (user: User) => Promise<T | null> {
  return async (user) => {
    const obstacle = prepare ? await prepare(user) : null;
    for (const element of timers) trace.note(user, { kind: 'timer', element });
    trace.note(user, { kind: 'sent' });
    return obstacle;
  };
}

type Judge<A> = (answer: A, user: User) => unknown;

/** An extractor that notes whether it found something. */
export function tracedExtractor<A extends { readonly misses: readonly string[] }>(
  element: CompiledElement,
  run: Judge<A>,
  trace: Trace,
): Judge<A> {
  return (answer, user) => {
    const before = answer.misses.length;
    const failure = run(answer, user);
    trace.note(user, { kind: 'extracted', element, found: answer.misses.length === before });
    return failure;
  };
}

/** An assertion, or a check, which has a name, that notes what it found. */
export function tracedJudge<A>(
  element: CompiledElement,
  run: Judge<A>,
  trace: Trace,
  name?: string,
): (answer: A, user: User) => string | null {
  return (answer, user) => {
    const failure = saidBy(() => run(answer, user));
    trace.note(user, { kind: 'judged', element, failure, ...(name !== undefined && { name }) });
    return failure;
  };
}

function saidBy(judge: () => unknown): string | null {
  try {
    const found = judge();
    return typeof found === 'string' ? found : null;
  } catch (error) {
    return messageOf(error);
  }
}
