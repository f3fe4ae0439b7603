/** Which process a plan wants: by one of these. */
export interface Wanted {
  readonly pid?: number;
  readonly port?: number;
  readonly command?: string;
  readonly self?: true;
  readonly children: boolean;
}

/** `process 4711`, `the process on port 8080`: for sentences. */
export function wantedText({ pid, port, command }: Wanted): string {
  if (pid !== undefined) return `process ${String(pid)}`;
  if (port !== undefined) return `the process on port ${String(port)}`;
  return command === undefined ? 'this process' : `the process "${command}"`;
}
