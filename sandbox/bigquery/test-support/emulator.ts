import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface Emulator {
  readonly url: string;
  readonly stop: () => void;
}

/** Starts goccy/bigquery-emulator from the binary at `path`, on free ports of 127.0.0.1. */
export async function startEmulator(path: string): Promise<Emulator> {
  const [port, grpcPort] = [await freePort(), await freePort()];
  const options = ['--project=sandbox-project', '--dataset=pipeline', '--host=127.0.0.1'];
  const child = spawn(path, [...options, `--port=${port}`, `--grpc-port=${grpcPort}`], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 300; tries++) {
    const isUp = await fetch(`${url}/bigquery/v2/projects/sandbox-project/datasets`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return { url, stop: () => void child.kill('SIGKILL') };
    await delay(100);
  }
  child.kill('SIGKILL');
  throw new Error('The emulator did not start in 30 s.');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
