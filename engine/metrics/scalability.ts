import type { AxisValue } from '../model/axis.ts';

interface Found {
  readonly value: number | null;
  readonly more?: { readonly detail: string };
}

/** One measure divided by another, and both. Null without either, or when the other is 0. */
export function ratioOf(of: number | null, to: number | null): Found {
  if (of === null || to === null || to === 0) return { value: null };
  return { value: of / to, more: { detail: `${figures(of)} to ${figures(to)}` } };
}

/**
 * The greatest ratio of the time per unit of a larger value of an axis to that of a smaller one: 1 is linear growth,
 * less is better. So no larger size costs more per unit than so many times a smaller one, neighbours and the
 * two ends included. Null when a value has no data, or 0: silence is no proof.
 */
export function scalability(
  values: readonly (AxisValue & { readonly measured: number | null })[],
  unit: string,
): Found {
  const sized = values.map(({ name, magnitude, measured }) => ({
    name,
    size: magnitude ?? 0,
    measured: measured ?? 0,
  }));
  const bySize = sized.sort((a, b) => a.size - b.size);
  const shown = bySize.map(
    ({ name, measured }) => `${name} ${measured > 0 ? `${figures(measured)}${unit}` : 'no data'}`,
  );
  if (bySize.length < 2 || bySize.some(({ measured, size }) => measured <= 0 || size <= 0)) {
    return { value: null, more: { detail: shown.join(', ') } };
  }
  const growths = bySize.flatMap((small, index) =>
    bySize.slice(index + 1).map((large) => ({
      small,
      large,
      growth: large.measured / large.size / (small.measured / small.size),
    })),
  );
  const worst = growths.reduce((most, one) => (one.growth > most.growth ? one : most));
  const { small, large, growth } = worst;
  const words = `${small.name} → ${large.name}: ${figures(large.measured / small.measured)} × the time for ${figures(large.size / small.size)} × the size`;
  return { value: growth, more: { detail: `${shown.join(', ')}; ${words}` } };
}

/** Three figures: `0.123`, `12.3`, `1230`. */
function figures(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
