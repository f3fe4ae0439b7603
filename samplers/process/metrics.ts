import type { Outcome } from '../../engine/model/sample.ts';
import type { Sampler } from '../../engine/model/sampler.ts';
import type { Ended } from './child.ts';
import type { TestCase } from './junit.ts';

/** What a `process` step measures besides the time of its samples; a value for each run, or for each report. */
export const processMetrics = {
  process_wall: { type: 'trend', unit: 'ms', description: 'Time of a run, from its start to its end.' },
  process_cpu_time: {
    type: 'trend',
    unit: 'ms',
    description:
      'Processor time of a run, user and system, its children included. Exact to 10 ms or better; not known of a run that was killed.',
  },
  process_peak_memory: {
    type: 'trend',
    unit: 'bytes',
    description:
      'The greatest resident size of any process of a run. On Linux only, looked at every 10 ms, after a second every 50 ms; not known of what was seen less than five times.',
  },
  process_tests: { type: 'counter', unit: 'tests', description: 'Test cases in the JUnit reports.' },
  process_failures: { type: 'counter', unit: 'tests', description: 'Test cases that failed.' },
  process_errors: { type: 'counter', unit: 'tests', description: 'Test cases that ended with an error.' },
  process_skipped: { type: 'counter', unit: 'tests', description: 'Test cases that were skipped.' },
} as const satisfies Sampler['metrics'];

export function metricsOf(
  runs: readonly Ended[],
  cases: readonly TestCase[] | null,
): NonNullable<Outcome['metrics']> {
  const count = (wanted: TestCase['result']) => cases?.filter(({ result }) => result === wanted).length ?? 0;
  return {
    process_wall: runs.map(({ wallMs }) => wallMs),
    process_cpu_time: runs.flatMap(({ cpuMs }) => cpuMs ?? []),
    process_peak_memory: runs.flatMap(({ peakMemoryBytes }) => peakMemoryBytes ?? []),
    ...(cases && {
      process_tests: cases.length,
      process_failures: count('failure'),
      process_errors: count('error'),
      process_skipped: count('skipped'),
    }),
  };
}
