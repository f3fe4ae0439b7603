/** Bytes moved since the system or the process started. */
export interface Transfer {
  readonly inBytes: number;
  readonly outBytes: number;
}

/** `/proc/diskstats` counts sectors of 512 bytes, whatever the disk's own are (Documentation/admin-guide/iostats.rst). */
const sectorBytes = 512;

/**
 * What the wanted disks have read (in) and written (out), by `/proc/diskstats`: `major minor name reads merged sectors ms
 * writes merged sectors ms …`. Partitions stand in it, too: name whole disks, or bytes count twice.
 */
export function parseDisks(text: string, wanted: ReadonlySet<string>): Transfer {
  const rows = lines(text).filter(([, , name = '']) => wanted.has(name));
  return {
    inBytes: sum(rows, 5) * sectorBytes,
    outBytes: sum(rows, 9) * sectorBytes,
  };
}

/**
 * What the wanted interfaces have received (in) and sent (out), by `/proc/net/dev`: `name: bytes packets errs drop fifo
 * frame compressed multicast bytes …`.
 */
export function parseInterfaces(text: string, wanted: ReadonlySet<string>): Transfer {
  const rows = lines(text.replaceAll(':', ' ')).filter(([name = '']) => wanted.has(name));
  return { inBytes: sum(rows, 1), outBytes: sum(rows, 9) };
}

/** The names in `/proc/net/dev`. */
export function interfaceNames(text: string): string[] {
  return [...text.matchAll(/^ *([^\s:|]+):/gm)].map(([, name = '']) => name);
}

/** `/proc/PID/io` (proc_pid_io(5)): what really came from and went to disks. Null for anything else. */
export function parseProcessIo(text: string): Transfer | null {
  const [, read] = /^read_bytes: (\d+)$/m.exec(text) ?? [];
  const [, written] = /^write_bytes: (\d+)$/m.exec(text) ?? [];
  return read === undefined || written === undefined
    ? null
    : { inBytes: Number(read), outBytes: Number(written) };
}

function lines(text: string): string[][] {
  return text.split('\n').map((line) => line.trim().split(/\s+/));
}

function sum(rows: readonly (readonly string[])[], field: number): number {
  return rows.reduce((total, row) => total + Number(row[field] ?? 0), 0);
}
