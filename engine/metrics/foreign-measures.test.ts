import { describe, expect, it } from 'vitest';
import { checksMetric } from '../model/metric.ts';
import { parseThreshold } from './parse-threshold.ts';

const at = { file: 'plan.yaml', line: 1, column: 1 };
const problemOf = (text: string) => {
  const parsed = parseThreshold(text, at, [checksMetric]);
  return parsed.ok ? '' : parsed.problem.message;
};

describe('figures of other tools are pointed at ours', () => {
  it.each([
    ['p(95) < 500', 'p95(elapsed) < 500ms'],
    ['http_req_duration < 500', 'p95(elapsed) < 500ms'],
    ['p95(http_req_duration) < 500ms', 'p95(elapsed) < 500ms'],
    ['p95(response_time) < 500ms', 'p95(elapsed) < 500ms'],
    ['mean(elapsed) < 5s', 'avg(elapsed) < 200ms'],
    ['http_req_failed < 1%', 'error_rate < 1%'],
    ['rate(errors) < 1%', 'error_rate < 1%'],
    ['count(http_reqs) > 5', 'count > 100'],
    ['checks > 0.99', 'ratio(checks) > 99%'],
    ['avg(http_req_waiting) < 1s', 'p95(latency) < 200ms'],
    ['global().responseTime().percentile3().lt(500)', 'p95(elapsed) < 500ms'],
    ['p95 < 500ms', 'p95(elapsed)'],
  ])('%s', (text, pointer) => {
    expect(problemOf(text)).toContain(pointer);
  });

  it('which are thresholds', () => {
    const told = ['p', 'ttfb', 'ct', 'mean', 'median', 'failed', 'checks', 'hits'].map((word) =>
      problemOf(`${word} < 1`).replace(/^.*found/, ''),
    );
    const written = told.flatMap(
      (text) => text.match(/(?:p95|avg|med|error_rate|count|rate|ratio)\S* [<>] \d+[^,. ]*/g) ?? [],
    );
    expect(written).toHaveLength(9);
    expect(written.map(problemOf).filter(Boolean)).toEqual([]);
  });
});
