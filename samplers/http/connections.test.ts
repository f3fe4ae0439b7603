import { describe, expect, it, vi } from 'vitest';
import { HttpSampler } from './http-sampler.ts';
import { configured, contextOf, noFiles, run } from './test-support/perform.ts';
import { ok, rawServer, textServer } from './test-support/servers.ts';

describe('connections', () => {
  it('belong to one user', async () => {
    const server = await textServer(ok());
    const { sampler } = run();
    for (const threadName of ['Users 1-1', 'Users 1-2']) {
      const user = { threadName, iteration: 0 };
      for (let i = 0; i < 3; i++) await sampler.perform(configured({ baseUrl: server.url }), contextOf(user));
    }
    expect(server.connections()).toBe(2);
  });

  it('are handed from user to user when shared, and grow with the load', async () => {
    const server = await rawServer((socket) => setTimeout(() => socket.write(ok()), 10));
    const { sampler } = run();
    const config = configured({ baseUrl: server.url, connections: 'shared' });
    const perform = (name: string) => sampler.perform(config, contextOf({ threadName: name, iteration: 0 }));
    for (const name of ['a', 'b', 'c']) await perform(name);
    expect(server.connections()).toBe(1);
    await Promise.all([perform('a'), perform('b')]);
    expect(server.connections()).toBe(2);
    await perform('c');
    expect(server.connections()).toBe(2);
  });

  it('end with their user', async () => {
    const server = await textServer(ok());
    const { sampler, user, get } = run();
    await get({ baseUrl: server.url });
    expect(server.openSockets.size).toBe(1);
    sampler.endUser(user);
    await expect.poll(() => server.openSockets.size).toBe(0);
  });

  it('end with a user who is still waiting, once the answer is there', async () => {
    const server = await rawServer((socket) => setTimeout(() => socket.write(ok()), 30));
    const { sampler, user, get } = run();
    const outcome = get({ baseUrl: server.url });
    sampler.endUser(user);
    expect((await outcome).ok).toBe(true);
    await expect.poll(() => server.openSockets.size).toBe(0);
  });

  it('are all gone after close, and what was in flight is interrupted', async () => {
    const server = await rawServer((socket, _, count) => {
      if (count < 2) socket.write(ok());
    });
    const sampler = new HttpSampler({ readBytes: noFiles });
    const perform = (name: string) =>
      sampler.perform(configured({ baseUrl: server.url }), contextOf({ threadName: name, iteration: 0 }));
    await perform('a');
    await perform('b');
    const inFlight = perform('c');
    await expect.poll(() => server.connections()).toBe(3);
    await sampler.close();
    expect((await inFlight)?.failure).toMatch(/^interrupted: /);
    await expect.poll(() => server.openSockets.size).toBe(0);
  });

  it('leave no handle behind', async () => {
    const server = await textServer(ok());
    const of = (...names: string[]) =>
      process.getActiveResourcesInfo().filter((name) => names.includes(name)).length;
    const handles = () => of('TCPSocketWrap', 'Timeout');
    const [before, sockets] = [handles(), of('TCPSocketWrap')];
    const sampler = new HttpSampler({ readBytes: noFiles });
    await sampler.perform(configured({ baseUrl: server.url }), contextOf({ threadName: 'a', iteration: 0 }));
    expect(of('TCPSocketWrap')).toBeGreaterThan(sockets);
    await sampler.close();
    await vi.waitFor(() => expect(handles()).toBeLessThanOrEqual(before));
  });
});

describe('abort', () => {
  it('ends what is in flight, and the sampler works on', async () => {
    const server = await rawServer((socket, _, count) => {
      if (count > 0) socket.write(ok());
    });
    const { sampler, get } = run();
    const outcome = get({ baseUrl: server.url });
    await expect.poll(() => server.bytesReceived()).toBeGreaterThan(0);
    sampler.abort();
    expect(await outcome).toMatchObject({
      ok: false,
      code: 'Non HTTP response code: org.apache.http.impl.execchain.RequestAbortedException',
      failure: `interrupted: the run stopped this request to 127.0.0.1:${server.port} before its answer.`,
      bytesSent: server.bytesReceived(),
    });
    expect((await get({ baseUrl: server.url })).ok).toBe(true);
  });
});
