import { createServer, type Server } from 'node:http';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { textWidth } from '../../listeners/visible-text.ts';
import { Workshop } from '../support/plan-command.ts';

let server: Server;
let workshop: Workshop;
beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://a');
    const answers: Record<string, () => unknown> = {
      '/login': () =>
        response.setHeader('set-cookie', 'sid=cookie-value; Path=/').end('{"access_token":"tok-123456"}'),
      '/old': () => response.writeHead(302, { location: '/new' }).end(),
      '/wide': () => response.end(`${'日本語'.repeat(40)}\x1b[31m\x07`),
      '/bytes': () =>
        response.setHeader('content-type', 'application/octet-stream').end(Uint8Array.of(0, 255, 254)),
      '/gone': () => response.writeHead(410).end(),
    };
    (
      answers[pathname] ??
      (() => response.end(`{"at":"${pathname}","auth":"${request.headers.authorization ?? ''}"}`))
    )();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close());
beforeEach(() => (workshop = new Workshop()));
afterEach(() => workshop.clean());

const plan = (last: string) => `name: Once
defaults: { http: { baseUrl: 'http://127.0.0.1:${(server.address() as AddressInfo).port}' } }
properties: { key: { default: geheim-12345, secret: true } }
setUp: [{ get: /login, name: Log in, extract: { token: $.access_token }, export: [token] }]
threadGroups:
  - name: First
    threads: 50
    rampUp: 1h
    duration: 2h
    startAfter: Second
    steps:
      - get: { path: /a, headers: { Authorization: 'Bearer \${token}', X-Key: '\${key}' } }
        timers: [{ constant: 1h }, { synchronize: 50 }]
        extract: { at: $.at, none: $.none }
        assert: [{ contains: auth }]
      - pause: 1h
      - while: 'true'
        steps: [{ get: /loop }]
      - get: /left-out
        when: "\${at} == 'nowhere'"
      - if: "\${at} == 'nowhere'"
        steps: [{ get: /never }]
      - get: /wide
      - get: /bytes
  - name: Second
    loops: 1000
    steps: [{ get: /old, name: Redirected }]
${last}
tearDown: [{ get: /bye }]
thresholds: [p95(elapsed) < 1ms]
`;

describe('plan run --once', () => {
  it('shows what one user does, step by step, with nothing secret, wide or hidden in it, and leaves no results', async () => {
    workshop.write('plan.yaml', plan(''));
    const { code, stdout, stderr } = await workshop.plan('run', '--once', 'plan.yaml', '--har', 'a.har');
    expect([code, stderr]).toEqual([0, '']);
    const order = [
      'Set-up',
      'Log in',
      '"Second"',
      'Redirected',
      'Redirected-0',
      '"First"',
      'GET /a',
      'GET /wide',
      'GET /bye',
    ];
    const places = order.map((text) => stdout.indexOf(text));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    for (const text of [
      'as a load: 50 users, ramp-up 1h, for 2h, after "Second"',
      'timer constant: 1h: not waited for',
      'timer synchronize: 50: not waited for',
      '> Authorization: ***',
      '> X-Key: ***',
      'token = ***',
      'at = /a',
      'none: jsonPath: $.none found nothing',
      '✓ contains: auth',
      '· pause 1h: not waited for',
      '· left after 10 passes; a load would go on (--once-passes 100 goes on here)',
      '· GET /left-out: left out',
      'nothing in it runs',
      '\\x1b[31m\\x07',
      '(binary, 3 bytes: 00 ff fe …)',
      '16 samples, and no failure',
      'Thresholds are not judged:',
    ])
      expect(stdout).toContain(text);
    expect(stdout).not.toMatch(/geheim|tok-123|cookie-value|[\x07\x1b]/);
    expect(Math.max(...stdout.split('\n').map(textWidth))).toBeLessThanOrEqual(80);
    const har = workshop.read('a.har');
    expect(har).not.toMatch(/geheim|tok-123|cookie-value/);
    // Two for the redirect.
    expect((JSON.parse(har) as { log: { entries: unknown[] } }).log.entries).toHaveLength(17);
    expect(existsSync(join(workshop.folder, 'results'))).toBe(false);
  });

  it('fails with the first sample that does, follows onError, and says what it did not come to', async () => {
    const stopped =
      '  - { name: Third, onError: stopTest, steps: [{ get: /gone }, { get: /b }] }\n  - { name: Fourth, steps: [{ get: /c }] }';
    workshop.write('plan.yaml', plan(stopped));
    const { code, stdout } = await workshop.plan(
      'run',
      '--once',
      'plan.yaml',
      '--results',
      'out',
      '-l',
      'a.jtl',
    );
    expect(code).toBe(99);
    for (const text of [
      '✗ GET /gone 410 Gone',
      'write expect: 410',
      'onError is stopTest',
      'Not begun: "Fourth"',
    ])
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(text);
    expect(stdout).toContain('1 of 17 samples failed');
    expect(workshop.read('a.jtl')).toContain('GET /gone');
  });

  it.each([
    [['--har', 'a.har', 'plan.yaml'], 104, '--har goes with --once'],
    [['--once-passes', '20', 'plan.yaml'], 104, '--once-passes goes with --once'],
    [['--once', 'plan.yaml', '--threads', '2'], 104, 'leave out --threads'],
    [['--once', 'plan.yaml', '--har', 'folder'], 110, 'cannot write folder: it is a directory'],
    [['--once', 'plan.yaml', '--har', 'none/a.har'], 110, 'cannot write none/a.har'],
  ])('%j is refused with %i before anything is sent', async (args, code, message) => {
    workshop.write('plan.yaml', plan(''));
    mkdirSync(join(workshop.folder, 'folder'));
    const ended = await workshop.plan('run', ...args);
    expect([ended.code, ended.stdout.includes('Set-up')]).toEqual([code, false]);
    expect(ended.stderr).toContain(message);
  });
});

describe('plan run --threads, --loops, --duration', () => {
  const sized = `name: Sized
defaults: { http: { baseUrl: 'http://127.0.0.1:1' } }
threads: 100
threadGroups:
  - { name: A, share: 50, duration: 1h, steps: [{ get: / }] }
  - { name: B, share: 50, duration: 1h, rampUp: 1h, steps: [{ get: / }] }
`;

  it('sets the load in place of the plan, and run.json says so', async () => {
    workshop.write('plan.yaml', sized);
    const { code, stdout } = await workshop.plan(
      'run',
      'plan.yaml',
      '--threads',
      '2',
      '--iterations',
      '3',
      '--group',
      'A',
    );
    expect(code).toBe(0);
    expect(stdout).toContain('In place of what the plan says: --threads 2, --loops 3');
    expect(workshop.runJson()).toMatchObject({
      load: { threads: 2, loops: 3 },
      users: { planned: 1 },
      total: { count: 3 },
    });
  });

  it('says where the plan does not fit, with all that is wrong', async () => {
    workshop.write('plan.yaml', sized);
    const { code, stderr } = await workshop.plan(
      'validate',
      'plan.yaml',
      '--threads',
      '4',
      '--duration',
      '10s',
    );
    expect(code).toBe(104);
    expect(stderr).toContain('plan.yaml:6:49: --threads 4, --duration 10s does not fit the group "B"');
  });
});
