import { afterEach, describe, expect, it } from 'vitest';
import { startSandbox } from './server.ts';
import type { Sandbox } from './server.ts';

let running: Sandbox[] = [];
const started = async (...options: Parameters<typeof startSandbox>) => {
  const sandbox = await startSandbox(...options);
  running.push(sandbox);
  return sandbox;
};

afterEach(async () => {
  await Promise.all(running.map((sandbox) => sandbox.close()));
  running = [];
});

describe('the server', () => {
  it('listens on the loopback address, each on a port of its own', async () => {
    const [one, other] = [await started(), await started()];
    expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(one.url).not.toBe(other.url);
    const reply = await fetch(`${one.url}/api/health`);
    expect(reply.status).toBe(200);
    expect(await reply.json()).toEqual({ status: 'healthy' });
  });

  it('tells clients that it keeps idle connections for minutes', async () => {
    const { url } = await started();
    const reply = await fetch(`${url}/api/health`);
    await reply.text();
    expect(reply.headers.get('keep-alive')).toBe('timeout=600');
  });

  it('reads JSON bodies and answers JSON with its length', async () => {
    const { url } = await started({ auth: 'optional' });
    const body = JSON.stringify({ name: 'Zürich', type: 'API' });
    const made = await fetch(`${url}/api/sources`, { method: 'POST', body });
    expect(made.status).toBe(201);
    expect(made.headers.get('content-type')).toBe('application/json');
    const text = await made.text();
    expect(Number(made.headers.get('content-length'))).toBe(Buffer.byteLength(text));
    expect(JSON.parse(text)).toMatchObject({ data: { name: 'Zürich' } });
  });

  it('refuses a port that is taken', async () => {
    const { url } = await started();
    await expect(startSandbox({ port: Number(new URL(url).port) })).rejects.toThrow('EADDRINUSE');
  });

  it('is gone once closed, whatever connections were open, and can be closed again', async () => {
    const sandbox = await started();
    await (await fetch(`${sandbox.url}/api/health`)).text();
    await sandbox.close();
    await sandbox.close();
    await expect(fetch(`${sandbox.url}/api/health`)).rejects.toThrow();
  });
});
