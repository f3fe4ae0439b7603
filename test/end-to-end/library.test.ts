import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** What a program prints that uses the package, one JSON value. */
function printed(program: string): unknown {
  const input = `import { prepare } from 'loadplan';\n${program}`;
  const said = execFileSync(process.execPath, ['--input-type=module'], {
    cwd: root,
    input,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return JSON.parse(said);
}

describe('a program', () => {
  it('steers a run, hears of it, and finds what it did in the result', () => {
    expect(
      printed(`
const prepared = await prepare('plans/quickstart.yaml', { properties: { users: 2, duration: '30s' } });
const { control, events, result } = await prepared.start({ samples: true });
const heard = new Set();
let rows = 0;
events.onAny(({ type }) => heard.add(type));
events.on('window', () => { throw new Error('a handler that fails'); });
events.on('samples', ({ samples }) => {
  rows += samples.filter(({ kind, phase }) => kind === 'sample' && phase === 'load').length;
  if (rows === 0 || heard.has('steered')) return;
  heard.add('steered');
  control.pause('to look');
  control.resume();
  control.setThreads('Operators', 1);
  let refused = '';
  try { control.setThreads('Nobody', 1); } catch ({ name }) { refused = name; }
  heard.add(refused);
  setTimeout(() => control.stop('graceful', 'enough'), 1500);
});
const { verdict, total, actions } = await result;
console.log(JSON.stringify({
  heard: [...heard].filter((what) => what !== 'health').sort(), isWhole: total.count === rows, code: verdict.exitCode, reasons: verdict.reasons,
  actions: actions.map(({ action, group, threads, reason }) => [action, group, threads, reason].join(' ').trim()),
}));`),
    ).toEqual({
      heard: ['UserError', 'end', 'phase', 'problem', 'samples', 'steered', 'window'],
      isWhole: true,
      code: 105,
      reasons: ['enough'],
      actions: ['pause   to look', 'resume', 'setThreads Operators 1'],
    });
  });
});
