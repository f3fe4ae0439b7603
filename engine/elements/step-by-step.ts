import { Block } from './block.ts';
import type { ControllerSite, ElementUser, Flow, Run } from './element.ts';

/** The place of the child whose turn it is. `from` is called once for each time the controller is entered. */
export interface Turns {
  from(user: ElementUser): number;
  /** The child at that place has had its turn. */
  had(user: ElementUser, place: number): void;
}

/**
 * One step each time: of the child whose turn it is, the next of the steps inside it (`InterleaveControl.java`, "Ignore
 * sub-controller blocks"). A child that is at its end begins anew. One that has no step to give, such as an `if` that
 * does not hold, leaves its turn to the one behind it; JMeter would ask it for ever.
 */
export function stepByStep(
  { childrenWith, data }: Pick<ControllerSite<unknown>, 'childrenWith' | 'data'>,
  turns: Turns,
): Run {
  const site = {};
  const blocksOf = (user: ElementUser) => user.state(site, () => new Map<number, Block>());
  const children = childrenWith((run, place) => async (user) => {
    const flow = await run(user);
    return flow === 'next' ? ((await blocksOf(user).get(place)?.halt()) ?? flow) : flow;
  });
  /** Within `parallel` each time is another strand, and its blocks begin anew. */
  const blockOf = (user: ElementUser, place: number, run: Run): Block => {
    const blocks = blocksOf(user);
    const known = blocks.get(place);
    if (known?.user === user) return known;
    const block = new Block(run, user);
    blocks.set(place, block);
    return block;
  };
  return async (user) => {
    const moved = await data(user);
    if (moved !== 'next' || children.length === 0) return moved;
    const first = turns.from(user);
    for (let n = 0; n < children.length; n++) {
      const place = (first + n) % children.length;
      const run = children[place]?.run;
      const flow = run ? await oneStep(blockOf(user, place, run)) : 'next';
      if (flow === 'next') continue;
      turns.had(user, place);
      return flow ?? 'next';
    }
    return 'next';
  };
}

/** Null: a step was done. What was at its end without one begins anew, once. */
async function oneStep(block: Block): Promise<Flow | null> {
  const flow = await block.turn();
  return flow === 'next' ? block.turn() : flow;
}
