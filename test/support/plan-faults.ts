import type { Fault } from '../../sandbox/faults.ts';

type Asked = Partial<Omit<Fault, 'kind' | 'path'>> & Pick<Fault, 'kind' | 'path'>;

/** How one run of a plan is spoilt. */
export interface SpoiltRun {
  /** Properties that make the run short, and limits that would take minutes to break. */
  readonly settings: readonly string[];
  /** Of the sandbox, from its start. */
  readonly sandbox?: Readonly<Record<string, string | number>>;
  /** Asked for when set-up is done. Those of one kind and path come one after the other. */
  readonly faults?: readonly Asked[];
  /** The thread group whose users ask for the faults, instead. */
  readonly from?: string;
  /** Files for its commands. */
  readonly files?: Readonly<Record<string, string>>;
}

const often = 100_000;
const queries = '/bigquery/v2/projects/*/queries';
const jobs = '*/jobs';
const objects = '/upload/storage/*';
const rows = ['-Jsmall_rows=100', '-Jmedium_rows=101', '-Jlarge_rows=102'];
const limits = (ms: number) => ['small', 'medium', 'large'].map((size) => `-Jlimit_${size}=${ms}ms`);
const rounds = ['-Jiterations=1', '-Jwarm_up=0'];

/** A delay of each of the requests that come next to a path; 0 spares one. */
function delays(path: string, inTurnMs: readonly number[], method = '*'): Asked[] {
  return inTurnMs.map((delayMs) => ({ kind: 'delay', path, method, delayMs }));
}

const times = <Value>(count: number, ...values: readonly Value[]): Value[] =>
  Array.from({ length: count }, () => values).flat();

/** One request that takes more than a second, some beyond the median, and a rest that is spared. */
function mostlySlow(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => (index === 0 ? 1100 : index <= count / 2 ? 220 : 0));
}

const slowAndFailing: SpoiltRun = {
  settings: [
    ...['-Jusers=20', '-Jduration=4s', '-Jpeak_users=8', '-Jramp_up=0s', '-Jramp_duration=4s'],
    ...['-Jthink=10ms..20ms', '-Jthink_short=10ms..20ms', '-Jpoll=300ms', '-Jlimit_healing=1s'],
  ],
  // With this seed set-up is spared.
  sandbox: { latency: '1200ms', errorRate: '25%', seed: 15 },
};

const report = (cases: string) =>
  `import { writeFileSync } from 'node:fs';
writeFileSync(process.argv[2], \`<testsuite>${cases}</testsuite>\`);`;
const failedTests =
  '<testcase name="a repaired order is good" time="6"/><testcase name="b" time="1"><failure/></testcase><testcase name="c" time="1"><error/></testcase>';
const spoiltJob = `const rows = Number(process.argv[2]);
const endMs = performance.now() + (rows > 101 ? 900 : 60);
while (performance.now() < endMs) Math.sqrt(endMs);
console.log(JSON.stringify({ rows: 7 }));`;

/** By plan: runs that together break every threshold. */
export const spoiltRuns: Readonly<Record<string, readonly SpoiltRun[]>> = {
  'quickstart.yaml': [slowAndFailing],
  'api-load.yaml': [slowAndFailing],
  'ingestion-load.yaml': [slowAndFailing],
  'healing-load.yaml': [
    slowAndFailing,
    {
      settings: [
        ...['-Jusers=8', '-Jduration=3s', '-Jpeak_users=2', '-Jramp_up=0s', '-Jramp_duration=1s'],
        ...['-Jthink=1ms..2ms', '-Jpoll=100ms', '-Jlimit_healing=1s'],
      ],
      sandbox: { latency: '10ms', healing: '1200ms' },
    },
    {
      settings: [
        ...['-Jusers=8', '-Jduration=4s', '-Jpeak_users=2', '-Jramp_up=0s', '-Jramp_duration=1s'],
        ...['-Jthink=1ms..2ms', '-Jpoll=50ms'],
      ],
      sandbox: { healing: '50ms' },
      faults: [{ kind: 'status', path: '/api/healing/feedback', times: often }],
    },
  ],
  'user-mix.yaml': [slowAndFailing],
  'smoke.yaml': [
    {
      settings: [
        ...['-Jrounds=1', '-Jrows=100', '-Jupload=1MB', '-Jjob=node spoilt-job.mjs 100'],
        ...['-Jlimit_query=500ms', '-Jlimit_ingestion=500ms', '-Jlimit_detection=400ms'],
        ...['-Jlimit_healing=400ms', '-Jlimit_job=50ms'],
      ],
      sandbox: { latency: '600ms', detection: '500ms', healing: '500ms' },
      faults: [
        { kind: 'wrongBytes', path: queries, times: often },
        { kind: 'status', path: '/api/healing/issues', times: 2 },
      ],
      files: { 'spoilt-job.mjs': spoiltJob.replace('{ rows: 7 }', '{}') },
    },
  ],
  'bigquery.yaml': [
    {
      settings: [...rounds, ...rows, ...limits(100), '-Jlimit_slower=20%'],
      faults: [
        { kind: 'status', path: queries, times: 1 },
        ...delays(queries, times(3, 0, 0, 0, 150)).slice(1),
        // Both forms of eight queries, size by size; what is larger is slower, and so are the optimised ones.
        ...delays(queries, times(8, 0, 150, 0, 150, 250, 600)),
        ...times<Asked>(24, { kind: 'wrongBytes', path: queries, factor: 10_000, skip: 1 }).map(
          (fault, index): Asked => (index === 0 ? { ...fault, skip: 12 } : fault),
        ),
      ],
    },
  ],
  'endurance.yaml': [
    {
      settings: [
        ...[
          '-Jusers=20',
          '-Jduration=1s',
          '-Jedge=3s',
          '-Jthink=100ms..200ms',
          '-Jrows=100',
          '-Jfile_rows=10',
        ],
        ...['-Jlimit_detection=100ms', '-Jlimit_query=500ms', '-Jlimit_upload=100ms'],
        ...['-Jlimit_memory=1MB', '-Jlimit_machine=1%'],
      ],
      sandbox: { errorRate: '10%', seed: 3 },
      from: 'Last',
      faults: [
        { kind: 'delay', path: '/api/*', method: 'GET', times: often, delayMs: 1500 },
        { kind: 'status', path: queries, times: 4 },
        { kind: 'delay', path: queries, times: often, delayMs: 1500 },
        { kind: 'delay', path: objects, times: often, delayMs: 1500 },
      ],
    },
  ],
  'healing.yaml': [
    {
      settings: [
        ...['-Jiterations=1', '-Jrows=100', '-Jpoll=30ms', '-Jlimit=20s'],
        ...['-Jlimit_detection=50ms', '-Jlimit_healing=50ms', '-Jlimit_line=100%'],
      ],
      sandbox: { detection: '100ms', healing: '100ms' },
      faults: [
        { kind: 'status', path: '/api/healing/inject', status: 500, skip: 3 },
        { kind: 'delay', path: '/api/healing/issues*', times: often, delayMs: 0, growsByMs: 2 },
      ],
    },
  ],
  'ingestion.yaml': [
    {
      settings: [
        ...[...rounds, '-Jpoll=50ms', '-Jhuge=1MB', '-Jprocessed_rows=1000'],
        ...['-Jsmall=100', '-Jmedium=101', '-Jlarge=102', ...limits(40)],
      ],
      faults: [
        // Rows that were loaded are not to be had.
        { kind: 'status', path: '/api/executions/*', times: often },
        { kind: 'delay', path: objects, times: 12, delayMs: 50, growsByMs: 60 },
        { kind: 'delay', path: objects, times: often, delayMs: 1000 },
        { kind: 'delay', path: '*/insertAll', skip: 1, delayMs: 2000 },
        { kind: 'delay', path: jobs, method: 'POST', times: often, delayMs: 60 },
      ],
    },
  ],
  'components/api.yaml': [
    {
      settings: [
        ...[...rounds, '-Jrequests=1', '-Jbursts=1', '-Jthink=10ms..20ms'],
        ...['-Jsteady_edge=1500ms', '-Jsteady_middle=1s'],
      ],
      faults: [
        { kind: 'status', path: '/api/no-such-thing' },
        // Ingestion and the other four areas, then 10, 20 and 50 users.
        ...delays(
          '/api/*',
          [9, 8, 8, 7, 7].flatMap((count) => mostlySlow(count)),
        ),
        ...delays('/api/sources', [...times(30, 520), ...times(50, 1100)]),
        { kind: 'status', path: '/api/healing/issues', times: often },
        ...delays('/api/sources/none', [600]),
        { kind: 'delay', path: '/api/*', method: 'GET', times: often, delayMs: 0, growsByMs: 5 },
      ],
    },
  ],
  'components/batch-jobs.yaml': [
    {
      settings: [
        ...[...rounds, ...rows, ...limits(20)],
        ...['-Jjob=node spoilt-job.mjs', '-Jtests=node spoilt-tests.mjs report.xml', '-Jreport=report.xml'],
      ],
      files: { 'spoilt-job.mjs': spoiltJob, 'spoilt-tests.mjs': report(failedTests) },
    },
    {
      settings: [
        ...[...rounds, ...rows],
        ...['-Jjob=node spoilt-job.mjs', '-Jtests=node spoilt-tests.mjs report.xml', '-Jreport=report.xml'],
      ],
      files: {
        'spoilt-job.mjs': `${spoiltJob}\nprocess.exitCode = 1;`,
        'spoilt-tests.mjs': report(''),
      },
    },
  ],
  'components/healing.yaml': [
    {
      settings: [
        ...[...rounds, '-Jlimit=300ms', '-Jpoll=50ms', '-Jcertain=0', '-Jlargest_batch=2'],
        ...['-Jsmall_rows=20', '-Jmedium_rows=20', '-Jlarge_rows=20'],
      ],
      sandbox: { detection: '200ms', healing: '5s' },
      faults: [
        // Four issues of each complexity, one of them slow; then end to end, and a batch of one.
        ...delays('*/analyze', [...times(3, 900, 0, 0, 0), ...times(3, 0), 0]),
        // A batch of two in which each takes long; those of ten and fifty come before it.
        ...delays('*/analyze', times(20, 0)),
        { kind: 'status', path: '*/analyze', times: 20 },
        ...delays('*/analyze', [...times(20, 0), 1500, 1500, ...times(36, 850)]),
        ...delays('*/predict', [...times(3, 510, 0, 0), ...times(3, 0), ...times(36, 510)]),
      ],
    },
  ],
  'components/ingestion.yaml': [
    {
      settings: [...rounds, ...rows, '-Jmedium_pages=2', '-Jlarge_pages=2', ...limits(60)],
      faults: [
        ...delays('/storage/v1/b/*/o/*', [...times(2, 100, 0, 0, 0), ...times(4, 800)], 'GET'),
        ...delays(queries, [0, 100, 0, 100, 900, 900]),
        ...delays(jobs, [...times(2, 100, 0, 0, 0), ...times(4, 800)], 'POST'),
        ...delays('*/records', [600, 600]),
        { kind: 'status', path: '*/records' },
        ...delays('*/records', [600, 600]),
      ],
    },
  ],
  'components/quality.yaml': [
    {
      settings: [...rounds, ...rows, ...limits(60), '-Jlimit_validation=500ms'],
      faults: [
        ...delays(queries, [100, 0]),
        { kind: 'status', path: queries },
        ...delays(queries, [0, 0, 100, 0, 0, 0, 0, ...times(5, 400)]),
        { kind: 'delay', path: '/api/quality/*', times: often, delayMs: 600 },
      ],
    },
  ],
};
