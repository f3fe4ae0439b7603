import { spawn } from 'node:child_process';
import { get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/server.ts';
import { eventually, Workshop } from '../support/plan-command.ts';

let workshop: Workshop;
beforeEach(() => (workshop = new Workshop()));
afterEach(() => workshop.clean());

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Runs a script of another tool, which finds the sandbox by the environment only. */
async function otherTool(script: string, env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  await once(child, 'close');
  return said.trim();
}

describe('plan sandbox, as a stand-in for other tools', () => {
  it('is told to them by the address that it prints, and turns their file into rows', async () => {
    const { said } = workshop.start(['sandbox', '--no-auth', '--detection', '100ms', '--healing', '100ms']);
    await eventually(() => said().includes('STORAGE_EMULATOR_HOST='), 'the sandbox tells its addresses');
    const host = /STORAGE_EMULATOR_HOST=(\S+)/.exec(said())?.[1] ?? '';
    const script = `
      import { Storage } from '@google-cloud/storage';
      const bucket = new Storage({ projectId: 'sandbox-project' }).bucket('pipeline-landing');
      const rows = Array.from({ length: 200 }, (_, n) => n === 9 ? '9,' : n + ',' + n);
      await bucket.file('crm/orders/1.csv').save('id,value\\n' + rows.join('\\n'));
      const [files] = await bucket.getFiles({ prefix: 'crm/' });
      console.log(files.map(({ name }) => name).join());`;
    expect(await otherTool(script, { STORAGE_EMULATOR_HOST: host })).toBe('crm/orders/1.csv');
    const first = async (path: string) => {
      const answer = (await (await fetch(`${host}/api${path}`)).json()) as { data: { items: object[] } };
      return answer.data.items[0];
    };
    const resolved = '/healing/issues?object_name=crm/orders/1.csv&status=resolved';
    for (const endMs = performance.now() + 10_000; (await first(resolved)) === undefined;) {
      if (performance.now() > endMs) throw new Error('never happened: the issue is healed');
      await new Promise((next) => setTimeout(next, 50));
    }
    expect(await first('/executions?object_name=crm/orders/1.csv')).toMatchObject({
      status: 'completed',
      records_total: 200,
      records_bad: 1,
    });
  });

  it.each([
    ['127.0.0.1:1', 200],
    ['127.1.2.3', 200],
    ['localhost', 200],
    ['LOCALHOST:80', 200],
    ['bucket.localhost:9023', 200],
    ['[::1]:9050', 200],
    ['evil.example', 421],
    ['127.0.0.1.evil.example', 421],
    ['localhost.evil.example:80', 421],
    ['10.0.0.1', 421],
  ])('answers a request for the host %j with %i', async (host, status) => {
    const sandbox = await startSandbox();
    const request = get(`${sandbox.url}/api/health`, { headers: { host } });
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    answer.resume();
    await once(answer, 'end');
    await sandbox.close();
    expect(answer.statusCode).toBe(status);
  });

  it('that ends during a run is told at once, and why the run does not pass', async () => {
    workshop.write(
      'plan.yaml',
      `name: T
sandbox: true
threadGroups:
  - name: G
    steps:
      - get: "\${sandbox.api}/health"
      - process: 'kill -9 \${sandbox.pid}'
      - pause: 500ms
`,
    );
    const { code, stderr } = await workshop.plan('run', 'plan.yaml');
    const text = 'the sandbox ended during the run (SIGKILL): what was asked of it afterwards failed';
    expect([code, stderr.trim()]).toEqual([109, text]);
    expect(workshop.runJson().verdict.reasons).toEqual([text]);
  });

  it.each([
    [
      'in use',
      (port: number) => String(port),
      /^The sandbox did not start: port \d+ is in use: .*--port.*\.$/,
    ],
    ['that is none', () => '70000', /^--port expects a whole number from 0 to 65535, found "70000"$/],
  ])('tells a port %s in one sentence', async (_, portOf, message) => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { code, stderr } = await workshop.plan('sandbox', '--port', portOf(port));
    taken.close();
    expect([code, stderr.trim()]).toEqual([104, expect.stringMatching(message)]);
  });

  it('tells a size or a time that is none', async () => {
    const { code, stderr } = await workshop.plan('sandbox', '--object-limit', '10', '--detection', '1');
    expect([code, stderr]).toEqual([104, expect.stringContaining('has no unit')]);
  });
});

describe('a plan on the sandbox', () => {
  it('says how fast issues are detected and healed', async () => {
    workshop.write(
      'plan.yaml',
      `name: Healing
sandbox: { detection: 200ms, healing: 200ms }
defaults: { http: { baseUrl: "\${sandbox.api}" } }
setUp:
  - post: { path: /auth/token, json: { username: test_admin, password: test_password } }
    name: Log in
    extract: { token: $.access_token }
    export: [token]
threadGroups:
  - name: One
    threads: 1
    loops: 1
    steps:
      - post: { path: /healing/inject, json: { issue_type: performance }, headers: { Authorization: 'Bearer \${token}' } }
        name: Inject
        expect: 202
        extract: { issue: $.data.issue_id }
      - poll: "\${status} == 'resolved'"
        name: Healed
        interval: 50ms
        timeout: 5s
        steps:
          - get: { path: '/healing/issues/\${issue}', headers: { Authorization: 'Bearer \${token}' } }
            name: Look
            extract: { status: $.data.status }
thresholds: ['min(elapsed){name="Healed"} >= 350ms', 'max(elapsed){name="Healed"} < 5s', 'error_rate == 0%']
`,
    );
    const { code, stdout, stderr } = await workshop.plan('run', 'plan.yaml');
    expect([code, stderr, stdout]).toEqual([0, '', expect.any(String)]);
  });
});
