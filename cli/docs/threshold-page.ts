import type { Chapter, Key } from './page.ts';

/** The rules that a run must keep: their grammar, by its parts (`engine/metrics/parse-threshold.ts`). */
export function thresholdChapter(): Chapter {
  const page = {
    name: 'thresholds',
    aliases: ['threshold'],
    description: 'Rules on the measured numbers. The run fails, with exit code 99, when one is broken.',
    written: [
      'Items of the list under `thresholds` of the plan: a measure, perhaps a selector, an operator and a limit; or a table of limits.',
      'The operators are `<`, `<=`, `>`, `>=`, `==` and `!=`.',
      'A rule that no sample of the plan can answer is a mistake before the run; one without data fails. Where nothing happened, `count` and `rate` are 0.',
      '`${name}` may stand in a rule for what is known before the run: a property, or a variable that nothing changes. `thresholds` of an environment are added to those of the plan.',
    ],
    example: { yaml },
    tables: [
      { title: 'Measures', keys: measures },
      { title: 'Trends', keys: trends },
      { title: 'Of metrics that the plan declares, and checks', keys: ofMetrics },
      { title: 'Selectors', keys: selectors },
      { title: 'Samples against others, with a `matrix`', keys: relations },
      { title: 'A table of limits', keys: tables },
    ],
  };
  return { title: 'Thresholds', one: 'rule', pages: [page] };
}

const yaml = `threadGroups:
  - name: Readers
    steps:
      - get: /healing/issues
        name: List issues
        tags: { endpoint: issues }
thresholds:
  - p95(elapsed) < 5s
  - p99.9(response){endpoint=issues} < 10s
  - avg(elapsed){name="List issues"} <= 5s
  - error_rate < 1%
  - count{endpoint=issues} >= 1`;

const measures = [
  row('avg(TREND), min(TREND), max(TREND), med(TREND)', 'duration', 'Mean, least, greatest, median.', [
    'avg(elapsed) < 300ms',
  ]),
  row(
    'pN(TREND)',
    'duration',
    'A percentile, N above 0 and up to 100: the value at the nearest rank (of 30 samples p90 is the 27th smallest), exact to 0.1 %. Of fewer than 100 samples p99 is the greatest.',
    ['p95(elapsed) < 500ms', 'p99.9(latency) < 2s'],
  ),
  row('sum(TREND)', 'duration', 'All values together.', ['sum(elapsed) < 1h']),
  row('error_rate', 'percentage or ratio', 'The share of samples that failed.', [
    'error_rate < 1%',
    'error_rate <= 0.01',
  ]),
  row('count', 'whole number', 'How many samples there were.', ['count >= 1000']),
  row(
    'rate',
    'rate',
    'Samples per second of the load; of those that a selector chooses, by the time of the thread groups that took them.',
    ['rate > 10/s'],
  ),
];

const trends = [
  row('elapsed', 'duration', 'From the start of the sample to its end: JMeter’s elapsed.', [
    'max(elapsed) < 5s',
  ]),
  row('latency', 'duration', 'From the start to the first byte of the answer.', ['max(latency) < 5s']),
  row('connect', 'duration', 'Resolving, connecting and the TLS handshake.', ['p95(connect) < 100ms']),
  row('response', 'duration', 'From when the sample was due to its end.', ['p99(response) < 1s']),
  row('lateness', 'duration', 'From when the sample was due to its start.', ['p99(lateness) < 50ms']),
];

const ofMetrics = [
  row('count(COUNTER), sum(COUNTER)', 'number', 'The sum of its values.', ['count(issues_seen) >= 5000']),
  row('rate(COUNTER)', 'rate', 'The sum per second, by the time of the thread groups that recorded it.', [
    'rate(issues_seen) > 10/s',
  ]),
  row('value(GAUGE), min(GAUGE), max(GAUGE)', 'number', 'Its last, its least and its greatest value.', [
    'value(open_issues) < 100',
  ]),
  row('ratio(RATE)', 'percentage or ratio', 'The share of its values that are true; `checks` is one.', [
    'ratio(checks){check="has items"} > 99%',
    'ratio(healed) > 0.85',
  ]),
  row(
    'p95(TREND), avg(TREND), …',
    'duration, size, percentage or number',
    'As above, in the unit of the metric: `ms` takes durations, `bytes` and `bytes/s` sizes, `ratio` percentages.',
    [
      'sum(bigquery_bytes_billed) < 1GB',
      'p95(healing_time) < 30s',
      'max(process_memory){monitor=api} < 500MB',
      'avg(machine_cpu) < 80%',
    ],
  ),
];

const selectors = [
  row(
    '{name="…"}',
    'text',
    'Samples with this label, and what their sampler measures; transactions answer to no other selector.',
    ['count{name="Log in"} >= 1', 'sum(cost){name="Daily report"} < 0.5'],
  ),
  row('{TAG=VALUE, …}', 'text', 'Samples with this tag; all pairs must fit.', [
    'p95(elapsed){endpoint=issues, team=core} < 600ms',
  ]),
];

const relations = [
  row(
    'scalability(MEASURE, AXIS)',
    'factor or percentage',
    'The measure divided by the magnitude, for each value of the axis: the greatest ratio of a larger value’s to a smaller one’s. 1 is linear.',
    ['scalability(p50(elapsed), size){component=ingestion} <= 1.2'],
  ),
  row(
    'ratio of MEASURE{…} to {…}',
    'percentage or factor',
    'The measure, divided by that of other samples.',
    ['ratio of p50(elapsed){technique=optimised} to {technique=original} <= 80%'],
  ),
  row(
    'paired ratio of TREND{…} to {…}',
    'percentage or factor',
    'The geometric mean of the ratios within the rounds of a matrix. All of its 95 % interval must keep the limit; otherwise it fails, as broken or as not proven.',
    ['paired ratio of elapsed{technique=optimised} to {technique=original} <= 90%'],
  ),
];

const tables = [
  row('measure', 'text', 'What is limited, perhaps with a selector for all.', ['measure: p95(elapsed)']),
  row('by', 'text or list', 'The tags by whose values the limits are written, outermost first.', [
    'by: [component, size]',
  ]),
  row('limits', 'map', 'A limit for each; the most that may be, unless it begins with an operator.', [
    'limits: { ingestion: { small: 1s, large: 30s } }',
  ]),
];

function row(name: string, value: string, description: string, examples: readonly string[]): Key {
  const written = examples.map((example) => `\`${example}\``);
  return { name, required: false, value, default: '', description, examples: written };
}
