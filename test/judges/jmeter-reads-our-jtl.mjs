/**
 * JMeter judges our JTL: it reads all of it, and its dashboard of the load's rows must count what our `run.json` says of the
 * same run. Set-up and what else is beside the load counts for JMeter, and in no total of ours.
 *
 *   JMETER_HOME=… node test/judges/jmeter-reads-our-jtl.mjs out.jtl results/2026-…-quickstart
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { check, sum } from './checks.mjs';
import { compareStatistics, isTransaction } from './compare-statistics.mjs';
import { csvRows, csvText } from './csv-rows.mjs';
import { dashboardStatistics } from './jmeter.mjs';

const [jtl, resultsFolder] = process.argv.slice(2);
if (!jtl || !resultsFolder) throw new Error('expected a JTL and the results folder of the same run');

const folder = mkdtempSync(join(tmpdir(), 'loadplan-judge-'));
try {
  const result = JSON.parse(readFileSync(join(resultsFolder, 'run.json'), 'utf8'));
  const rows = csvRows(jtl);
  const load = rows.filter(({ threadName }) => !/ (set-up|warm-up|tear-down|clean-up)$/.test(threadName));
  const ofLoad = join(folder, 'load.jtl');
  writeFileSync(ofLoad, csvText(load));
  const whole = await dashboardStatistics(folder, resolve(jtl), 'whole');
  const counted = rows.filter(({ responseMessage }) => !isTransaction(responseMessage)).length;
  check(`JMeter counts all rows (${counted})`, whole.Total.sampleCount === counted);
  compareStatistics(await dashboardStatistics(folder, ofLoad, 'dashboard'), result, load);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
sum();
