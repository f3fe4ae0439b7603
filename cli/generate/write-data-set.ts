import type { DataSet } from '../../engine/generate/data-set.ts';
import { exitCodes } from '../../engine/model/errors.ts';
import { onSignals } from '../signals.ts';
import { Progress } from './progress.ts';
import type { Sink } from './sinks.ts';

export interface Written {
  /** Whether every piece found a taker. */
  readonly whole: boolean;
  /** The signal that ended it early. */
  readonly interrupted: string | null;
  readonly bytes: number;
  readonly elapsedMs: number;
}

/** Writes all pieces, or leaves nothing; says on standard error how far it is. Ctrl-C ends it at the next piece. */
export async function writeDataSet(set: DataSet, sink: Sink, madeRows: () => number): Promise<Written> {
  const signal: { name: string | null } = { name: null };
  const release = onSignals(
    (_, name) => (signal.name = name),
    () => process.exit(exitCodes.interrupted),
  );
  const progress = new Progress((text) => void process.stderr.write(text), process.stderr.isTTY);
  const startedMs = performance.now();
  const elapsed = () => performance.now() - startedMs;
  let [bytes, whole] = [0, true];
  try {
    for await (const piece of set) {
      whole = signal.name === null && (await sink.write(piece));
      if (!whole) break;
      bytes += piece.length;
      progress.note({ rows: madeRows(), bytes, elapsedMs: elapsed() }, set.rows);
    }
    await (whole ? sink.finish() : sink.discard());
  } catch (error) {
    await sink.discard().catch(() => undefined); // the first mishap is the one to tell
    throw error;
  } finally {
    progress.end();
    release();
  }
  return { whole, interrupted: signal.name, bytes, elapsedMs: elapsed() };
}
