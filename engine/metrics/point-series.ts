/** The most points that are kept of one series: more than a chart has columns. */
const mostPoints = 600;

interface Point {
  /** Of its last reading. */
  epochMs: number;
  readings: number;
  /** Readings with a value. */
  count: number;
  sum: number;
}

/**
 * Values over time in bounded memory: whenever there are too many points, each two become one, the mean of their
 * values. A reading without a value is a gap, and stays one unless it is put together with a value.
 */
export class PointSeries {
  #points: Point[] = [];
  /** How many readings make a point. */
  #readingsEach = 1;

  add(epochMs: number, value: number | null): void {
    const reading = { epochMs, readings: 1, count: value === null ? 0 : 1, sum: value ?? 0 };
    const last = this.#points.at(-1);
    if (last && last.readings < this.#readingsEach) merge(last, reading);
    else if (this.#points.push(reading) > mostPoints) this.#halve();
  }

  get isEmpty(): boolean {
    return this.#points.every(({ count }) => count === 0);
  }

  /** Whole milliseconds, and values to six figures; null where nothing was read. */
  points(): [epochMs: number, value: number | null][] {
    return this.#points.map(({ epochMs, count, sum }) => [
      Math.round(epochMs),
      count === 0 ? null : Number((sum / count).toPrecision(6)),
    ]);
  }

  #halve(): void {
    this.#readingsEach *= 2;
    const before = this.#points;
    this.#points = [];
    for (const point of before) {
      const last = this.#points.at(-1);
      if (last && last.readings < this.#readingsEach) merge(last, point);
      else this.#points.push(point);
    }
  }
}

function merge(into: Point, { epochMs, readings, count, sum }: Point): void {
  into.epochMs = epochMs;
  into.readings += readings;
  into.count += count;
  into.sum += sum;
}
