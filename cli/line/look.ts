/** How a command is to speak; read before everything else, as mistakes on the line are told so, too. */
export interface Look {
  /** Nothing is said but what was asked for, and what went wrong. */
  readonly quiet: boolean;
  readonly noColour: boolean;
  /** Where the result goes as JSON, `-` for standard output; null: nowhere. */
  readonly json: string | null;
}

export function lookOf(args: readonly string[]): Look {
  const end = args.indexOf('--');
  const words = end < 0 ? args : args.slice(0, end);
  const at = words.findLastIndex((word) => word === '--json' || word.startsWith('--json='));
  const json = words[at]?.startsWith('--json=') ? words[at].slice('--json='.length) : words[at + 1];
  return {
    quiet: words.includes('--quiet'),
    noColour: words.includes('--no-color'),
    json: at < 0 ? null : (json ?? null),
  };
}
