import { check } from './checks.mjs';

const percentiles = [
  { ratio: 0.5, theirs: 'medianResTime', ours: 'medianMs' },
  { ratio: 0.9, theirs: 'pct1ResTime', ours: 'p90Ms' },
  { ratio: 0.95, theirs: 'pct2ResTime', ours: 'p95Ms' },
  { ratio: 0.99, theirs: 'pct3ResTime', ours: 'p99Ms' },
];

const means = [
  { theirs: 'minResTime', ours: 'minMs' },
  { theirs: 'meanResTime', ours: 'averageMs' },
  { theirs: 'maxResTime', ours: 'maxMs' },
];

/**
 * Compares JMeter's numbers with ours, label by label; one check a label, and a table to look at.
 *
 * Counts are equal. A JTL has whole milliseconds and we count finer, so that times differ by up to 1 ms.
 * JMeter's percentile lies between two ranks and ours on one (ours to 0.1 %): either may be a rank off, and
 * with few samples a rank is far. Rates have other time spans; bytes a second divided by samples a second
 * has none.
 */
export function compareStatistics(statistics, result, rows) {
  const { Total: total, ...labels } = statistics;
  check(
    'the same labels',
    sameSet(
      Object.keys(labels),
      result.labels.map(({ label }) => label),
    ),
    `JMeter has ${Object.keys(labels).join(' | ')}`,
  );
  console.log(line('', '', ['count', 'errors', 'min', 'mean', 'max', 'median', 'p90', 'p95', 'p99', 'KB']));
  for (const ours of result.labels) {
    const elapsedMs = elapsedOf(rows.filter(({ label }) => label === ours.label));
    compareRow(labels[ours.label], ours, elapsedMs);
  }
  const samples = rows.filter(({ responseMessage }) => !isTransaction(responseMessage));
  compareRow(total, result.total, elapsedOf(samples));
  const ratio = result.total.perSecond / total.throughput;
  check('the throughput of the whole is of the same order', ratio > 1 / 3 && ratio < 3, `${ratio} times`);
}

/** JMeter's own sign of a transaction's row, by which its dashboard keeps it out of the total. */
export function isTransaction(responseMessage) {
  return responseMessage.startsWith('Number of samples in transaction : ');
}

function compareRow(theirs, ours, elapsedMs) {
  const wrong = theirs === undefined ? ['JMeter has no such label'] : differences(theirs, ours, elapsedMs);
  if (theirs !== undefined) printRows(theirs, ours);
  check(`${ours.kind} ${JSON.stringify(ours.label)}`, wrong.length === 0, wrong.join('; '));
}

function differences(theirs, ours, elapsedMs) {
  const wrong = [];
  const expectNear = (what, their, our, isNear) => {
    if (!isNear) wrong.push(`${what}: JMeter ${their}, ours ${our}`);
  };
  expectNear('samples', theirs.sampleCount, ours.count, theirs.sampleCount === ours.count);
  expectNear('errors', theirs.errorCount, ours.errors, theirs.errorCount === ours.errors);
  for (const { theirs: theirName, ours: ourName } of means) {
    const [their, our] = [theirs[theirName], ours[ourName]];
    expectNear(ourName, their, our, Math.abs(their - our) <= 1);
  }
  for (const { ratio, theirs: theirName, ours: ourName } of percentiles) {
    const [their, our] = [theirs[theirName], ours[ourName]];
    const isNear = Math.abs(their - our) <= Math.max(1, their * 0.01);
    expectNear(ourName, their, our, isNear || isNeighbour(our, ratio, elapsedMs));
  }
  const [their, our] = [kbPerSample(theirs), ours.receivedKbPerSecond / ours.perSecond];
  expectNear('KB a sample', their, our, Math.abs(their - our) <= 0.01);
  return wrong;
}

/** Whether a time is within one rank of the two between which JMeter's percentile lies; ±1 ms of rounding. */
function isNeighbour(ourMs, ratio, elapsedMs) {
  const rank = ratio * (elapsedMs.length + 1); // commons-math's LEGACY estimate, ranks from 1
  const at = (index) => elapsedMs[Math.min(Math.max(index, 1), elapsedMs.length) - 1];
  return ourMs >= at(Math.floor(rank) - 1) - 1 && ourMs <= at(Math.ceil(rank) + 1) + 1;
}

function elapsedOf(rows) {
  return rows.map(({ elapsed }) => Number(elapsed)).sort((a, b) => a - b);
}

function kbPerSample({ receivedKBytesPerSec, throughput }) {
  return receivedKBytesPerSec / throughput;
}

function printRows(theirs, ours) {
  const names = [...means, ...percentiles];
  const times = (row, side) => names.map((name) => round(row[name[side]]));
  const label = JSON.stringify(ours.label);
  console.log(
    line(label, 'JMeter', [
      theirs.sampleCount,
      theirs.errorCount,
      ...times(theirs, 'theirs'),
      round(kbPerSample(theirs)),
    ]),
  );
  const kb = round(ours.receivedKbPerSecond / ours.perSecond);
  console.log(line('', 'ours', [ours.count, ours.errors, ...times(ours, 'ours'), kb]));
}

function line(label, by, cells) {
  return `  ${label.padEnd(34)} ${by.padEnd(6)}${cells.map((cell) => String(cell).padStart(8)).join('')}`;
}

function round(value) {
  return Number(value.toFixed(2));
}

function sameSet(a, b) {
  return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
}
