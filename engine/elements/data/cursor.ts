import { bitsOf, nextState } from '../../model/random.ts';
import type { ElementUser } from '../element.ts';

/** Options that all sources of rows share. */
export const cursorSchema = {
  share: {
    enum: ['all', 'group', 'thread'],
    literal: true,
    default: 'all',
    description:
      'Who shares the position: all users of all workers (each row is handed out once), those of this place, or each user has its own.',
    examples: ['thread'],
  },
  recycle: {
    type: 'boolean',
    default: true,
    description: 'Whether it starts anew behind the last row.',
    examples: [false],
  },
  stopAtEnd: {
    type: 'boolean',
    default: false,
    description: 'Without recycling: ends the user behind the last row; otherwise variables become `<EOF>`.',
    examples: [true],
  },
  order: {
    enum: ['given', 'random'],
    literal: true,
    default: 'given',
    description:
      'The order of the rows; `random` is the same for every worker and repeatable by `orderSeed`.',
    examples: ['random'],
  },
  orderSeed: {
    type: 'integer',
    default: 1,
    description: 'Another number, another random order.',
    examples: [7],
  },
} as const;

export interface CursorOptions {
  readonly share: 'all' | 'group' | 'thread';
  readonly recycle: boolean;
  readonly stopAtEnd: boolean;
  readonly order: 'given' | 'random';
  readonly orderSeed: number;
}

/** JMeter's value behind the last row (`csvdataset.eofstring`). */
export const endOfData = '<EOF>';

/** The place of the next row for this user; null behind the last one. */
export function nextRow(
  user: ElementUser,
  site: { readonly slot: number },
  { share, recycle }: CursorOptions,
  rows: number,
): number | null {
  const taken =
    share === 'thread' ? (user.state(site, () => ({ taken: 0 })).taken += 1) : user.sharedAdd(site.slot, 1);
  if (rows === 0) return null;
  if (recycle) return (taken - 1) % rows;
  return taken <= rows ? taken - 1 : null;
}

/** Rows in an order drawn from the seed (Fisher and Yates), the same wherever it is drawn. */
export function inOrder<T>(rows: readonly T[], { order, orderSeed }: CursorOptions): readonly T[] {
  if (order === 'given') return rows;
  const shuffled = [...rows];
  let state = orderSeed | 0;
  for (let last = shuffled.length - 1; last > 0; last--) {
    state = nextState(state);
    const chosen = bitsOf(state) % (last + 1);
    const [a, b] = [shuffled[last], shuffled[chosen]];
    if (a !== undefined && b !== undefined) [shuffled[last], shuffled[chosen]] = [b, a];
  }
  return shuffled;
}
