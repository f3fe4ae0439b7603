// A program that uses the package as its types say; compiled and run by .ci/run in a folder where only the package is installed.
import { prepare, run, UserError, type RunResult } from 'loadplan';

const plan = 'node_modules/loadplan/plans/quickstart.yaml';
const prepared = await prepare(plan, { properties: { users: 2 }, load: { durationMs: 3000 } });
const { control, events, result } = await prepared.start();
const phases: string[] = [];
events.on('phase', ({ phase }) => phases.push(phase));
events.on('window', ({ window }) => {
  if (window.users.active > 1000) control.stop();
});
const { verdict, total }: RunResult = await result;
if (!verdict.passed || total.count === 0 || phases.join() !== 'setUp,main,tearDown') {
  throw new Error(`${verdict.reasons.join('; ')} ${total.count} ${phases.join()}`);
}
try {
  await run('nowhere.yaml');
} catch (error) {
  if (!(error instanceof UserError)) throw error;
}
