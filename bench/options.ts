import { parseArgs } from 'node:util';

/** Whole-number options of a script, `--samples 1000`, with their defaults. Underscores may group digits. */
export function numberOptions<const Name extends string>(
  defaults: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const options = Object.fromEntries(
    Object.keys(defaults).map((name) => [name, { type: 'string' }] as const),
  );
  const { values } = parseArgs({ options });
  const read = Object.entries<number>(defaults).map(([name, preset]) => {
    const text = values[name];
    const value = text === undefined ? preset : Number(text.replaceAll('_', ''));
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`--${name} must be a whole number from 1, got ${text ?? preset}`);
    }
    return [name, value];
  });
  return Object.fromEntries(read) as Record<Name, number>;
}
