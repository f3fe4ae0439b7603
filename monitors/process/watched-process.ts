import { readdir, stat } from 'node:fs/promises';
import { KeptFile } from '../proc/kept-file.ts';
import { parseProcessStat, residentBytes } from '../proc/process-stat.ts';
import { parseProcessIo, type Transfer } from '../proc/transfer.ts';

/** What a process, or several together, use. */
export interface ProcessUse {
  readonly ownTicks: number;
  readonly endedChildrenTicks: number;
  readonly memoryBytes: number;
  readonly threads: number;
  /** Null: another user's, who alone may know. */
  readonly openFiles: number | null;
  readonly disk: Transfer | null;
}

/** The files of `/proc` of one process, kept open: they never become those of another process with its number. */
export class WatchedProcess {
  /** Whether we may see its files and its disk traffic. */
  readonly isOurs: boolean;
  readonly #folder: string;
  readonly #stat: KeptFile;
  readonly #status: KeptFile;
  readonly #io: KeptFile | null;

  private constructor(folder: string, files: { stat: KeptFile; status: KeptFile; io: KeptFile | null }) {
    this.#folder = folder;
    this.#stat = files.stat;
    this.#status = files.status;
    this.#io = files.io;
    this.isOurs = files.io !== null;
  }

  /** Throws when there is no such process. */
  static async open(pid: number): Promise<WatchedProcess> {
    const folder = `/proc/${String(pid)}`;
    const file = await KeptFile.open(`${folder}/stat`);
    try {
      const status = await KeptFile.open(`${folder}/status`);
      const io = await KeptFile.open(`${folder}/io`).catch(() => null);
      return new WatchedProcess(folder, { stat: file, status, io });
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Null, or an error of the system, when it has ended. */
  async read(): Promise<ProcessUse | null> {
    const [text, status, io, openFiles] = await Promise.all([
      this.#stat.read(),
      this.#status.read(),
      this.#io?.read() ?? null,
      this.#io ? this.#openFiles() : null,
    ]);
    const process = parseProcessStat(text);
    if (!process || process.isZombie) return null;
    const { ownTicks, endedChildrenTicks, threads } = process;
    const disk = io === null ? null : parseProcessIo(io);
    return { ownTicks, endedChildrenTicks, threads, memoryBytes: residentBytes(status), openFiles, disk };
  }

  async close(): Promise<void> {
    await Promise.all([this.#stat.close(), this.#status.close(), this.#io?.close()]);
  }

  /** The size of the folder is their number since Linux 6.2; before, it is 0 and they are counted. */
  async #openFiles(): Promise<number | null> {
    const folder = `${this.#folder}/fd`;
    try {
      const { size } = await stat(folder);
      return size > 0 ? size : (await readdir(folder)).length;
    } catch {
      return null;
    }
  }
}

export function add(a: ProcessUse, b: ProcessUse): ProcessUse {
  return {
    ownTicks: a.ownTicks + b.ownTicks,
    endedChildrenTicks: a.endedChildrenTicks + b.endedChildrenTicks,
    memoryBytes: a.memoryBytes + b.memoryBytes,
    threads: a.threads + b.threads,
    openFiles: sumOf(a.openFiles, b.openFiles),
    disk: a.disk && b.disk ? sumOfTransfers(a.disk, b.disk) : (a.disk ?? b.disk),
  };
}

function sumOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : a + b;
}

function sumOfTransfers(a: Transfer, b: Transfer): Transfer {
  return { inBytes: a.inBytes + b.inBytes, outBytes: a.outBytes + b.outBytes };
}
