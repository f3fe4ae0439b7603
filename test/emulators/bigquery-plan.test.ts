import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startEmulator } from '../../sandbox/bigquery/test-support/emulator.ts';
import { workshop } from '../support/workshop-and-target.ts';

const binary = process.env['LOADPLAN_BIGQUERY_EMULATOR'];
const plan = join(import.meta.dirname, '..', '..', 'plans', 'bigquery.yaml');

it.skipIf(binary === undefined)(
  'plans/bigquery.yaml runs whole on bigquery-emulator',
  async () => {
    const emulator = await startEmulator(binary ?? '');
    try {
      // It joins by nested loops: few rows.
      const sizes = ['-Jsmall_rows=40', '-Jmedium_rows=60', '-Jlarge_rows=80'];
      const rounds = ['-Jiterations=1', '-Jwarm_up=0', ...sizes];
      const server = [
        '-e',
        'emulator',
        '-Jproject_id=sandbox-project',
        `-Jbigquery_endpoint=${emulator.url}`,
      ];
      await workshop.plan('run', plan, ...server, ...rounds);
      const { verdict, total, checks = [], failures } = workshop.runJson();
      // Times depend on the machine.
      expect(verdict.reasons.filter((reason) => !reason.includes('elapsed'))).toEqual([]);
      expect([total.count, total.errors, failures]).toEqual([66, 0, []]);
      expect(checks.map(({ check, failures: failed }) => [check, failed])).toEqual([
        ['tables have all their rows', 0],
        ['nothing comes from the cache', 0],
        ['both forms give the same rows', 0],
      ]);
    } finally {
      emulator.stop();
    }
  },
  180_000,
);
