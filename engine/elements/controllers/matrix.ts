import type { Cell } from '../../model/axis.ts';
import { defineController, type ControllerSite, type ElementUser, type Flow, type Run } from '../element.ts';
import { matrixSchema } from '../matrix-schema.ts';

/**
 * `matrix: { size: …, format: … }`: its steps once for each cell, round by round.
 *
 * `compile` puts the steps in place for every cell, with the values of its axes as constants and tags: a branch is a cell.
 * Here they are variables besides, for what reads them while the plan runs. Every second round goes backwards, so that of
 * two cells neither is always first. In `cells` each cell has all its rounds before the next. When the run is being
 * stopped, the round under way is the last.
 */
export const matrix = defineController({
  kind: 'matrix',
  example: `
- matrix:
    size: { small: 10, large: 40 } # names with a magnitude: rows, bytes, users …
    grade: [low, high]
  iterations: 3
  warmUp: 1 # one more round before them, which does not count
  steps:
    - get: { path: /healing/issues, query: { limit: '\${size.magnitude}', severity: '\${grade}' } }
      name: List issues # in the report: List issues [small low] and so on
`,
  flat: true,
  children: 'steps',
  loops: true,
  whole: true,
  schema: matrixSchema,
  label: () => 'matrix',
  build(site: ControllerSite<Sweep>) {
    return async (user) => {
      const outerPass = user.loopPass;
      try {
        return await sweep(user, site);
      } finally {
        user.round = null;
        user.loopPass = outerPass;
      }
    };
  },
});

interface Sweep {
  readonly iterations: number;
  readonly warmUp: number;
  readonly order: 'rounds' | 'cells' | 'random';
  /** Of a branch: the values of the axes, and all variables. */
  readonly cell?: Cell;
  readonly variables?: Readonly<Record<string, string>>;
}

type Branch = ControllerSite<Sweep>['branches'][number];

async function sweep(user: ElementUser, site: ControllerSite<Sweep>): Promise<Flow> {
  const { iterations, warmUp, order } = site.config.render(user);
  const parts = order === 'cells' ? site.branches.map((branch) => [branch]) : [site.branches];
  for (const cells of parts) {
    for (let round = 0; round < warmUp + iterations && !user.stopping; round++) {
      const waitsBefore = user.waits;
      const turn = { site, cells: inOrder(cells, { order, round, user }), round };
      const flow = round < warmUp ? await warmUpRound(user, turn) : await countedRound(user, turn);
      if (flow === 'breakLoop') return 'next';
      if (flow !== 'next') return flow;
      if (user.waits === waitsBefore && (await user.giveWay()) === 'stopThread') return 'stopThread';
    }
  }
  return 'next';
}

interface Turn {
  readonly site: ControllerSite<Sweep>;
  readonly cells: readonly Branch[];
  readonly round: number;
}

/** The cells of a round: every second one backwards, or drawn. */
function inOrder(
  cells: readonly Branch[],
  { order, round, user }: Pick<Sweep, 'order'> & Pick<Turn, 'round'> & { readonly user: ElementUser },
): readonly Branch[] {
  if (order !== 'random') return round % 2 === 0 ? cells : cells.toReversed();
  const left = [...cells];
  return cells.flatMap(() => left.splice(Math.floor(user.random() * left.length), 1));
}

/** The same user, whose samples do not count. */
async function warmUpRound(user: ElementUser, turn: Turn): Promise<Flow> {
  const other = user.warmingUp();
  try {
    return await goThrough(other, turn);
  } finally {
    user.joined([other]);
  }
}

async function countedRound(user: ElementUser, turn: Turn): Promise<Flow> {
  user.round = user.newRound();
  const flow = await goThrough(user, turn);
  if (flow === 'next') user.round?.end();
  return flow;
}

async function goThrough(user: ElementUser, { site, cells, round }: Turn): Promise<Flow> {
  user.set(`__jm__${site.label(user)}__idx`, String(round));
  user.loopPass = round;
  const moved = await site.data(user);
  if (moved !== 'next') return moved;
  for (const { config, steps } of cells) {
    const { cell = {}, variables = {} } = config.render(user);
    user.round?.enter(cell);
    const flow = await withVariables(user, variables, steps);
    if (flow !== 'next' && flow !== 'nextIteration') return flow;
  }
  return 'next';
}

/** Afterwards, whichever way the steps end, the variables are what they were before. */
async function withVariables(
  user: ElementUser,
  given: Readonly<Record<string, string>>,
  steps: Run,
): Promise<Flow> {
  const before = Object.keys(given).map((name) => [name, user.get(name)] as const);
  for (const [name, value] of Object.entries(given)) user.set(name, value);
  try {
    return await steps(user);
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) user.unset(name);
      else user.set(name, value);
    }
  }
}
