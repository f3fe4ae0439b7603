/**
 * The other way round: JMeter writes a JTL against our sandbox, and `plan report` must count what is in it
 * and what JMeter's own dashboard says of it. Needs a build.
 *
 *   JMETER_HOME=… node test/judges/we-read-jmeters-jtl.mjs
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, sum } from './checks.mjs';
import { compareStatistics } from './compare-statistics.mjs';
import { csvRows } from './csv-rows.mjs';
import { dashboardStatistics, jmeter } from './jmeter.mjs';

const root = join(import.meta.dirname, '..', '..');
const command = join(root, 'dist', 'cli', 'main.js');
const plannedSamples = 100; // 5 threads, 20 loops

const folder = mkdtempSync(join(tmpdir(), 'loadplan-judge-'));
try {
  const jtl = join(folder, 'jmeter.jtl');
  await jmeterRun(jtl);
  const rows = csvRows(jtl);
  const result = await ourReport(jtl);
  const failedRows = rows.filter(({ success }) => success !== 'true').length;
  const { count, errors } = result.total;
  check(`JMeter wrote ${plannedSamples} rows`, rows.length === plannedSamples, `${rows.length}`);
  check('some of them failed', failedRows > 0 && failedRows < rows.length, `${failedRows}`);
  check('we count all rows', count === rows.length, `${count} of ${rows.length}`);
  check('we count all failures', errors === failedRows, `${errors} of ${failedRows}`);
  compareStatistics(await dashboardStatistics(folder, jtl, 'dashboard'), result, rows);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
sum();

/** Runs `.ci/jmeter/small.jmx` on a sandbox that refuses one request out of ten. */
async function jmeterRun(jtl) {
  const sandbox = spawn(
    process.execPath,
    [command, 'sandbox', '--no-auth', '--latency', '5ms', '--error-rate', '10%'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(sandbox, 'close');
  try {
    const port = await portOf(sandbox);
    const plan = join(root, '.ci', 'jmeter', 'small.jmx');
    const noShutdownPort = '-Jjmeterengine.nongui.port=0';
    await jmeter(folder, ['-n', '-t', plan, '-l', jtl, '-Jhost=127.0.0.1', `-Jport=${port}`, noShutdownPort]);
  } finally {
    sandbox.kill('SIGTERM');
    await ended;
  }
}

async function portOf(sandbox) {
  let said = '';
  for await (const text of sandbox.stdout) {
    said += text;
    const found = /http:\/\/127\.0\.0\.1:(\d+)/.exec(said);
    if (found) return found[1];
  }
  throw new Error(`the sandbox ended before it served: ${said}`);
}

async function ourReport(jtl) {
  const json = join(folder, 'ours.json');
  const report = spawn(process.execPath, [command, 'report', jtl, '--json', json], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(report, 'close');
  check('plan report reads it', code === 0, `exit code ${code}`);
  return JSON.parse(readFileSync(json, 'utf8'));
}
