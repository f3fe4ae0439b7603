import type { ElementUser, Flow, Run } from './element.ts';

/**
 * Runs steps pass by pass, as long as there is to be one more. The number of the pass, from 0, is in
 * `${__jm__<name>__idx}`, JMeter's name.
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
  },
): Promise<Flow> {
  const outerPass = user.loopPass;
  try {
    for (let pass = 0; !(loop.endless && user.stopping) && loop.more(pass); pass++) {
      user.set(`__jm__${loop.name}__idx`, String(pass));
      user.loopPass = pass;
      const waitsBefore = user.waits;
      const flow = await loop.steps(user);
      if (flow === 'breakLoop') break;
      if (flow !== 'next' && flow !== 'nextIteration') return flow;
      if (user.waits === waitsBefore && (await user.giveWay()) === 'stopThread') return 'stopThread';
    }
    return 'next';
  } finally {
    user.loopPass = outerPass;
  }
}
