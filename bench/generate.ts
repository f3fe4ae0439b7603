import type { DataSetOptions } from '../engine/generate/check-data-set.ts';
import { dataSet } from '../engine/generate/data-set.ts';
import type { Compression, Format } from '../engine/generate/formats.ts';
import { machine } from './machine.ts';
import { numberOptions } from './options.ts';
import { median, medianAndRange } from './statistics.ts';

/**
 * Time and CPU to make files of generated rows, all their pieces thrown away, and how long others wait meanwhile.
 *
 * The first round, in which the code is still being compiled, counts. Beside the work a timer of one millisecond is kept
 * going: the longest time between two of its turns is what others wait.
 */
const { rows, rounds } = numberOptions({ rows: 100_000, rounds: 5 });

const forms: readonly (readonly [Format, Compression])[] = [
  ['csv', 'none'],
  ['csv', 'gzip'],
  ['json', 'none'],
  ['jsonl', 'none'],
  ['parquet', 'none'],
  ['parquet', 'snappy'],
  ['parquet', 'gzip'],
  ['avro', 'none'],
  ['avro', 'deflate'],
];

interface Made {
  readonly elapsedMs: number;
  readonly cpuMs: number;
  readonly bytes: number;
  readonly longestWaitMs: number;
}

async function made(options: DataSetOptions): Promise<Made> {
  let [lastMs, longestWaitMs, bytes] = [performance.now(), 0, 0];
  const timer = setInterval(() => {
    const nowMs = performance.now();
    longestWaitMs = Math.max(longestWaitMs, nowMs - lastMs);
    lastMs = nowMs;
  }, 1);
  const [startedMs, before] = [performance.now(), process.cpuUsage()];
  for await (const piece of dataSet(options)) bytes += piece.length;
  const { user, system } = process.cpuUsage(before);
  const elapsedMs = performance.now() - startedMs;
  clearInterval(timer);
  return { elapsedMs, cpuMs: (user + system) / 1000, bytes, longestWaitMs };
}

console.log(`${machine()}\n${rows} rows, median (least to greatest) of ${rounds} rounds\n`);
console.log(
  '| schema | format | elapsed, ms | CPU of all threads, ms | MB | others wait at most, ms |\n|---|---|---|---|---|---|',
);
for (const schema of ['facts', 'large', 'facts-wide']) {
  for (const [format, compression] of forms) {
    const found: Made[] = [];
    for (let round = 0; round < rounds; round++) {
      found.push(await made({ schema, rows, seed: 1, format, compression }));
    }
    const of = (read: (one: Made) => number) => medianAndRange(found.map(read), 0);
    const name = compression === 'none' ? format : `${format}, ${compression}`;
    const megabytes = ((found[0]?.bytes ?? 0) / 1e6).toFixed(1);
    const waitMs = median(found.map(({ longestWaitMs }) => longestWaitMs)).toFixed(0);
    console.log(
      `| ${schema} | ${name} | ${of(({ elapsedMs }) => elapsedMs)} | ${of(({ cpuMs }) => cpuMs)} | ${megabytes} | ${waitMs} |`,
    );
  }
}
const rss = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(`\nmemory of the process at most: ${rss} MiB`);
