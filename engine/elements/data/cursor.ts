import type { ElementUser, Flow } from '../element.ts';
import type { Rows } from './rows.ts';
import { Shuffle } from './shuffle.ts';

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

/** A position in rows: which of them each user is given. Made once per place and worker. */
export class Cursor<T> {
  readonly #rows: Rows<T>;
  /** Rows before the first that is given, such as a header. */
  readonly #skipped: number;
  #shuffle: Shuffle | undefined;
  #reading: Promise<unknown> | undefined;

  constructor(rows: Rows<T>, skipped: number) {
    this.#rows = rows;
    this.#skipped = skipped;
  }

  /** Takes the next row for this user, or null behind the last one, and goes where `use` says. */
  next(
    user: ElementUser,
    site: { readonly slot: number },
    options: CursorOptions,
    use: (row: T | null) => Flow,
  ): Flow | Promise<Flow> {
    const index = taken(user, site, options) - 1;
    if (!this.#isKnown(index, options)) this.#look(options);
    return this.#isKnown(index, options)
      ? use(this.#row(index, options))
      : this.#search(user, index, options, use);
  }

  /** Looks on until the row is found, giving way in between. All users of the worker look together. */
  async #search(
    user: ElementUser,
    index: number,
    options: CursorOptions,
    use: (row: T | null) => Flow,
  ): Promise<Flow> {
    while (!this.#isKnown(index, options)) {
      this.#reading ??= user.giveWay().then(() => {
        this.#reading = undefined;
        this.#look(options);
      });
      await this.#reading;
      if (user.nowEpochMs() >= user.endEpochMs) {
        user.cutShort = true;
        return 'stopThread';
      }
    }
    return use(this.#row(index, options));
  }

  #isKnown(index: number, { order }: CursorOptions): boolean {
    if (order === 'random') return this.#rows.complete && this.#shuffle?.done === true;
    return index + this.#skipped < this.#rows.known || this.#rows.complete;
  }

  #look({ order, orderSeed }: CursorOptions): void {
    if (!this.#rows.complete) this.#rows.readAhead();
    if (order === 'given' || !this.#rows.complete) return;
    this.#shuffle ??= new Shuffle(this.#count, orderSeed);
    this.#shuffle.advance();
  }

  get #count(): number {
    return Math.max(0, this.#rows.known - this.#skipped);
  }

  #row(index: number, { recycle, order }: CursorOptions): T | null {
    const count = this.#count;
    if (count === 0 || (index >= count && !recycle)) return null;
    const place = index < count ? index : index % count;
    return this.#rows.at(this.#skipped + (order === 'random' ? (this.#shuffle?.at(place) ?? 0) : place));
  }
}

/** How many rows have been taken, this one included. */
function taken(user: ElementUser, site: { readonly slot: number }, { share }: CursorOptions): number {
  if (share === 'thread') return (user.state(site, () => ({ taken: 0 })).taken += 1);
  return user.sharedAdd(site.slot, 1);
}
