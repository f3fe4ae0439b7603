/** An option of another tool, and what to write instead, as a sentence; GIVEN stands for what was given. */
export interface ForeignOption {
  readonly instead: string;
  readonly takesValue: boolean;
}

/** Of k6, Locust, Artillery, Gatling, Taurus, wrk, ab, hey and oha. */
const all: Readonly<Record<string, ForeignOption>> = {
  ...named('the number of users is set by: --threads GIVEN', true, [
    ...[
      'vus',
      'users',
      'concurrency',
      'connections',
      'clients',
      'num-users',
      'max',
      'virtual-users',
      'count',
    ],
    ...['max-vus', 'workers-count', 'thread'],
  ]),
  ...named('how often each user goes through its steps is set by: --loops GIVEN', true, [
    ...['requests', 'n-requests', 'num', 'number', 'repeat', 'iteration'],
  ]),
  ...named('how long the load lasts is set by: --duration GIVEN', true, [
    ...['run-time', 'time', 'hold-for', 'test-time', 'max-duration', 'timelimit'],
  ]),
  ...named('the time until all users have started stands in the plan, as "rampUp" of a thread group', true, [
    ...['spawn-rate', 'hatch-rate', 'ramp-up', 'rampup', 'stage', 'stages', 'ramp'],
  ]),
  ...named('a rate is kept by a timer in the plan, "timers: [{ throughput: 10/s }]"', true, [
    ...['rps', 'rate', 'qps', 'throughput', 'latency-correction', 'rate-limit'],
  ]),
  ...named('the server is a property of the plan: declare one, and set it by -JNAME=GIVEN', true, [
    ...['host', 'target', 'base-url', 'url', 'address'],
  ]),
  ...named('values are properties of the plan: declare one, and set it by -JNAME=GIVEN', true, [
    ...[
      'env',
      'variables',
      'var',
      'variable',
      'overrides',
      'param',
      'define',
      'set',
      'payload',
      'dotenv',
      'env-file',
    ],
  ]),
  ...named('results are in the results folder, whose place is set by: --results GIVEN', true, [
    ...[
      'out',
      'output',
      'o',
      'results-folder',
      'results-dir',
      'report',
      'html',
      'csv',
      'summary-export',
      'csv-prefix',
    ],
  ]),
  ...named('the plan is the argument. Write: plan run GIVEN', true, [
    'locustfile',
    'script',
    'plan',
    'file',
    'simulation',
  ]),
  ...named('a thread group is chosen by: --group GIVEN', true, [
    'scenario',
    'scenarios',
    'scenario-name',
    'user-class',
  ]),
  ...named('tags choose steps by: --tags GIVEN; samples get theirs in the plan, by "tags"', true, [
    'tag',
    'include-tags',
  ]),
  ...named('an environment of the plan is chosen by: -e GIVEN', true, [
    'environment-name',
    'profile',
    'stage-name',
  ]),
  ...named('headers, time limits and the like stand in the plan, in "defaults: { http: {…} }"', true, [
    ...[
      'header',
      'headers',
      'timeout',
      'user-agent',
      'method',
      'body',
      'data',
      'cookie',
      'dns',
      'resolve',
      'hosts',
    ],
  ]),
  ...named('a proxy is named by -H HOST -P PORT, by "proxy" in the plan, or by HTTP_PROXY', true, [
    'proxy',
    'http-proxy',
  ]),
  ...named('any certificate is accepted with "defaults: { http: { insecure: true } }" in the plan', false, [
    ...['insecure', 'insecure-skip-tls-verify', 'k', 'disable-keepalive', 'no-check-certificate'],
  ]),
  ...named('runs are never graphical: leave it out', false, [
    'headless',
    'no-web',
    'autostart',
    'gui',
    'no-ui',
  ]),
  ...named('all that a plan does is shown by: plan explain PLAN', false, [
    'dry-run',
    'dryrun',
    'list',
    'check',
    'lint',
  ]),
  ...named('one user and one pass, step by step, are shown by: plan run --once', false, [
    'verbose',
    'debug',
    'http-debug',
  ]),
  ...named('less is printed with: --quiet', false, [
    'no-summary',
    'silent',
    'only-summary',
    'no-usage-report',
    'no-thresholds',
  ]),
  ...named('a plan runs on one machine, in worker threads (--workers N): leave it out', true, [
    ...['master', 'worker', 'slave', 'expect-workers', 'master-host', 'execution-segment', 'solo'],
  ]),
};

function named(
  instead: string,
  takesValue: boolean,
  words: readonly string[],
): Record<string, ForeignOption> {
  return Object.fromEntries(words.map((word) => [word, { instead, takesValue }]));
}

/** `--vus`, `--spawn_rate`: an option of another tool. */
export function foreignOption(name: string): ForeignOption | undefined {
  const plain = name.replace(/^--?/, '').toLowerCase().replaceAll('_', '-');
  return name.startsWith('-') && Object.hasOwn(all, plain) ? all[plain] : undefined;
}

/** ` For 10 users write --threads 10.`: what a letter means elsewhere, told beside what it means here; else nothing. */
export function elsewhereMeant(letter: string, value: string | undefined): string {
  if (value === undefined) return '';
  if (/^\d+$/.test(value)) {
    if (letter === '-u' || letter === '-c') return ` For ${value} users write --threads ${value}.`;
    if (letter === '-i') return ` For ${value} iterations write --loops ${value}.`;
  }
  return letter === '-d' && /^\d+(?:ms|s|m|h)$/.test(value)
    ? ` For a run of ${value} write --duration ${value}.`
    : '';
}
