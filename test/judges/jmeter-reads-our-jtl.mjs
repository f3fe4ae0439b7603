/**
 * JMeter judges our JTL: its dashboard must count what our `run.json` says of the same run.
 *
 *   JMETER_HOME=… node test/judges/jmeter-reads-our-jtl.mjs out.jtl results/2026-…-quickstart
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sum } from './checks.mjs';
import { compareStatistics } from './compare-statistics.mjs';
import { csvRows } from './csv-rows.mjs';
import { dashboardStatistics } from './jmeter.mjs';

const [jtl, resultsFolder] = process.argv.slice(2);
if (!jtl || !resultsFolder) throw new Error('expected a JTL and the results folder of the same run');

const folder = mkdtempSync(join(tmpdir(), 'loadplan-judge-'));
try {
  const result = JSON.parse(readFileSync(join(resultsFolder, 'run.json'), 'utf8'));
  const statistics = await dashboardStatistics(folder, resolve(jtl), 'dashboard');
  compareStatistics(statistics, result, csvRows(jtl));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
sum();
