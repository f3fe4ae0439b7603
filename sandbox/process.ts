/**
 * The entry of the sandbox's own process: `node dist/sandbox/process.js '{"seed":1}'`, forked by `child.ts`.
 *
 * Says `{ url }` to its parent once it listens, or `{ refused }` with a sentence when its port cannot be had or DuckDB is not there. It ends when the parent does, or hangs
 * up. Ctrl-C, a closed terminal and a job that CI ends go to the whole process group and are the parent's to decide: the signals are ignored here.
 */
import process from 'node:process';
import { isJsonObject } from './json.ts';
import { refusedPort } from './refused-port.ts';
import { startSandbox } from './server.ts';
import { withoutDuckdb } from './without-duckdb.ts';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(0));

const options: unknown = JSON.parse(process.argv[2] ?? '{}');
if (!isJsonObject(options)) throw new TypeError('The argument must be a JSON object of options.');
if (!process.send) throw new Error('The sandbox is started by its parent, over an IPC channel.');
const missing = withoutDuckdb();
if (missing === null) {
  try {
    const { url } = await startSandbox(options);
    process.send({ url });
  } catch (error) {
    const refused = refusedPort(error);
    if (refused === null) throw error;
    process.send({ refused }, () => process.exit(1));
  }
} else process.send({ refused: missing }, () => process.exit(1));
