import type { MissCount, RunResult, SkipCount, SummaryRow } from '../engine/model/run-result.ts';
import type { ThresholdVerdict } from '../engine/model/threshold.ts';
import { formatMs } from '../engine/model/units.ts';
import { checkTable, fullNumber, metricTables } from './metric-tables.ts';
import { monitorTable } from './monitor-table.ts';
import { metricAmountText } from './metric-value.ts';
import { painter, type Paint } from './paint.ts';
import { sumTable } from './sum-table.ts';
import { sweepTables } from './sweep-tables.ts';
import { alignRows, labelWidth, shortMs } from './table.ts';
import { cutEnd, cutMiddle, textWidth, visibleText } from './visible-text.ts';

export interface RenderOptions {
  readonly colours: boolean;
  /** Width to fit into where it can be done; Infinity where nothing need be cut. */
  readonly columns: number;
}

const rowsShown = 100;
const tagRowsShown = 8;
const failuresShown = 10;

/** The final report for a person: what was measured, what failed, and what was promised. The verdict follows it. */
export function renderSummary(result: RunResult, { colours, columns }: RenderOptions): string {
  const paint = painter(colours);
  return [
    [paint('bold', headline(result))],
    measurements(result, columns, paint),
    sweepTables(result, columns),
    failures(result, columns),
    byLabel('skipped', result.skipped, columns),
    byLabel('sent once more, on a new connection', result.staleReuses, columns),
    byLabel('extractors that found nothing', result.misses?.map(missed), columns),
    besideTheLoad(result, paint),
    sumTable(result, columns),
    metricTables(result, columns),
    monitorTable(result, columns),
    checkTable(result, columns),
    thresholds(result.thresholds, columns, paint),
  ]
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n');
}

function headline({ plan, target, startEpochMs, endEpochMs, users, workers }: RunResult): string {
  const parts = [
    visibleText(target === undefined ? plan : `${plan} against ${target}`),
    formatMs(endEpochMs - startEpochMs),
  ];
  parts.push(
    users.started === users.planned
      ? plural(users.started, 'user')
      : `${users.started} of ${users.planned} users`,
  );
  if (workers > 0) parts.push(plural(workers, 'worker'));
  return parts.join(', ');
}

function measurements(result: RunResult, columns: number, paint: Paint): string[] {
  const samples = result.labels.filter(({ kind }) => kind === 'sample');
  const blocks = [
    { title: 'times in ms', rows: samples.slice(0, rowsShown) },
    { title: '', rows: [result.total] },
    {
      title: 'transactions',
      rows: result.labels.filter(({ kind }) => kind === 'transaction').slice(0, rowsShown),
    },
    { title: 'tags', rows: tagRows(result) },
    { title: 'beside the load, in no total', rows: (result.beside ?? []).slice(0, rowsShown) },
  ].filter(({ rows }) => rows.length > 0);
  const all = [heading, ...blocks.flatMap(({ rows }) => rows.map(tableRow))];
  const width = Math.max(labelWidth(all, columns), 'times in ms'.length);
  const [head = '', ...lines] = alignRows(all, width);
  const shown: string[] = [];
  for (const { title, rows } of blocks) {
    if (shown.length === 0) shown.push(title + head.slice(title.length));
    else if (title !== '') shown.push('', title);
    for (const row of rows) {
      const line = lines.shift() ?? '';
      shown.push(row.kind === 'total' ? paint('bold', line) : row.errors > 0 ? paint('red', line) : line);
    }
  }
  const hidden = result.labels.length - blocks.flatMap(({ rows }) => rows).filter(isLabel).length;
  if (hidden > 0) shown.push(`and ${hidden} more labels`);
  return [...shown, ...remarks(result)];
}

const fewSamples = 100;

/** What a reader should know of the numbers above. */
function remarks({ total, cutOff = [] }: RunResult): string[] {
  const lines: string[] = [];
  if (total.count > 0 && total.count < fewSamples) {
    lines.push(
      `of ${plural(total.count, 'sample')}, p95 and p99 say little: each is one of the longest times (nearest rank)`,
    );
  }
  if (cutOff.length > 0) {
    const count = cutOff.reduce((sum, one) => sum + one.count, 0);
    const labels = cutOff.map(({ label }) => visibleText(label));
    const named = labels.slice(0, 3).join(', ') + (labels.length > 3 ? ' …' : '');
    lines.push(`${plural(count, 'transaction')} cut off by the end of the run, in no row: ${named}`);
  }
  return lines.length > 0 ? ['', ...lines] : [];
}

const heading = ['', 'samples', 'errors', 'avg', 'min', 'med', 'p90', 'p95', 'p99', 'max', '/s', 'KB/s'];

function tableRow(row: SummaryRow): string[] {
  const rates = row.own ?? row;
  const times = [row.averageMs, row.minMs, row.medianMs, row.p90Ms, row.p95Ms, row.p99Ms, row.maxMs];
  return [
    visibleText(row.label),
    String(row.count),
    `${(row.errorRatio * 100).toFixed(2)}%`,
    ...times.map(shortMs),
    shortMs(rates.perSecond),
    shortMs(rates.receivedKbPerSecond),
  ];
}

function isLabel({ kind }: SummaryRow): boolean {
  return kind === 'sample' || kind === 'transaction';
}

/** All tags when they are few, else those that a threshold speaks of. */
function tagRows({ tags, thresholds: promised }: RunResult): readonly SummaryRow[] {
  if (tags.length <= tagRowsShown) return tags;
  const texts = promised.map(({ text }) => text.replace(/["'\s]/g, ''));
  return tags.filter(({ label }) => texts.some((text) => text.includes(label.replace(/["'\s]/g, ''))));
}

function failures({ failures: counts }: RunResult, columns: number): string[] {
  if (counts.length === 0) return [];
  const sorted = [...counts].sort((a, b) => b.count - a.count);
  const lines = sorted.slice(0, failuresShown).map(({ label, failure, count, beside }) => {
    // On a terminal two lines each: what is to be done stands at the end.
    const room = Math.max(20, 2 * columns - 9);
    const name = cutMiddle(visibleText(label), Math.floor(room / 4)) + (beside ? ' (beside the load)' : '');
    return `${String(count).padStart(7)}  ${name}: ${cutEnd(visibleText(failure), room - textWidth(name) - 2)}`;
  });
  const hidden = sorted.length - lines.length;
  return ['failures', ...lines, ...(hidden > 0 ? [`         and ${hidden} more kinds`] : [])];
}

/** What is counted by label beside samples: steps that guards left out, requests of which the connection was dead. */
function byLabel(title: string, counts: RunResult['skipped'], columns: number): string[] {
  if (counts === undefined || counts.length === 0) return [];
  const lines = counts
    .slice(0, rowsShown)
    .map(({ label, count }) => `${String(count).padStart(7)}  ${cutMiddle(visibleText(label), columns - 9)}`);
  const hidden = counts.length - lines.length;
  return [title, ...lines, ...(hidden > 0 ? [`         and ${hidden} more labels`] : [])];
}

function missed({ label, variable, count }: MissCount): SkipCount {
  return { label: variable === '' ? label : `${variable} in ${label}`, count };
}

/** What users did before and after the load, where it must be told. */
function besideTheLoad(
  { users: { setUpFailed = 0, endedEarly = 0 }, cleanUp }: RunResult,
  paint: Paint,
): string[] {
  const lines = [
    ...(setUpFailed > 0 ? [paint('red', `set-up failed for ${plural(setUpFailed, 'user')}`)] : []),
    ...(endedEarly > 0 ? [paint('red', `${plural(endedEarly, 'user')} ended early`)] : []),
  ];
  if (!cleanUp) return lines;
  const { registered, done, failed, left } = cleanUp;
  const text = `clean-up: ${done} of ${registered} done`;
  const rest = [...(failed > 0 ? [`${failed} failed`] : []), ...(left > 0 ? [`${left} left`] : [])];
  return [...lines, rest.length === 0 ? text : paint('red', [text, ...rest].join(', '))];
}

function thresholds(verdicts: readonly ThresholdVerdict[], columns: number, paint: Paint): string[] {
  if (verdicts.length === 0) return [];
  const rows = verdicts.map((threshold) => [
    visibleText(threshold.text),
    threshold.value === null ? 'no data' : measure(threshold.value, threshold),
    `limit ${measure(threshold.limit, threshold)}`,
    threshold.notProven ? 'not proven' : margin(threshold.margin),
  ]);
  const lines = alignRows(rows, labelWidth(rows, columns - 4));
  return [
    'thresholds',
    ...lines.flatMap((line, i) => {
      const { passed = false, detail } = verdicts[i] ?? {};
      const colour = passed ? 'green' : 'red';
      const own = paint(colour, `  ${passed ? '✓' : '✗'} ${line}`.trimEnd());
      return detail === undefined ? [own] : [own, `      ${visibleText(detail)}`];
    }),
  ];
}

function measure(value: number, { unit, of = '' }: ThresholdVerdict): string {
  switch (unit) {
    case 'ms':
      return value < 60_000 ? `${shortMs(value)} ms` : formatMs(value);
    case 'ratio':
      return `${(value * 100).toFixed(2)}%`;
    case 'factor':
      return String(Number(value.toPrecision(3)));
    case 'per second':
      return `${metricAmountText(value, of, shortMs)}/s`;
    case 'number':
      return metricAmountText(value, of, fullNumber);
    case 'count':
      return String(value);
  }
}

function margin(ratio: number | null): string {
  if (ratio === null) return '';
  const percent = `${Math.round(Math.abs(ratio) * 100)}%`;
  return ratio < 0 ? `${percent} too far` : `${percent} of room`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
