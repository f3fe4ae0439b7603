import { nothingAsked, type Asked } from '../../engine/model/asked.ts';
import type { AnswerRead } from '../../engine/model/sampler.ts';
import type { JobFacts } from './job-facts.ts';
import type { bigqueryMetrics } from './metrics.ts';
import type { BigQueryConfig } from './schema.ts';

type Fact = keyof JobFacts;

/** What metrics of queries are made of; `cost` of what its price says. */
const factsOfMetrics = {
  bigquery_bytes_processed: ['bytesProcessed'],
  bigquery_bytes_billed: ['bytesBilled'],
  bigquery_slot_ms: ['slotMs'],
  bigquery_cache_hits: ['isCacheHit'],
  bigquery_queue_time: ['creationEpochMs', 'startEpochMs'],
  bigquery_execution_time: ['startEpochMs', 'endEpochMs'],
  bigquery_rows: ['rows'],
} as const satisfies Partial<Record<keyof typeof bigqueryMetrics, readonly Fact[]>>;

/** All that `jobs.get` tells and the answer to a query may not. */
const statistics = ['bytesBilled', 'slotMs', 'startEpochMs', 'endEpochMs'] as const satisfies readonly Fact[];

/** How the answer names them, to extractors, assertions and scripts. */
const names = /statistics|bytes-?billed|slot-?ms|EpochMs/i;
/** JSONPath and JMESPath: everything, or whatever has some name. */
const anything = /^\$$|^\$\.?\.\*|^\$\.{0,2}\[\*|^[@*]|^(values|to_array|to_string)\(@/;

/** Which facts of its job somebody wants to know of a query. */
export class AskedFacts {
  readonly #facts: readonly Fact[];

  constructor({ metrics, answers }: Asked = nothingAsked) {
    const made = Object.entries(factsOfMetrics).flatMap(([name, facts]) =>
      metrics.includes(name) ? [...facts] : [],
    );
    this.#facts = [...new Set<Fact>([...made, ...(answers ? statistics : [])])];
  }

  /** Whether any of them is not in the answer. */
  areMissing(
    facts: JobFacts,
    { statistics: wish, price }: Pick<BigQueryConfig, 'statistics' | 'price'>,
  ): boolean {
    if (wish === false) return false;
    const isMissing = (fact: Fact) => facts[fact] === undefined;
    if (wish === true && statistics.some(isMissing)) return true;
    if (this.#facts.some(isMissing)) return true;
    if (price === undefined || facts.isCacheHit === true) return false;
    const { perTebibyte, perSlotHour } = price;
    return (perTebibyte > 0 && isMissing('bytesBilled')) || (perSlotHour > 0 && isMissing('slotMs'));
  }
}

/** Who reads statistics in answers wants them to be there. */
export function asRead(reads: readonly AnswerRead[]): { readonly statistics?: true } {
  const isRead = reads.some(({ by }) => by === null || names.test(by) || anything.test(by.trim()));
  return isRead ? { statistics: true } : {};
}
