import type { TrendWindow } from '../model/metrics.ts';

/**
 * A distribution of durations from 0 to 24 h, in whole microseconds, with a relative error of at most 0.1 %. With
 * a limit of its own it holds values of any unit, in whole thousandths.
 *
 * The layout is HdrHistogram's for three significant digits (Gil Tene): up to 2047 µs every value has
 * its own bucket; above, every doubling is cut into 1024 equal buckets. Count, sum, least and greatest
 * are exact. Memory follows the greatest value: 4 kB up to 1 ms, 32 kB up to 0.1 s, 115 kB at most.
 */
const subBucketBits = 10;
const subBuckets = 2 ** subBucketBits;
const highBits = 21; // values of more than 32 bits are looked up without their lowest 21
const dayMs = 24 * 3_600_000;

export class Histogram {
  readonly #limitUs: number;
  #counts = new Uint32Array(subBuckets);
  readonly #occupied: number[] = [];
  #count = 0;
  #sumUs = 0;
  #minUs = Infinity;
  #maxUs = 0;
  #clamped = 0;

  constructor(limitMs = dayMs) {
    this.#limitUs = limitMs * 1000;
  }

  get count(): number {
    return this.#count;
  }

  get sumMs(): number {
    return this.#sumUs / 1000;
  }

  /** 0 when empty, as is `maxMs`. */
  get minMs(): number {
    return this.#count === 0 ? 0 : this.#minUs / 1000;
  }

  get maxMs(): number {
    return this.#maxUs / 1000;
  }

  /** Values that were not from 0 to the limit: brought to the nearer end, or left out if not a number. */
  get clamped(): number {
    return this.#clamped;
  }

  record(ms: number): void {
    let us = Math.round(ms * 1000);
    if (!(us >= 0 && us <= this.#limitUs)) {
      this.#clamped++;
      if (Number.isNaN(us)) return;
      us = us < 0 ? 0 : this.#limitUs;
    }
    this.#addToBucket(bucketOf(us), 1);
    this.#count++;
    this.#sumUs += us;
    if (us < this.#minUs) this.#minUs = us;
    if (us > this.#maxUs) this.#maxUs = us;
  }

  /** Adds what another histogram held. Equals having recorded its values here. */
  add(window: TrendWindow): void {
    if (window.count === 0) return;
    for (let i = 0; i < window.buckets.length; i++) {
      this.#addToBucket(window.buckets[i] ?? 0, window.counts[i] ?? 0);
    }
    this.#count += window.count;
    this.#sumUs += Math.round(window.sumMs * 1000);
    this.#minUs = Math.min(this.#minUs, Math.round(window.minMs * 1000));
    this.#maxUs = Math.max(this.#maxUs, Math.round(window.maxMs * 1000));
  }

  /** The value that `percent` (0 to 100) of the recorded values do not exceed. 0 when empty. */
  percentile(percent: number): number {
    if (this.#count === 0) return 0;
    const exactRank = (percent / 100) * this.#count;
    const rank = Math.max(1, Math.ceil(exactRank * (1 - 2 * Number.EPSILON)));
    let seen = 0;
    for (let bucket = 0; bucket < this.#counts.length; bucket++) {
      seen += this.#counts[bucket] ?? 0;
      if (seen >= rank) return Math.min(Math.max(highestUs(bucket), this.#minUs), this.#maxUs) / 1000;
    }
    return this.maxMs;
  }

  toWindow(): TrendWindow {
    const buckets = Uint32Array.from(this.#occupied).sort();
    return {
      count: this.#count,
      sumMs: this.sumMs,
      minMs: this.minMs,
      maxMs: this.maxMs,
      buckets,
      counts: buckets.map((bucket) => this.#counts[bucket] ?? 0),
    };
  }

  /** What was recorded since the last `take`; empties the histogram. Costs what was recorded, not what could be. */
  take(): TrendWindow {
    const window = this.toWindow();
    for (const bucket of this.#occupied) this.#counts[bucket] = 0;
    this.#occupied.length = 0;
    this.#count = 0;
    this.#sumUs = 0;
    this.#minUs = Infinity;
    this.#maxUs = 0;
    return window;
  }

  #addToBucket(bucket: number, count: number): void {
    if (bucket >= this.#counts.length) this.#growTo(bucket);
    const before = this.#counts[bucket] ?? 0;
    if (before === 0) this.#occupied.push(bucket);
    this.#counts[bucket] = before + count;
  }

  #growTo(bucket: number): void {
    const size = Math.min(
      bucketOf(this.#limitUs) + 1,
      Math.max(2 * this.#counts.length, 2 ** Math.ceil(Math.log2(bucket + 1))),
    );
    const grown = new Uint32Array(size);
    grown.set(this.#counts);
    this.#counts = grown;
  }
}

function bucketOf(us: number): number {
  if (us < 2 * subBuckets) return us;
  if (us >= 2 ** 32) return highBits * subBuckets + bucketOf(Math.floor(us / 2 ** highBits));
  const shift = 31 - subBucketBits - Math.clz32(us);
  return shift * subBuckets + (us >>> shift);
}

/** The least value that falls into a bucket, in microseconds. */
export function lowestUs(bucket: number): number {
  if (bucket < 2 * subBuckets) return bucket;
  const shift = (bucket >>> subBucketBits) - 1;
  return (bucket - shift * subBuckets) * 2 ** shift;
}

/** The greatest value that falls into a bucket, in microseconds. */
export function highestUs(bucket: number): number {
  return lowestUs(bucket + 1) - 1;
}
