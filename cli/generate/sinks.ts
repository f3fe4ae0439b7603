import { once } from 'node:events';
import { access, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { exitCodes, messageOf, UserError } from '../../engine/model/errors.ts';

/** Where the pieces of a file go. */
export interface Sink {
  /** False: nobody takes any more, as behind `| head`. */
  write(piece: Uint8Array): Promise<boolean>;
  /** All has been written. */
  finish(): Promise<void>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/** A file that has its name only once it is whole. Until then it stands beside it as `NAME.PID.part`. */
export async function fileSink(path: string, overwrite: boolean): Promise<Sink> {
  if (!overwrite && (await exists(path))) {
    throw new UserError(`${path} exists already. Choose another name with -o, or --overwrite it`);
  }
  const part = `${path}.${process.pid}.part`;
  const file = await open(part, 'wx').catch((error: unknown) => {
    throw new UserError(`cannot write ${path}: ${reasonOf(error, path)}`);
  });
  const lost = (error: unknown) =>
    new UserError(`cannot write ${path}: ${messageOf(error)}`, exitCodes.resultsLost);
  return {
    async write(piece) {
      try {
        await file.writeFile(piece);
        return true;
      } catch (error) {
        throw lost(error);
      }
    },
    async finish() {
      try {
        await file.close();
        await rename(part, path);
      } catch (error) {
        throw lost(error);
      }
    },
    async discard() {
      await file.close();
      await rm(part, { force: true });
    },
  };
}

function reasonOf(error: unknown, path: string): string {
  const isNoFolder = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  return isNoFolder ? `there is no folder "${dirname(path)}"` : messageOf(error);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** A pipe, which may be closed by whoever reads it. */
export function streamSink(stream: NodeJS.WriteStream): Sink {
  const closed = new AbortController();
  stream.once('error', () => closed.abort());
  return {
    async write(piece) {
      if (closed.signal.aborted) return false;
      if (stream.write(piece)) return true;
      await once(stream, 'drain', { signal: closed.signal }).catch(() => undefined);
      return !closed.signal.aborted;
    },
    async finish() {
      if (closed.signal.aborted || stream.writableLength === 0) return;
      await once(stream, 'drain', { signal: closed.signal }).catch(() => undefined);
    },
    discard: () => Promise.resolve(),
  };
}
