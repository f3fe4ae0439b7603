/** What JMeter's summariser counts of a period. Times are milliseconds. */
export interface Period {
  readonly count: number;
  readonly errors: number;
  readonly sumMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  readonly lengthMs: number;
}

/**
 * A line of JMeter's summariser (`Summariser.format`), to the letter, because tools read it:
 *
 *     summary +     10 in 00:00:05 =    2.0/s Avg:   665 Min:   665 Max:   665 Err:     0 (0.00%)
 *
 * `+` is what happened since the last line, `=` everything so far.
 */
export function summariserLine(sign: '+' | '=', period: Period): string {
  const { count, errors, sumMs, minMs, maxMs, lengthMs } = period;
  const rate = lengthMs > 0 ? (count / (lengthMs / 1000)).toFixed(1).padStart(6) : '******';
  const average = count === 0 ? 0 : sumMs / count;
  const errorPercent = count === 0 ? 0 : (errors / count) * 100;
  return (
    `summary ${sign} ${String(count).padStart(6)} in ${clockTime(lengthMs)} = ${rate}/s ` +
    `Avg: ${time(average)} Min: ${time(minMs)} Max: ${time(maxMs)} ` +
    `Err: ${String(errors).padStart(5)} (${errorPercent.toFixed(2)}%)`
  );
}

function time(ms: number): string {
  return String(Math.round(ms)).padStart(5);
}

function clockTime(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
