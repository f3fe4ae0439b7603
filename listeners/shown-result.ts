import { literalPattern } from '../engine/model/literal-pattern.ts';
import { masked } from '../engine/model/masked.ts';
import type { RunResult } from '../engine/model/run-result.ts';

/** Keys of what the author or this program writes: it may contain the letters of a secret, and holds none. */
const own: ReadonlySet<string> = new Set(
  (
    'loadplanVersion nodeVersion plan planFile environment target text histogram ' +
    'label name step tag axis to cell axes metric check monitor kind type unit ending'
  ).split(' '),
);

type Redact = (text: string) => string;

/** A result with `***` for the secrets in what servers and programs said. The labels that it quotes stay as they are. */
export function shownResult(result: RunResult, redact: Redact): RunResult {
  const { properties, ...rest } = result;
  const shown = { ...rest };
  const mask = sparing(
    result.labels.map(({ label }) => label),
    redact,
  );
  for (const [key, value] of Object.entries(rest)) {
    Object.assign(shown, { [key]: shownValue(value, key, mask) });
  }
  const values = Object.entries(properties).map(([name, value]) => [name, redact(value)] as const);
  return { ...shown, properties: Object.fromEntries(values) };
}

function shownValue(value: unknown, key: string, redact: Redact): unknown {
  if (own.has(key)) return value;
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item) => shownValue(item, key, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, shownValue(inner, name, redact)]),
  );
}

/** Redacts a text, but for the labels in it that have the letters of a secret among others. */
function sparing(labels: readonly string[], redact: Redact): Redact {
  const spared = labels.filter((label) => ![label, masked].includes(redact(label)));
  if (spared.length === 0) return redact;
  spared.sort((one, other) => other.length - one.length);
  const any = new RegExp(`(${spared.map(literalPattern).join('|')})`);
  return (text) =>
    text
      .split(any)
      .map((piece, place) => (place % 2 === 1 ? piece : redact(piece)))
      .join('');
}
