export interface Memory {
  readonly usedBytes: number;
  readonly totalBytes: number;
}

/**
 * `/proc/meminfo` (proc_meminfo(5)), in kibibytes. Used is what could not be had without swapping: total less available,
 * so that the file cache does not count. Null for anything else.
 */
export function parseMemory(text: string): Memory | null {
  const kibibytes = (key: string) => {
    const match = new RegExp(`^${key}: +(\\d+) kB$`, 'm').exec(text);
    return match ? Number(match[1]) : null;
  };
  const total = kibibytes('MemTotal');
  const available = kibibytes('MemAvailable');
  if (total === null || available === null) return null;
  return { usedBytes: (total - available) * 1024, totalBytes: total * 1024 };
}
