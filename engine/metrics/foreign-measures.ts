/** Figures as other tools name them, and how a threshold on them is written here. */
const pointers: Readonly<Record<string, string>> = {
  ...named('Times of samples are written p95(elapsed) < 500ms.', [
    ...['p', 'percentile', 'perc', 'pct', 'quantile', 'http_req_duration', 'response_time', 'responseTime'],
    ...[
      'responsetime',
      'duration',
      'iteration_duration',
      'group_duration',
      'http.response_time',
      'rt',
      'percentile1',
    ],
    ...['percentile2', 'percentile3', 'percentile4', 'global', 'forAll', 'details', 'time', 'times'],
  ]),
  ...named('The time until the first byte is written p95(latency) < 200ms.', [
    ...['http_req_waiting', 'ttfb', 'lt', 'firstByte'],
  ]),
  ...named('The time until a connection stands is written p95(connect) < 50ms.', [
    ...['http_req_connecting', 'http_req_tls_handshaking', 'http_req_blocked', 'ct'],
  ]),
  ...named('The average is written avg(elapsed) < 200ms.', ['mean', 'average', 'avg_rt']),
  ...named('The median is written med(elapsed) < 200ms.', ['median', 'p50th']),
  ...named('The share of failures is written error_rate < 1%.', [
    ...[
      'http_req_failed',
      'failed',
      'failures',
      'fail',
      'errors',
      'error',
      'errorRate',
      'maxErrorRate',
      'fail_ratio',
    ],
    ...[
      'failedRequests',
      'failureRate',
      'success',
      'successRate',
      'succ',
      'successfulRequests',
      'vusers.failed',
    ],
  ]),
  ...named('The number of samples is written count > 100, how many a second rate > 10/s.', [
    ...[
      'http_reqs',
      'hits',
      'requests',
      'http.requests',
      'iterations',
      'throughput',
      'rps',
      'requestsPerSec',
    ],
    ...['http.request_rate', 'samples', 'allRequests', 'qps', 'tps'],
  ]),
  ...named('The share of checks that held is written ratio(checks) > 99%.', [
    'checks',
    'check',
    'assertions',
  ]),
};

function named(pointer: string, words: readonly string[]): Record<string, string> {
  return Object.fromEntries(words.map((word) => [word, pointer]));
}

/** ` The share of failures is written error_rate < 1%.` for the word of another tool; else nothing. */
export function foreignMeasure(word: string): string {
  return Object.hasOwn(pointers, word) ? ` ${pointers[word]}` : '';
}
