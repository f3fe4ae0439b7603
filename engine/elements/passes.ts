import type { ElementUser, Flow, Run } from './element.ts';

/**
 * Runs steps pass by pass, as long as there is to be one more. The number of the pass, from 0, is in
 * `${__jm__<name>__idx}`, JMeter's name: it counts on before the question whether there is one more, and is back at its
 * start behind the loop (`WhileController.java`, `LoopController.java`).
 *
 * `breakLoop` and `nextIteration` end here; other ways out go on outwards. A pass that waits for nothing gives way,
 * so that a loop without samples starves nobody.
 */
export async function passes(
  user: ElementUser,
  loop: {
    readonly name: string;
    readonly steps: Run;
    /** Asked before each pass. */
    readonly more: (pass: number) => boolean;
    /** Has no end that is known: left when the run is being stopped. */
    readonly endless?: boolean;
    /** The index of the first pass; 0 without it. */
    readonly firstIndex?: number;
  },
): Promise<Flow> {
  const outerPass = user.loopPass;
  const index = `__jm__${loop.name}__idx`;
  const first = loop.firstIndex ?? 0;
  try {
    for (let pass = 0; !(loop.endless && user.stopping); pass++) {
      user.set(index, String(first + pass));
      if (!loop.more(pass)) break;
      if (user.isOver()) return 'stopThread';
      user.loopPass = pass;
      const waitsBefore = user.waits;
      const flow = await loop.steps(user);
      if (flow === 'breakLoop') break;
      if (flow !== 'next' && flow !== 'nextIteration') return flow;
      if (user.waits === waitsBefore && (await user.giveWay()) === 'stopThread') return 'stopThread';
    }
    return 'next';
  } finally {
    user.set(index, String(first));
    user.loopPass = outerPass;
  }
}
