import { splitCommand } from './split-command.ts';

type Written = Readonly<Record<string, unknown>>;

/** Mistakes of a `process` step that its schema cannot tell; its configuration is unrendered. */
export function checkProcess({ command, shell }: Written): string | null {
  if (Array.isArray(command))
    return shell === true ? 'a shell takes one text: write command: as a text, or leave shell: out' : null;
  if (typeof command !== 'string' || shell === true || command.includes('${')) return null;
  const words = splitCommand(command);
  if (words === null) return `a quote is not closed in the command ${command}`;
  return words.length === 0 ? 'the command is empty' : null;
}

/** The file of the plan's folder that a command reads. */
export function filesOfProcess({ stdin }: Written): string[] {
  const file = typeof stdin === 'object' && stdin !== null && 'file' in stdin ? stdin.file : undefined;
  return typeof file === 'string' ? [file] : [];
}
