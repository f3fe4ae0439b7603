import { dataSet } from '../../../engine/generate/data-set.ts';
import { readDataSet, type WrittenDataSet } from '../../../engine/generate/written.ts';
import { madeContent, type MadeContent } from './made-file.ts';

/** A file of generated rows, whole. */
export interface MadeFile extends Omit<MadeContent, 'close'> {
  readonly contentType: string;
  readonly rows: number;
  /** It is needed no longer. */
  release(): void;
}

interface Made {
  readonly contentType: string;
  readonly rows: number;
  readonly content: MadeContent;
}

interface Held {
  readonly made: Promise<Made>;
  users: number;
  isKept: boolean;
}

/** Files that a worker keeps for the next sample. */
const mostKept = 4;

/**
 * The files of generated rows of a worker: each is made before the time of a sample begins, once for as long as few
 * others are asked for, and once for all who ask at the same time.
 */
export class MadeFiles {
  readonly #held = new Map<string, Held>();

  async take(written: WrittenDataSet): Promise<MadeFile> {
    const key = JSON.stringify(written);
    const held = this.#held.get(key) ?? this.#make(key, written);
    held.users += 1;
    const release = () => {
      held.users -= 1;
      this.#closeUnused(held);
    };
    try {
      const { content, ...told } = await held.made;
      const { sizeBytes, bytes } = content;
      return { ...told, sizeBytes, bytes, open: (from, to) => content.open(from, to), release };
    } catch (error) {
      this.#held.delete(key);
      throw error;
    }
  }

  close(): void {
    for (const key of this.#held.keys()) this.#drop(key);
  }

  #make(key: string, written: WrittenDataSet): Held {
    const [oldest = ''] = this.#held.keys();
    if (this.#held.size >= mostKept) this.#drop(oldest);
    const held = { made: make(written), users: 0, isKept: true };
    this.#held.set(key, held);
    return held;
  }

  #drop(key: string): void {
    const held = this.#held.get(key);
    if (held === undefined) return;
    this.#held.delete(key);
    held.isKept = false;
    this.#closeUnused(held);
  }

  #closeUnused({ made, users, isKept }: Held): void {
    if (users > 0 || isKept) return;
    const close = ({ content }: Made) => content.close();
    made.then(close).catch(() => undefined);
  }
}

async function make(written: WrittenDataSet): Promise<Made> {
  const data = dataSet(readDataSet(written));
  const { contentType, rows } = data;
  return { contentType, rows, content: await madeContent(data) };
}
