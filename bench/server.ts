import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** A server to put load on. It answers every path with `200` and a small JSON. */
export interface BenchServer {
  readonly origin: string;
  readonly pid: number;
  /** Which one it is; and why not nginx, if it is not. */
  readonly description: string;
  /** Requests answered so far. Asking is not counted. */
  requests(): Promise<number>;
  /** When the first request was answered, in milliseconds since 1970; null before. */
  readonly firstRequestEpochMs: () => Promise<number | null>;
  stop(): Promise<void>;
}

const answer = '{"id":4711,"name":"item","state":"open"}';

/**
 * Starts nginx on a free port of 127.0.0.1, with its own configuration in a temporary folder.
 *
 * If there is none and this is Debian's root, it is installed (`nginx-light`); else `node:http` stands in, which
 * takes several times the CPU and so leaves less of the machine to what is measured.
 */
export async function startServer(): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'loadplan-bench-server-'));
  const missing = await installNginx();
  return missing === null ? startNginx(folder) : startStandIn(folder, missing);
}

/** Null when nginx is there; else why it is not. */
async function installNginx(): Promise<string | null> {
  if (nginxFile() !== null) return null;
  if (process.getuid?.() !== 0) return 'nginx is not installed and this is not root';
  try {
    await execute('apt-get', ['update']);
    await execute('apt-get', ['install', '-y', '--no-install-recommends', 'nginx-light']);
  } catch (error) {
    return `nginx could not be installed: ${error instanceof Error ? error.message.split('\n', 1)[0] : String(error)}`;
  }
  return nginxFile() === null ? 'nginx was installed and is not found' : null;
}

function nginxFile(): string | null {
  return ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx'].find(existsSync) ?? null;
}

async function startNginx(folder: string): Promise<BenchServer> {
  const port = await freePort();
  const configuration = join(folder, 'nginx.conf');
  const firstLog = join(folder, 'access.log');
  await writeFile(configuration, nginxConfiguration(folder, port));
  const child = spawn(nginxFile() ?? 'nginx', ['-c', configuration, '-p', folder], { stdio: 'inherit' });
  const origin = `http://127.0.0.1:${port}`;
  const asked = { times: 0 };
  const status = async () => {
    const text = await (await fetch(`${origin}/bench/status`, { headers: { connection: 'close' } })).text();
    asked.times += 1;
    return Number(/^ \d+ \d+ (\d+)/m.exec(text)?.[1]) - asked.times;
  };
  await answered(child, status);
  const { stdout } = await execute(nginxFile() ?? 'nginx', ['-v']).then(({ stderr }) => ({ stdout: stderr }));
  return {
    origin,
    pid: child.pid ?? 0,
    description: stdout.trim().replace('nginx version: ', ''),
    requests: status,
    firstRequestEpochMs: async () => firstLine(firstLog),
    stop: () => stopped(child, folder),
  };
}

/** One worker; the log holds only the path `/item/1`, which the measurement of the start asks for. */
function nginxConfiguration(folder: string, port: number): string {
  return `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
worker_rlimit_nofile 20000;
events { worker_connections 16384; }
http {
  log_format time '$msec';
  map $uri $is_first { /item/1 1; default 0; }
  access_log off;
  keepalive_requests 1000000000;
  keepalive_timeout 1h;
  default_type application/json;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port} backlog=16384;
    location / { return 200 '${answer}'; }
    location = /item/1 { access_log ${folder}/access.log time; return 200 '${answer}'; }
    location = /bench/status { stub_status; }
  }
}
`;
}

async function startStandIn(folder: string, reason: string): Promise<BenchServer> {
  const script = fileURLToPath(new URL('stand-in-server.js', import.meta.url));
  const child = spawn(process.execPath, [script, answer], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const port: unknown = await once(child, 'message').then(([message]: unknown[]) => message);
  const origin = `http://127.0.0.1:${String(port)}`;
  const ask = async () =>
    (await (await fetch(`${origin}/bench/status`)).json()) as {
      requests: number;
      firstEpochMs: number | null;
    };
  return {
    origin,
    pid: child.pid ?? 0,
    description: `node:http ${process.version}, not nginx (${reason})`,
    requests: async () => (await ask()).requests,
    firstRequestEpochMs: async () => (await ask()).firstEpochMs,
    stop: () => stopped(child, folder),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function answered(child: ChildProcess, ask: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) throw new Error(`the server ended with exit code ${child.exitCode}`);
    try {
      await ask();
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new Error('the server did not answer within 5 s');
}

async function firstLine(file: string): Promise<number | null> {
  const [line = ''] = (await readFile(file, 'utf8')).split('\n', 1);
  return line === '' ? null : Number(line) * 1000;
}

async function stopped(child: ChildProcess, folder: string): Promise<void> {
  const ended = child.exitCode === null ? once(child, 'exit') : null;
  child.kill('SIGTERM');
  await ended;
  await rm(folder, { recursive: true, force: true });
}
