import { lettersOf, named } from './named.ts';

/**
 * What other tools call a thing, and how it is said here. By the word in lower case, without `-` and `_`; the tools are
 * k6, Locust, Artillery, Gatling, Taurus and JMeter.
 */
const pointers: Readonly<Record<string, string>> = {
  ...named('A pause is a step: "- pause: 1s..3s".', [
    ...[
      'sleep',
      'wait',
      'waittime',
      'minwait',
      'maxwait',
      'think',
      'thinktime',
      'delay',
      'between',
      'pacing',
    ],
    ...['constantpacing', 'rampupdelay', 'pausebetween'],
  ]),
  ...named('Users are "threads: 20" of a thread group.', [
    ...['vus', 'users', 'virtualusers', 'concurrency', 'concurrent', 'numthreads', 'usercount', 'numusers'],
    ...['maxvus', 'preallocatedvus', 'startvus', 'maxvusers', 'vusers', 'peakconcurrency', 'atonceusers'],
    ...['constantconcurrentusers', 'connections', 'clients'],
  ]),
  ...named('How often each user goes through its steps is "loops: 10" of a thread group.', [
    ...[
      'iterations',
      'iteration',
      'loopcount',
      'loopscount',
      'repeat',
      'repeats',
      'count',
      'times',
      'forever',
    ],
    ...['continueforever'],
  ]),
  ...named(
    'A thread group has "threads", "rampUp: 30s" and "duration: 5m"; stages and arrival rates are not there yet.',
    [
      ...['stages', 'phases', 'executor', 'arrivalrate', 'arrivalcount', 'constantarrivalrate', 'rampingvus'],
      ...['rampto', 'rampusers', 'rampusersper', 'constantuserspersec', 'rampuserspersec', 'stresspeakusers'],
      ...['rampconcurrentusers', 'incrementuserspersec', 'inject', 'injectopen', 'injectclosed', 'stepping'],
      ...['startrate', 'timeunit', 'rampingarrivalrate', 'loadprofile', 'load', 'shape', 'loadtestshape'],
    ],
  ),
  ...named('A rate is kept by a timer: "timers: [{ throughput: 10/s }]".', [
    ...['rps', 'qps', 'tps', 'ratelimit', 'throughput', 'rate', 'requestspersecond', 'reachrps', 'throttle'],
    ...['constantthroughput', 'maxrps'],
  ]),
  ...named('The time until all users have started is "rampUp: 30s".', [
    ...['spawnrate', 'hatchrate', 'ramptime', 'rampupperiod', 'rampuptime', 'rampduring', 'rampdown'],
  ]),
  ...named('How long a thread group runs is "duration: 5m".', [
    ...['holdfor', 'hold', 'runtime', 'runfor', 'during', 'maxduration', 'testduration', 'scheduler'],
  ]),
  ...named('How long users may take to finish is said on the command line: "plan run --grace 30s".', [
    ...['gracefulstop', 'gracefulrampdown', 'stoptimeout'],
  ]),
  ...named('A thread group starts later by "delay: 30s", or by "startAfter: Name" of another one.', [
    ...['starttime', 'startdelay', 'initialdelay', 'startat', 'nothingfor'],
  ]),
  ...named('Weights stand in the branches of "choose", shares of users in "share" of a thread group.', [
    ...['weight', 'weights', 'fixedcount', 'randomswitch', 'rendezvous'],
  ]),
  ...named('Who does what stands in "threadGroups", steps that several share in "flows".', [
    ...[
      'scenarios',
      'scenario',
      'execution',
      'options',
      'threadgroup',
      'userclasses',
      'simulation',
      'testplan',
    ],
    ...['setupscenario', 'population', 'populations', 'protocols'],
  ]),
  ...named('What users do is a list of "steps", each such as "- get: /path".', [
    ...['requests', 'request', 'tasks', 'task', 'actions', 'flow', 'exec', 'execute', 'sampler', 'samplers'],
    ...['taskset', 'testcase', 'script', 'sequence'],
  ]),
  ...named('Several steps at a time are "- parallel:" with "steps" beside it.', [
    'batch',
    'httpbatch',
    'par',
  ]),
  ...named(
    'What an answer must be is "expect: 200" and "assert: […]" beside the step; what only counts is "check: […]".',
    [
      ...['checks', 'assertions', 'assertion', 'validate', 'expectedstatus', 'expectstatus', 'statuscode'],
      ...['status', 'responsecallback', 'expectedstatuses', 'assertjsonpath', 'assertstatus', 'tests'],
    ],
  ),
  ...named('A value of an answer becomes a variable by "extract: { id: $.id }" beside the step.', [
    ...[
      'capture',
      'captures',
      'extractjsonpath',
      'extractregexp',
      'extractxpath',
      'extractcss',
      'save',
      'saveas',
    ],
    ...['extractors', 'extractor', 'correlate'],
  ]),
  ...named(
    'Values are "properties" (set by -Jname=value) and "variables"; sets of them are "environments".',
    [
      ...[
        'env',
        'vars',
        'variable',
        'parameters',
        'config',
        'settings',
        'environment',
        'property',
        'setvariables',
      ],
      ...['userdefinedvariables', 'constants'],
    ],
  ),
  ...named('Rows of a file are "data: [{ csv: users.csv }]".', [
    ...['payload', 'feeder', 'feeders', 'feed', 'csv', 'datasources', 'dataset', 'csvdataset', 'datafile'],
  ]),
  ...named('What must hold of the figures is a list of "thresholds", such as "p95(elapsed) < 500ms".', [
    ...['ensure', 'passfail', 'criteria', 'slo', 'slos', 'limits', 'failon', 'conditions'],
  ]),
  ...named('Where results go is a list of "listeners"; run.json, the JTL and a table come anyway.', [
    ...[
      'reporting',
      'reports',
      'report',
      'outputs',
      'output',
      'plugins',
      'summary',
      'results',
      'handlesummary',
    ],
  ]),
  ...named('What runs beside a step is "before" and "after" it, JavaScript is "script".', [
    ...[
      'beforerequest',
      'afterresponse',
      'beforescenario',
      'afterscenario',
      'processor',
      'function',
      'hooks',
    ],
    ...['jsr223', 'javascript', 'beanshell', 'prescript', 'postscript', 'preprocessors', 'postprocessors'],
  ]),
  ...named(
    'What each user does once is "setUp" and "tearDown" of its thread group; what the run does, of the plan.',
    [
      ...[
        'onstart',
        'onstop',
        'before',
        'after',
        'teststart',
        'teststop',
        'init',
        'initialize',
        'beforeall',
        'afterall',
      ],
    ],
  ),
  ...named(
    'Headers stand within the step, "get: { path: /, headers: {…} }", or in "defaults: { http: { headers: {…} } }".',
    ['headers', 'header', 'useragent', 'contenttype', 'accept', 'acceptheader', 'authorization'],
  ),
  ...named('The server stands in "defaults: { http: { baseUrl: https://… } }".', [
    ...[
      'baseurl',
      'host',
      'defaultaddress',
      'domain',
      'hostname',
      'protocol',
      'port',
      'server',
      'address',
      'base',
    ],
  ]),
  ...named('A step is named by its method: "- get: /path", "- post: { path: /path, json: {…} }".', [
    ...['url', 'method', 'uri', 'verb', 'http', 'endpoint', 'path'],
  ]),
  ...named(
    'A server stands in "defaults: { http: { baseUrl: https://… } }", the number of users in "threads".',
    ['target'],
  ),
  ...named('Steps with a name and a time of their own are "- transaction: Name" with "steps" beside it.', [
    ...['group', 'trans', 'groups', 'transactions', 'block'],
  ]),
  ...named(
    'Time limits stand within the step, "get: { path: /, timeout: 5s }", or in "defaults: { http: { timeout: 5s } }".',
    ['timeout', 'requesttimeout', 'httptimeout', 'responsetimeout', 'connecttimeout', 'timeouts'],
  ),
  ...named('Conditions are "if", loops "while", "loop" and "forEach"; a guard beside any step is "when".', [
    ...['ifelse', 'condition', 'iftrue', 'doif', 'doifelse', 'whiletrue', 'until', 'aslongas', 'foreachloop'],
  ]),
  ...named('What repeats until a condition holds is "- poll: CONDITION" with "steps" beside it.', [
    ...['retry', 'retries', 'tryMax', 'trymax', 'attempts', 'maxretries', 'retrycount'],
  ]),
  ...named('What a failure ends is said by "onError" of the thread group.', [
    ...['onsampleerror', 'stoponerror', 'failfast', 'abortonfail', 'exitherefailed', 'exithereiffailed'],
  ]),
};

/** ` A pause is a step: "- pause: 1s..3s".` for a word of another tool; else nothing. */
export function foreignWord(word: string): string {
  const plain = lettersOf(word);
  return Object.hasOwn(pointers, plain) ? ` ${pointers[plain]}` : '';
}
