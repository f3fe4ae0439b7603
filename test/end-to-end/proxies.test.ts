import { createServer } from 'node:http';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workshop } from '../support/plan-command.ts';

let workshop: Workshop;
beforeEach(() => (workshop = new Workshop()));
afterEach(() => workshop.clean());

const plan = `name: Away
listeners: [failures, jtl-xml]
threadGroups:
  - name: G
    steps:
      - get: http://api.example.test/echo
        expect: 404
`;

/** A server that says what it was asked with, and was asked for. */
async function echoing() {
  const asked: string[] = [];
  const server = createServer(({ method, url, headers }, response) => {
    asked.push(`${method} ${url}`);
    response.end(JSON.stringify(headers));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { asked, port: (server.address() as AddressInfo).port, close: () => server.close() };
}

/** The texts of all files of the only run. */
function filesWritten(): string[] {
  const folder = join(workshop.folder, workshop.results());
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => workshop.read(join(parentPath.slice(workshop.folder.length + 1), name)));
}

describe('the proxy of the environment', () => {
  it('is asked and told of, and its password is nowhere in what is written', async () => {
    workshop.write('plan.yaml', plan);
    const proxy = await echoing();
    const env = { HTTP_PROXY: `http://ann:tr0ub4dor&3@127.0.0.1:${proxy.port}`, NO_PROXY: '.internal' };
    const { stdout, stderr } = await workshop.start(['run', 'plan.yaml'], env).ended;
    proxy.close();
    expect(proxy.asked).toEqual(['GET http://api.example.test/echo']);
    const url = `http://ann:***@127.0.0.1:${proxy.port}`;
    expect(stdout).toContain(
      `Through proxies of the environment: http:// by ${url} (HTTP_PROXY); not for this machine, .internal (NO_PROXY).`,
    );
    expect(workshop.runJson()).toMatchObject({
      proxies: { http: { variable: 'HTTP_PROXY', url }, https: null },
    });
    const written = filesWritten();
    expect(written.some((text) => text.includes('***'))).toBe(true);
    for (const text of [stdout, stderr, ...written]) {
      expect(text).not.toMatch(/tr0ub4dor|YW5uOnRyMHViNGRvciYz/);
    }
  });

  it('that cannot be understood is told before anything is done', async () => {
    workshop.write('plan.yaml', plan);
    workshop.write('kept.log', 'of the run before\n');
    const { code, stderr } = await workshop.start(['run', 'plan.yaml', '-j', 'kept.log'], {
      http_proxy: 'socks5://u:pass@h:1',
    }).ended;
    expect([code, stderr]).toEqual([
      104,
      expect.stringMatching(/^http_proxy names a SOCKS proxy \(socks5:\/\/u:\*\*\*@h:1\)/),
    ]);
    expect(readdirSync(workshop.folder).sort()).toEqual(['kept.log', 'plan.yaml']);
    expect(workshop.read('kept.log')).toBe('of the run before\n');
  });
});

describe('the proxy of the line', () => {
  it('is asked, for this machine, too, and its password is nowhere in what is written', async () => {
    workshop.write('plan.yaml', plan.replace('api.example.test', '127.0.0.1:9'));
    const proxy = await echoing();
    const line = `run -nt plan.yaml -H 127.0.0.1 -P ${proxy.port} -u ann -a tr0ub4dor&3 -N localhost|*.internal`;
    const { stdout, stderr } = await workshop.start(line.split(' '), { HTTP_PROXY: 'http://unused.test:1' })
      .ended;
    proxy.close();
    expect(proxy.asked).toEqual(['GET http://127.0.0.1:9/echo']);
    const url = `http://ann:***@127.0.0.1:${proxy.port}`;
    expect(stdout).toContain(`Through the proxy ${url} (-H); not for localhost, *.internal (-N)\n`);
    const { proxies } = workshop.runJson();
    expect(proxies).toMatchObject({ http: { variable: '-H', url }, https: { url } });
    for (const text of [stdout, stderr, ...filesWritten()])
      expect(text).not.toMatch(/tr0ub4dor|YW5uOnRyMHViNGRvciYz/);
  });
});
