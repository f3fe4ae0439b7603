import type { CompiledPlan } from '../model/compiled-plan.ts';
import { maskedSource } from '../load/masked-source.ts';
import { UserError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import { secretNet, type Mask } from '../secrets/net.ts';
import { isSearched } from '../secrets/wordings.ts';
import { charsetWriter, UnwritableText } from '../../samplers/http/charset.ts';

/** Masks the secrets of a plan in what others write: what servers send back, logs, messages of errors. */
export function maskOf({ secrets, groups, properties, secretNames }: CompiledPlan): Mask {
  const open = Object.entries(properties).filter(([name]) => !secretNames.includes(name));
  const written = JSON.stringify([groups, Object.fromEntries(open)], withoutSecrets);
  return secretNet(
    [...secrets, ...secrets.flatMap((secret) => inCharsets(secret, written))],
    hostsIn(written),
  );
}

/** With what is secret besides the plan's own. */
export function withSecrets(plan: CompiledPlan, more: readonly string[]): CompiledPlan {
  return more.length === 0 ? plan : { ...plan, secrets: [...plan.secrets, ...more] };
}

/** A secret's bytes in the charsets that requests name, each as one character: so they stand in what is no UTF-8. */
function inCharsets(secret: string, written: string): string[] {
  if (!isSearched(secret) || isAscii(secret)) return [];
  const charsets = new Set(
    Array.from(written.matchAll(/"charset"(?::|,\{"constant":)"([^"]+)"/g), ([, name = '']) => name),
  );
  return [...charsets].flatMap((charset) => {
    try {
      return charsetWriter(charset)(secret).toString('latin1');
    } catch (error) {
      if (error instanceof UnwritableText) return [];
      throw error;
    }
  });
}

const isAscii = (text: string) => /^[\0-\x7f]*$/.test(text);

/** The hosts in the plan, but for those that are made of a secret. */
function hostsIn(text: string): string[] {
  const found = text.matchAll(/\bhttps?:\/\/([^\s/?#"'<>\\{}$*]+)/gi);
  return [...new Set(Array.from(found, ([, host = '']) => host))];
}

function withoutSecrets(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('shown' in value) return value.shown;
  return 'secret' in value ? null : value;
}

/** The text of a plan as it is kept with the results. What it calls its steps stays, whatever letters are in it. */
export function maskedPlan(plan: Plan, mask: Mask): string {
  const lines = maskedSource(plan).split('\n');
  return lines.map((line) => (/^\s*(?:- +)*name:/.test(line) ? line : mask(line))).join('\n');
}

/** Runs what may throw a `UserError`, and masks what it says. */
export async function maskingErrors<T>(mask: Mask, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const problems = error.problems.map((one) => ({ ...one, message: mask(one.message) }));
    throw new UserError(problems, error.exitCode);
  }
}

/** A mask for what is wrong with a plan that cannot be compiled: from the values as they are set. */
export function maskOfPlan({ properties }: Pick<Plan, 'properties'>): Mask {
  return secretNet(properties.flatMap(({ secret, value }) => (secret && value ? [value] : [])));
}

/** Which secrets are too short to be looked for, as sentences; none for a plan without. */
export function shortSecrets(plan: Plan, { properties }: CompiledPlan): string[] {
  const short = plan.properties.filter(({ name, secret }) => {
    const value = properties[name] ?? '';
    return secret && value !== '' && !isSearched(value);
  });
  if (short.length === 0) return [];
  const names = short.map(({ name }) => name).join(', ');
  return [
    `a secret of fewer than 6 characters is masked where the plan puts it, and not looked for in what servers send back: ${names}`,
  ];
}
