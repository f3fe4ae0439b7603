import { symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workshop } from '../support/plan-command.ts';

let workshop: Workshop;
let server: Server;
let url: string;
let requests: { path: string; cookie: string; authorization: string; body: string }[];

/** A page with a style sheet that may be kept and an image that may not; anything else is a small text. */
beforeEach(async () => {
  workshop = new Workshop();
  requests = [];
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('latin1').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const { url: path = '', headers } = request;
      const { cookie = '', authorization = '' } = headers;
      requests.push({ path, cookie, authorization, body });
      const isPage = path === '/page';
      response.setHeader('content-type', isPage ? 'text/html' : 'text/css');
      response.setHeader('set-cookie', 'seen=1');
      if (path === '/style.css') response.setHeader('cache-control', 'max-age=60');
      response.end(isPage ? '<link rel=stylesheet href=style.css><img src=image.png>' : 'ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  workshop.clean();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const plan = (http: string, steps: string, loops = 1) => `name: X
properties: { password: { default: pa55word, secret: true } }
defaults: { http: { baseUrl: "${url}", ${http} } }
threadGroups: [{ name: G, loops: ${loops}, steps: [${steps}] }]
`;

/** Label and success of every row. */
const rows = () =>
  workshop
    .jtl()
    .slice(1)
    .map((line) => line.split(','))
    .map((cells) => `${cells[2] ?? ''} ${cells[7] ?? ''}`);

describe('a page', () => {
  it('is one sample with its resources; cache and cookies begin each iteration anew', async () => {
    const options =
      'embedded: { parallel: 1 }, cache: { clearEachIteration: true }, cookies: { clearEachIteration: true }';
    workshop.write('x.yaml', plan(options, '{ get: /page, name: P }, { get: /page, name: Q }', 2));
    expect((await workshop.plan('run', 'x.yaml')).code).toBe(0);
    const once = ['P true', 'P-0 true', 'P-1 true', 'P-2 true', 'Q true', 'Q-0 true', 'Q-1 true'];
    expect(rows()).toEqual([...once, ...once]);
    const pages = requests.filter(({ path }) => path === '/page');
    expect(pages.map(({ cookie }) => cookie)).toEqual(['', 'seen=1', '', 'seen=1']);
    expect(workshop.runJson().total).toMatchObject({ count: 4, errors: 0 });
  });

  it('that the cache spares leaves no sample, and the plan goes on', async () => {
    workshop.write('x.yaml', plan('cache: true', '{ get: /style.css, name: S }, { get: /page, name: P }', 3));
    expect((await workshop.plan('run', 'x.yaml')).code).toBe(0);
    expect(rows()).toEqual(['S true', 'P true', 'P true', 'P true']);
  });
});

describe('sub-samples', () => {
  it('are read and judged where elements apply to them; the rows that failed say so', async () => {
    const step = `get: /page, name: P, extract: { type: { header: content-type, match: all, applyTo: all } }
      , assert: [{ contains: ok, applyTo: subs }]`;
    const after = '{ get: "/?${type_matchNr}-${type_1}-${type_4}", name: Q }';
    workshop.write('x.yaml', plan('embedded: { parallel: 1 }', `{ ${step} }, ${after}`));
    expect((await workshop.plan('run', 'x.yaml')).code).toBe(0);
    expect(rows()).toEqual(['P false', 'P-0 false', 'P-1 true', 'P-2 true', 'Q true']);
    expect(requests.at(-1)?.path).toBe('/?4-text/html-text/css');
    expect(workshop.jtl().join('\n')).toContain('P-0: expected the body to contain');
  });
});

describe('files of the plan’s folder', () => {
  it('are sent as parts and as bodies', async () => {
    workshop.write('a.bin', 'content of a');
    workshop.write('b.bin', 'content of b');
    workshop.write(
      'x.yaml',
      plan(
        'auth: { basic: { username: ann, password: "${password}" } }',
        '{ set: { which: b } }, { post: { path: /m, multipart: { t: v, f: { file: a.bin } } } }, { put: { path: /f, bodyFile: "${which}.bin" } }',
      ),
    );
    expect((await workshop.plan('run', 'x.yaml')).code).toBe(0);
    expect(requests[0]?.body).toMatch(
      /name="t"[^]*\r\n\r\nv\r\n[^]*filename="a.bin"[^]*\r\n\r\ncontent of a\r\n/,
    );
    expect(requests[1]?.body).toBe('content of b');
    expect(requests[1]?.authorization).toBe(`Basic ${Buffer.from('ann:pa55word').toString('base64')}`);
  });

  it('that are missing, and what is wrong with a request, are told before the run', async () => {
    const steps = [
      '{ post: { multipart: { f: { file: none.pdf }, g: { file: "${missing}" } } } }',
      '{ post: { bodyFile: ../x } }',
      '{ post: { bodyFile: link } }',
      '{ post: { body: a, graphql: { query: b } } }',
      '{ get: { embedded: { include: "(" } } }',
      '{ get: { auth: { basic: { username: a, password: b }, bearer: c } } }',
    ];
    symlinkSync(process.execPath, join(workshop.folder, 'link'));
    workshop.write('x.yaml', plan('', `{ set: { missing: x } }, ${steps.join(', ')}`));
    const { code, stderr } = await workshop.plan('run', 'x.yaml');
    expect(code).toBe(104);
    expect(stderr).toContain('there is no file "none.pdf" in the plan\'s folder');
    expect(stderr).toContain('the file "../x" lies outside the plan\'s folder');
    expect(stderr).toContain('the file "link" lies outside the plan\'s folder');
    expect(stderr).toContain('a request has one body, found body and graphql');
    expect(stderr).toContain('embedded.include is not a regular expression');
    expect(stderr).toMatch(/x\.yaml:\d+:\d+: .*auth/);
    expect(requests).toEqual([]);
  });
});
