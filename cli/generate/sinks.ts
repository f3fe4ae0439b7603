import { once } from 'node:events';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { exitCodes, UserError } from '../../engine/model/errors.ts';
import { cannotWrite } from '../../listeners/write-whole.ts';

/** Where the pieces of a file go. */
export interface Sink {
  /** False: nobody takes any more, as behind `| head`. */
  write(piece: Uint8Array): Promise<boolean>;
  /** All has been written. */
  finish(): Promise<void>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/**
 * A file that has its name only once it is whole. Until then it stands beside it as `NAME.PID.part`. What is no plain file,
 * such as a named pipe or a device, is written to as it is.
 */
export async function fileSink(path: string, overwrite: boolean): Promise<Sink> {
  const target = await realpath(path).catch(() => path);
  const found = await stat(target).catch(() => null);
  if (found?.isFile() && !overwrite) {
    throw new UserError(`${path} exists already. Choose another name with -o, or --overwrite it`);
  }
  const part = found && !found.isFile() ? null : `${target}.${process.pid}.part`;
  const file = await open(part ?? target, part === null ? 'w' : 'wx').catch((error: unknown) => {
    throw lost(path, error);
  });
  return {
    async write(piece) {
      try {
        await file.writeFile(piece);
        return true;
      } catch (error) {
        throw lost(path, error);
      }
    },
    async finish() {
      try {
        await file.close();
        if (part !== null) await rename(part, target);
      } catch (error) {
        throw lost(path, error);
      }
    },
    async discard() {
      await file.close();
      if (part !== null) await rm(part, { force: true });
    },
  };
}

function lost(path: string, error: unknown): UserError {
  const isNoFolder = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  if (!isNoFolder) return cannotWrite(path, error);
  return new UserError(`cannot write ${path}: there is no folder "${dirname(path)}"`, exitCodes.resultsLost);
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
