import type { Command } from 'commander';
import { insteadOf, jmeterOption } from './jmeter-options.ts';

/** What is wrong with the value of `-e`, as a sentence; null: it may be the name of an environment. */
export function environmentMistake(value: string | undefined, command: Command): string | null {
  if (value === undefined) return insteadOf('-e', undefined, jmeterOption('-e')?.instead ?? '');
  const start = `-e ${value}: -e chooses an environment of the plan, and this looks like a plan.`;
  if (/\.jmx$/i.test(value)) return `${start} Plans of JMeter’s are not read yet: docs/jmeter.md.`;
  if (!/\.(?:ya?ml|json)$/i.test(value)) return null;
  return `${start} Write: plan ${command.name()} ${value}, or -e NAME ${value}.`;
}

/**
 * What is wrong with the number of arguments, as a sentence. `valueless`: properties without a value, by the word that
 * follows them.
 */
export function operandsMistake(
  command: Command,
  operands: readonly string[],
  valueless: ReadonlyMap<string, string>,
): string | null {
  const { registeredArguments: taken } = command;
  if (taken.some(({ variadic }) => variadic) || operands.length <= taken.length) return null;
  const value = operands.find((operand) => valueless.has(operand)) ?? '';
  const property = valueless.get(value);
  if (property !== undefined) return `${property} ${value}: write ${property}=${value}.`;
  const name = `plan ${command.name()}`;
  if (taken[0]?.name() === 'plan') {
    return `${name} takes one plan, found ${operands.length}: ${operands.join(', ')}. Start it once for each; plan validate takes several.`;
  }
  const extra = operands.slice(taken.length).join(' ');
  return `${name} takes ${taken.length === 0 ? 'no arguments' : 'one argument'}, found besides: ${extra}.`;
}

/** `-e -o FOLDER` is one wish: one sentence answers it. */
export function withoutEcho(problems: readonly string[]): string[] {
  const isBoth = problems.some((one) => /^(?:-o|--reportoutputfolder)\b/.test(one));
  return problems.filter((one) => !isBoth || !one.startsWith('-e: '));
}
