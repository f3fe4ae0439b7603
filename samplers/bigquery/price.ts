import type { Infer } from '../../engine/model/json-schema.ts';
import type { JobFacts } from './job-facts.ts';

export const priceSchema = {
  type: 'object',
  additionalProperties: false,
  description:
    'What queries cost: the metric `cost`, in the currency of these prices. Which of the two a project pays depends on its edition; with both they add up. Loads, exports and inserts are not priced.',
  properties: {
    perTebibyte: {
      type: 'number',
      minimum: 0,
      description: 'For 2^40 bytes that a query is billed for, as on demand.',
      default: 0,
      examples: [6.25],
    },
    perSlotHour: {
      type: 'number',
      minimum: 0,
      description: 'For an hour of one slot, as in editions with capacity pricing.',
      default: 0,
      examples: [0.06],
    },
  },
  examples: [{ perTebibyte: 6.25 }],
} as const;

export type Price = Infer<typeof priceSchema>;

const bytesPerTebibyte = 2 ** 40;
const msPerHour = 3_600_000;

/** What a query costs; null: nobody knows, as BigQuery has not told what it is billed by. An answer of the cache is free. */
export function costOf(
  { bytesBilled, slotMs, isCacheHit }: Pick<JobFacts, 'bytesBilled' | 'slotMs' | 'isCacheHit'>,
  { perTebibyte, perSlotHour }: Price,
): number | null {
  if (isCacheHit === true) return 0;
  const byBytes = part(bytesBilled, perTebibyte / bytesPerTebibyte);
  const bySlots = part(slotMs, perSlotHour / msPerHour);
  return byBytes === null || bySlots === null ? null : byBytes + bySlots;
}

function part(amount: number | undefined, price: number): number | null {
  if (price === 0) return 0;
  return amount === undefined ? null : amount * price;
}
