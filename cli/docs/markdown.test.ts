import { expect, it } from 'vitest';
import { parseThreshold } from '../../engine/metrics/parse-threshold.ts';
import { checksMetric, type Metric } from '../../engine/model/metric.ts';
import { planLanguage } from './markdown.ts';
import { thresholdChapter } from './threshold-page.ts';

const text = planLanguage().trimEnd();

it('the contents lead to headings, each to another', () => {
  const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);
  const headings = [...text.matchAll(/^###? (.*)$/gm)].map(([, heading = '']) => heading);
  expect(new Set(links).size).toBe(links.length);
  // All but the contents themselves.
  expect(links).toHaveLength(headings.length - 1);
  expect(links).toEqual(expect.arrayContaining(['while', 'header', 'header-1', 'jtl-csv']));
});

it('every row of a table has as many cells as its head', () => {
  const cells = (line: string) => line.replaceAll('\\|', '').split('|').length;
  const tables = text.split('\n\n').filter((block) => block.startsWith('| '));
  expect(tables.length).toBeGreaterThan(50);
  for (const table of tables) {
    const rows = table.split('\n');
    expect(new Set(rows.map(cells)).size, rows[0]).toBe(1);
  }
});

it('every example of a threshold is one', () => {
  const examples = thresholdChapter().pages.flatMap(({ tables }) =>
    tables.flatMap(({ keys }) => keys.flatMap((key) => key.examples.map((one) => one.slice(1, -1)))),
  );
  expect(examples.length).toBeGreaterThan(10);
  const metric = (name: string, type: Metric['type'], unit = '') => ({ name, type, unit, description: '' });
  const metrics = [
    metric('issues_seen', 'counter'),
    metric('open_issues', 'gauge'),
    metric('healed', 'rate'),
    metric('healing_time', 'trend', 'ms'),
    metric('process_memory', 'trend', 'bytes'),
    metric('bigquery_bytes_billed', 'trend', 'bytes'),
    metric('cost', 'trend'),
    metric('machine_cpu', 'trend', 'ratio'),
    checksMetric,
  ];
  const at = { file: 'x', line: 1, column: 1 };
  const sizes = ['small', 'large'].map((name, index) => ({ name, magnitude: 10 ** (3 + index) }));
  const axes = [{ name: 'size', values: sizes }];
  // The keys of a table of limits are no rules; plans with tables are run as they stand in the guide.
  const rules = examples.filter((example) => /[<>]/.test(example));
  expect(rules.length).toBeGreaterThan(15);
  expect(rules.filter((rule) => !parseThreshold(rule, at, metrics, axes).ok)).toEqual([]);
});
