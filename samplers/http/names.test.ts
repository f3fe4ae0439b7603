import type * as Dns from 'node:dns/promises';
import { lookup } from 'node:dns/promises';
import { describe, expect, it, vi } from 'vitest';
import { nameLookup, type NameCache } from './names.ts';
import { configured, contextOf, run } from './test-support/perform.ts';
import { ok, textServer } from './test-support/servers.ts';

vi.mock('node:dns/promises', async (importOriginal) => {
  const original = await importOriginal<typeof Dns>();
  return { ...original, lookup: vi.fn(original.lookup) };
});

describe('names', () => {
  const ask = (cache: NameCache | null, hostname: string, family: 0 | 4 | 6 = 0) =>
    new Promise<string>((resolve) =>
      nameLookup(() => undefined, cache)(hostname, { family }, (error, address) =>
        resolve(error?.code ?? (typeof address === 'string' ? address : 'several')),
      ),
    );

  it('are kept when they were found, and asked for again when not', async () => {
    const cache: NameCache = new Map();
    expect(await ask(cache, 'localhost', 4)).toBe('127.0.0.1');
    cache.set('localhost', Promise.resolve([{ address: '10.1.1.1', family: 4 }]));
    expect(await ask(cache, 'localhost')).toBe('10.1.1.1');
    expect(await ask(cache, 'localhost', 6)).toBe('ENOTFOUND');
    expect(await ask(null, 'localhost', 4)).toBe('127.0.0.1');
    expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(await ask(cache, 'nowhere.invalid'));
    expect([...cache.keys()]).toEqual(['localhost']);
  });

  it.each([
    ['connection', 4],
    ['user', 2],
    ['worker', 1],
  ] as const)('are asked for once for each %s: %i times', async (dnsCache, times) => {
    const server = await textServer(ok());
    const { sampler } = run();
    const baseUrl = `http://a.test:${server.port}`;
    const config = configured({ baseUrl, dns: { 'a.test': 'localhost' }, dnsCache, keepAlive: false });
    vi.mocked(lookup).mockClear();
    const users = [
      { threadName: 'a', iteration: 0 },
      { threadName: 'b', iteration: 0 },
    ];
    for (const user of [...users, ...users]) {
      expect(await sampler.perform(config, contextOf(user))).toMatchObject({ ok: true });
    }
    expect(lookup).toHaveBeenCalledTimes(times);
  });
});
