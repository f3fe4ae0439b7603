import type { ExitCode } from '../engine/model/errors.ts';
import type { Output } from './output.ts';

/**
 * A thread that stands in a call of the system cannot be ended, and Node waits for its threads before it lets the process
 * end. Everything is written by now, so the process ends itself.
 */
export async function endByForce(output: Output, code: ExitCode): Promise<void> {
  output.warn(
    `a thread stands in a call of the system and cannot be ended, so the process is ended by SIGKILL (137); its exit code would be ${code}`,
  );
  await output.finish();
  process.kill(process.pid, 'SIGKILL');
}
