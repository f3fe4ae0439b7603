/**
 * What other tools call a thing, and how it is said here. By the word in lower case, without `-` and `_`; the tools are
 * k6, Locust, Artillery, Gatling, Taurus and JMeter.
 */
const pointers: Readonly<Record<string, string>> = {
  ...named('A pause is a step: "- pause: 1s..3s".', [
    'sleep',
    'wait',
    'waittime',
    'think',
    'thinktime',
    'delay',
    'pacing',
  ]),
  ...named('Users are "threads: 20" of a thread group.', [
    'vus',
    'users',
    'virtualusers',
    'concurrency',
    'concurrent',
    'numthreads',
    'usercount',
    'maxvus',
    'preallocatedvus',
  ]),
  ...named('How often each user goes through its steps is "loops: 10" of a thread group.', [
    'iterations',
    'iteration',
    'loopcount',
    'repeat',
    'count',
  ]),
  ...named(
    'A thread group has "threads", "rampUp: 30s" and "duration: 5m"; stages and arrival rates are not there yet.',
    [
      'stages',
      'phases',
      'executor',
      'arrivalrate',
      'arrivalcount',
      'constantarrivalrate',
      'rampingvus',
      'rampto',
    ],
  ),
  ...named('A rate is kept by a timer: "timers: [{ throughput: 10/s }]".', [
    'rps',
    'qps',
    'tps',
    'ratelimit',
    'throughput',
    'rate',
    'requestspersecond',
  ]),
  ...named('The time until all users have started is "rampUp: 30s".', [
    'spawnrate',
    'hatchrate',
    'ramptime',
    'rampupperiod',
  ]),
  ...named('How long a thread group runs is "duration: 5m".', [
    'holdfor',
    'runtime',
    'runfor',
    'gracefulstop',
  ]),
  ...named('Weights stand in the branches of "choose", shares of users in "share" of a thread group.', [
    'weight',
    'weights',
    'fixedcount',
  ]),
  ...named('Who does what stands in "threadGroups", steps that several share in "flows".', [
    'scenarios',
    'scenario',
    'execution',
    'options',
    'threadgroup',
  ]),
  ...named('What users do is a list of "steps", each such as "- get: /path".', [
    'requests',
    'request',
    'tasks',
    'actions',
    'flow',
    'exec',
  ]),
  ...named(
    'What an answer must be is "expect: 200" and "assert: […]" beside the step; what only counts is "check: […]".',
    ['checks', 'assertions', 'assertion', 'validate', 'expectedstatus', 'expectstatus', 'statuscode'],
  ),
  ...named('A value of an answer becomes a variable by "extract: { id: $.id }" beside the step.', [
    'capture',
    'captures',
    'extractjsonpath',
    'extractregexp',
    'save',
  ]),
  ...named(
    'Values are "properties" (set by -Jname=value) and "variables"; sets of them are "environments".',
    ['env', 'vars', 'variable', 'parameters', 'config', 'settings'],
  ),
  ...named('Rows of a file are "data: { rows: { csv: users.csv } }".', [
    'payload',
    'feeder',
    'feeders',
    'csv',
  ]),
  ...named(
    'Headers stand within the step, "get: { path: /, headers: {…} }", or in "defaults: { http: { headers: {…} } }".',
    ['headers', 'header'],
  ),
  ...named('The server stands in "defaults: { http: { baseUrl: https://… } }".', [
    'baseurl',
    'host',
    'defaultaddress',
    'domain',
    'hostname',
    'protocol',
    'port',
  ]),
  ...named('A step is named by its method: "- get: /path", "- post: { path: /path, json: {…} }".', [
    'url',
    'method',
  ]),
  ...named(
    'A server stands in "defaults: { http: { baseUrl: https://… } }", the number of users in "threads".',
    ['target'],
  ),
  ...named('Steps with a name and a time of their own are "- transaction: Name" with "steps" beside it.', [
    'group',
    'trans',
  ]),
  ...named(
    'Time limits stand within the step, "get: { path: /, timeout: 5s }", or in "defaults: { http: { timeout: 5s } }".',
    ['timeout', 'requesttimeout', 'httptimeout'],
  ),
  ...named('Conditions are "if", loops "while", "loop" and "forEach"; a guard beside any step is "when".', [
    'ifelse',
    'condition',
    'iftrue',
  ]),
};

function named(pointer: string, words: readonly string[]): Record<string, string> {
  return Object.fromEntries(words.map((word) => [word, pointer]));
}

/** ` A pause is a step: "- pause: 1s..3s".` for a word of another tool that is unknown here; else nothing. */
export function foreignWord(word: string): string {
  const plain = word
    .slice(0, 40)
    .toLowerCase()
    .replaceAll(/[-_\s]/g, '');
  return Object.hasOwn(pointers, plain) ? ` ${pointers[plain]}` : '';
}
