import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import process from 'node:process';
import { Storage } from '@google-cloud/storage';
import { startSandbox } from '../server.ts';
import type { StartOptions } from '../options.ts';

/** A server of the Cloud Storage JSON API. */
export interface StorageTarget {
  readonly origin: string;
  readonly storage: Storage;
  readonly close: () => Promise<void>;
}

export async function sandboxTarget(options: StartOptions = {}): Promise<StorageTarget> {
  const sandbox = await startSandbox(options);
  return { origin: sandbox.url, storage: clientOf(sandbox.url), close: () => sandbox.close() };
}

/** fake-gcs-server, whose binary LOADPLAN_FAKE_GCS names. */
export const fakeGcsBinary = process.env['LOADPLAN_FAKE_GCS'] ?? '';

export async function fakeGcsTarget(): Promise<StorageTarget> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const flags = `-scheme http -host 127.0.0.1 -port ${port} -backend memory -external-url ${origin} -public-host 127.0.0.1:${port} -log-level error`;
  const child = spawn(fakeGcsBinary, flags.split(' '), { stdio: 'ignore' });
  await answering(`${origin}/storage/v1/b`);
  return { origin, storage: clientOf(origin), close: () => ended(child) };
}

function clientOf(apiEndpoint: string): Storage {
  return new Storage({ apiEndpoint, projectId: 'sandbox-project', retryOptions: { autoRetry: false } });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function answering(url: string): Promise<void> {
  for (const deadlineMs = performance.now() + 10_000; ;) {
    try {
      await (await fetch(url)).text();
      return;
    } catch (problem) {
      if (performance.now() > deadlineMs) throw problem;
      await new Promise((next) => setTimeout(next, 50));
    }
  }
}

async function ended(child: ChildProcess): Promise<void> {
  child.kill();
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
