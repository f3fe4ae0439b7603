import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Runs JMeter, which JMETER_HOME names, in `folder`; throws what it said if it fails. */
export async function jmeter(folder, args) {
  const home = process.env['JMETER_HOME'];
  if (!home) throw new Error('JMETER_HOME is not set: expected the folder of a JMeter');
  const java = ['-Xmx512m', '-Djava.awt.headless=true', `-Djava.util.prefs.userRoot=${folder}`];
  const child = spawn(
    'java',
    [...java, '-jar', join(home, 'bin', 'ApacheJMeter.jar'), ...args, '-j', join(folder, 'jmeter.log')],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`JMeter ended with ${code}:\n${said}`);
}

/** What JMeter's dashboard says of a JTL: its `statistics.json`, an entry per label and `Total`. */
export async function dashboardStatistics(folder, jtl, name) {
  await jmeter(folder, ['-g', jtl, '-o', join(folder, name)]);
  return JSON.parse(readFileSync(join(folder, name, 'statistics.json'), 'utf8'));
}

/** What a Groovy script of this folder prints that is run with JMeter's classes; its first argument is JMeter's folder. */
export async function groovy(script, args) {
  const home = process.env['JMETER_HOME'];
  if (!home) throw new Error('JMETER_HOME is not set: expected the folder of a JMeter');
  const classes = [join(home, 'lib', '*'), join(home, 'lib', 'ext', '*')].join(':');
  const java = ['-Xmx512m', '-Djava.awt.headless=true', '-cp', classes, 'groovy.ui.GroovyMain'];
  const child = spawn('java', [...java, join(import.meta.dirname, script), home, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].on('data', (text) => (said[name] += text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`Groovy ended with ${code}:\n${said.stderr}`);
  return said.stdout;
}
