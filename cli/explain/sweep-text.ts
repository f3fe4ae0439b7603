import type { CompiledController } from '../../engine/model/compiled-plan.ts';
import type { ConfigNode } from '../../engine/model/template.ts';
import { walkSteps } from '../../engine/model/walk-steps.ts';

/** `6 cells, 10 rounds and 2 of warm-up: 60 samples of each user, and 12 that do not count`. */
export function sweepText({ branches, config }: CompiledController): string {
  const known = 'constant' in config ? config.constant : {};
  const { iterations = 1, warmUp = 0 } = { ...numbersOf(known) };
  const perRound = branches.reduce(
    (sum, { steps }) => sum + [...walkSteps(steps)].filter(({ type }) => type === 'sampler').length,
    0,
  );
  const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
  const uncounted = warmUp > 0 ? `, and ${perRound * warmUp} that do not count` : '';
  return `${plural(branches.length, 'cell')}, ${plural(iterations, 'round')}${warmUp > 0 ? ` and ${warmUp} of warm-up` : ''}: ${plural(perRound * iterations, 'sample')} of each user and iteration where every step in it runs once${uncounted}`;
}

function numbersOf(value: unknown): Partial<Record<string, number>> {
  const entries = Object.entries(typeof value === 'object' && value !== null ? value : {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

/** `size=small (1000), format=csv`. */
export function cellText(config: ConfigNode): string {
  const nodes = new Map('object' in config ? config.object : []);
  const [cell, variables] = [nodes.get('cell'), nodes.get('variables')];
  if (!cell || !('constant' in cell) || typeof cell.constant !== 'object' || cell.constant === null)
    return '';
  const texts = new Map(variables && 'object' in variables ? variables.object : []);
  return Object.entries(cell.constant)
    .map(([axis, value]) => {
      const size = texts.get(`${axis}.magnitude`);
      const shown = size && 'constant' in size ? String(size.constant) : String(value);
      return `${axis}=${String(value)}${shown === String(value) ? '' : ` (${shown})`}`;
    })
    .join(', ');
}
