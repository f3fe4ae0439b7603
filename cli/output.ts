/** Where the command writes: lines for people. Never throws, also when nobody reads any more (`| head -2`). */
export interface Output {
  say(line: string): void;
  warn(line: string): void;
  readonly colours: boolean;
  /** How wide the terminal is; 100 where there is none. */
  readonly columns: number;
}

/**
 * Standard output and error. Once a reader has gone away, what is said to it is dropped and everything else
 * goes on. Colours only on a terminal, and never with NO_COLOR (no-color.org).
 */
export function standardOutput(): Output {
  const lines = (stream: NodeJS.WriteStream) => {
    let open = true;
    stream.on('error', () => (open = false));
    return (line: string) => {
      if (open) stream.write(`${line}\n`);
    };
  };
  const noColour = (process.env['NO_COLOR'] ?? '') !== '';
  return {
    say: lines(process.stdout),
    warn: lines(process.stderr),
    colours: process.stdout.isTTY && !noColour,
    columns: process.stdout.isTTY ? process.stdout.columns : 100,
  };
}
