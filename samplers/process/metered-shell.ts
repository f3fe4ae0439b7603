import { markVariable } from './marked-processes.ts';

/** Where the small shell script below is run: every POSIX system has it. */
export const shellPath = '/bin/sh';

/**
 * Arguments for the shell to run a command so that its use of the processor is known.
 *
 * Node tells nothing of a child that has ended. The shell waits for the command, and its builtin `times` (POSIX) then
 * tells the processor time of all children waited for, and of theirs. The command is run by `exec` in a
 * subshell, so that `echo` is the program and never a builtin. The shell itself outlives the signal that ends its group,
 * to tell the times still. Beside the command another shell waits for the generator to end, to end the group with it, and
 * what has left the group but bears the mark. It costs a millisecond or two.
 */
export function meteredArguments(command: readonly string[], mark: string): string[] {
  return ['-c', script, 'sh', mark, ...command];
}

/** The file descriptor on which the script tells the times. */
export const timesDescriptor = 3;

const script = [
  'mark=$1',
  'shift',
  'trap : TERM INT HUP',
  // What the shell itself says, such as `Terminated`, is not the command's.
  'exec 4>&2 2>/dev/null',
  // Nobody writes there: it ends when the generator does, by kill -9 even, and then all of the group.
  `(trap '' TERM INT HUP; read -r gone <&${timesDescriptor}`,
  `for one in $(grep -ls "${markVariable}=$mark" /proc/[0-9]*/environ); do one=\${one#/proc/}; kill -KILL "\${one%/environ}"; done`,
  'kill -KILL 0) </dev/null >/dev/null 4>&- &',
  'watcher=$!',
  `(${markVariable}=$mark; export ${markVariable}; exec "$@" 2>&4 ${timesDescriptor}>&- 4>&-)`,
  'code=$?',
  `times >&${timesDescriptor}`,
  'kill -KILL "$watcher"',
  'exit "$code"',
].join('\n');

/**
 * User and system time of the command and of what it waited for, in milliseconds, of what `times` printed: a line for the
 * shell, a line for its children, `0m1.250000s 0m0.010000s`. Exact to a hundredth of a second where the shell is dash,
 * to a millisecond with bash. Undefined when it told nothing, because it was killed.
 */
export function cpuMsOf(printed: string): number | undefined {
  const [, children = ''] = printed.split('\n');
  const times = [...children.matchAll(/(\d+)m(\d+[.,]\d+)s/g)];
  if (times.length !== 2) return undefined;
  const seconds = times.map(
    ([, minutes, rest = '']) => Number(minutes) * 60 + Number(rest.replace(',', '.')),
  );
  return Math.round(seconds.reduce((sum, one) => sum + one, 0) * 1000);
}
