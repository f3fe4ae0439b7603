import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { startSandbox } from '../../../sandbox/server.ts';

/** A server that understands SQL. */
export interface RealServer {
  readonly url: string;
  stop(): Promise<void>;
}

export interface ServerKind {
  readonly name: string;
  /** The emulator is no judge of everything: what it does not have is left out with it. */
  readonly isEmulator: boolean;
  readonly project: string;
  start(): Promise<RealServer>;
}

export const sandbox: ServerKind = {
  name: 'the sandbox',
  isEmulator: false,
  project: 'sandbox-project',
  start: async () => {
    const started = await startSandbox();
    return { url: started.url, stop: () => started.close() };
  },
};

const binary = process.env['LOADPLAN_BIGQUERY_EMULATOR'] ?? '';

/** goccy/bigquery-emulator, where LOADPLAN_BIGQUERY_EMULATOR names its binary. */
export const emulators: readonly ServerKind[] =
  binary === ''
    ? []
    : [
        {
          name: 'the emulator',
          isEmulator: true,
          project: 'test-project',
          start: () => startEmulator(binary),
        },
      ];

if (binary === '') {
  process.stderr.write(
    'The BigQuery emulator is skipped: LOADPLAN_BIGQUERY_EMULATOR does not name its binary.\n',
  );
}

async function startEmulator(path: string): Promise<RealServer> {
  const [port, grpcPort] = [await freePort(), await freePort()];
  const options = ['--project=test-project', '--host=127.0.0.1', `--port=${port}`, `--grpc-port=${grpcPort}`];
  const child = spawn(path, options, { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; !(await answers(url)); attempt++) {
    if (attempt > 300 || child.exitCode !== null) throw new Error('the emulator did not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function answers(url: string): Promise<boolean> {
  return fetch(`${url}/bigquery/v2/projects/test-project/datasets`).then(
    () => true,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
