import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodings } from '../../engine/secrets/test-support/encodings.ts';
import { Workshop, type Ended } from '../support/plan-command.ts';

/** A long secret is looked for wherever it comes from; a short one is masked where the plan puts it. */
const long = `p4ß/w örd&+="<x>'`;
const short = 'q7~Z';
const echoes = Object.values(encodings).map((encode) => encode(long));

/** Every letter of these stands in names that are no secrets. */
const plan = (port: number) => `name: Latest 1
properties:
  long: { default: ${JSON.stringify(long)}, secret: true }
  short: { default: ${short}, secret: true }
  word: { default: test, secret: true }
  one: { default: '1', secret: true }
  local: { default: 127.0.0.1, secret: true }
  open: 'latest 1'
variables: { auth: 'Bearer \${long}', pair: '\${__base64Encode(ann:\${short})}' }
defaults: { http: { baseUrl: 'http://127.0.0.1:${port}' } }
threadGroups:
  - name: Tested 1
    loops: 1
    steps:
      - post:
          path: /fail/\${short}/\${long}
          query: { long: '\${long}', short: '\${short}', word: '\${word}', one: '\${one}' }
          headers:
            X-Key: '\${__urlencode(\${long})}'
            X-Short: '\${short}'
            X-Auth: '\${__urlencode(\${auth})}'
            X-Pair: '\${pair}'
            X-One: '\${one}'
          auth: { basic: { username: ann, password: '\${short}' } }
          json: { long: '\${long}', short: '\${short}', one: '\${one}', word: '\${word}' }
        name: Get latest 1
      - post: { path: /fail, form: { long: '\${long}', short: '\${short}' } }
        name: Item \${short} \${one}
      - post: { path: /fail, body: '<pw>\${__escapeXml(\${long})}</pw><b>\${__base64Encode(ann:\${short})}</b>' }
        name: Escaped
      - post: { path: /fail, multipart: { long: '\${long}', short: '\${short}' } }
        name: Parts
      - post: { path: /fail, graphql: { query: 'query { a }', variables: { long: '\${long}', short: '\${short}' } } }
        name: Asked
      - set: { copy: '\${long}', both: 'a \${short}' }
      - log: log \${short} \${long} \${both}
      - get: /echo?\${__log(made \${short})}&x=\${__urlencode(\${copy})}
        name: Echo
        assert: [{ contains: 'no \${short}, \${long}' }]
        extract: { echoed: { regex: '"as it is":("(?:[^"\\\\]|\\\\.)*")' }, latest: { regex: 'plain (.*?) end' } }
      - get: /fail/\${latest}
        name: Got \${latest}
      - process: { command: [sh, -c, 'echo "out $KEY"; echo "err $KEY" >&2; exit 3'], env: { KEY: '\${long}' } }
        name: Ran
      - process: { command: 'sh -c "exit 3 #\${short}"', stdin: 'in \${short}' }
        name: Shown
      - script: vars.put('scripted', vars.get('long')); log.warn('script ' + vars.get('long')); throw new Error(vars.get('long'))
        name: Scripted
thresholds: [error_rate < 1%, 'p95(elapsed){name="Get latest 1"} < 10s']
listeners:
  - summary
  - csv
  - json
  - failures
  - responses
  - jtl-csv: { sampleVariables: [long, short, echoed, latest, auth, copy, both] }
  - jtl-xml: { responseData: always, requestHeaders: always, responseHeaders: always, samplerData: always, sampleVariables: [long, short, echoed] }
`;

/** Says the long secret in every way there is, and keeps what it was asked. */
function echoServer(asked: string[]): Server {
  return createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      asked.push(`${String(request.url)}\n${body}`);
      const ways = Object.entries(encodings).map(([way, encode]) => [way, encode(long)]);
      const status = request.url?.startsWith('/fail') ? 500 : 200;
      response.writeHead(status, `latest ${encodeURIComponent(long)}`, {
        'content-type': 'application/json; charset=utf-8',
        'x-echo': encodeURIComponent(long),
        'x-base64': Buffer.from(`ann:${long}`).toString('base64'),
      });
      response.end(`${JSON.stringify(Object.fromEntries(ways))} plain ${long} end, latest 1`);
    });
  });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

describe('secrets', () => {
  const workshop = new Workshop();
  const asked: string[] = [];
  const server = echoServer(asked);
  let shown: Record<string, string>;
  let ended: Ended;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    workshop.write('plan.yaml', plan(port));
    ended = await workshop.plan('run', 'plan.yaml');
    const results = join(workshop.folder, workshop.results());
    const report = await workshop.plan('report', workshop.results(), '--csv', 'report.csv');
    const explained = await workshop.plan('explain', 'plan.yaml');
    shown = {
      stdout: ended.stdout,
      stderr: ended.stderr,
      report: report.stdout + report.stderr + workshop.read('report.csv'),
      explained: explained.stdout + explained.stderr,
      ...Object.fromEntries(
        filesIn(results).map((path) => [path.slice(results.length + 1), readFileSync(path, 'utf8')]),
      ),
    };
  }, 60_000);

  afterAll(async () => {
    workshop.clean();
    await new Promise((resolve) => server.close(resolve));
  });

  it('are sent, and nowhere in what is shown', () => {
    expect([ended.code, asked.length]).toEqual([99, 7]);
    expect(asked[0]).toContain(`/fail/${short}/`);
    expect(asked[0]).toContain(JSON.stringify({ long, short, one: '1', word: 'test' }));
    const looks = [...echoes, short, Buffer.from(`ann:${short}`).toString('base64')];
    const found = Object.entries(shown).flatMap(([where, text]) =>
      looks.filter((look) => text.includes(look)).map((look) => `${where}: ${look}`),
    );
    expect(found).toEqual([]);
  });

  it.each([
    ['stdout', ['Get latest 1', 'Item *** ***', 'Got ***', '"no ***, ***"']],
    ['stderr', ['script ***', 'fewer than 6 characters', ': short, word, one\n']],
    ['explained', ['http: Get latest 1', 'http://127.0.0.1:', 'latest 1  (default)', 'path: /fail/***/***']],
    [
      'run.json',
      ['"plan": "Latest 1"', '"open": "latest 1"', '"long": "***"', `"nodeVersion": "${process.version}"`],
    ],
    ['plan.yaml', ['name: Latest 1\n', 'short: { default: "***", secret: true }', "short: '${short}'"]],
    ['run.log', ['log *** *** ***', 'made ***', 'script ***']],
    [
      'samples.jtl',
      [',Get latest 1,500,latest ***,Tested 1 1-1,', '/fail/***/***?long=***&short=***&word=***&one=***'],
    ],
    [
      'samples.xml',
      ['tn="Tested 1 1-1"', 'X-Pair: ***', 'X-One: ***', '&lt;pw&gt;***&lt;/pw&gt;&lt;b&gt;***&lt;/b&gt;'],
    ],
    ['samples.xml', ['<queryString class="java.lang.String">in ***</queryString>']],
    ['report', ['Get latest 1,1,', 'Item *** ***,1,']],
    [
      'failures/001-get-latest-1-500.txt',
      ['POST http://127.0.0.1:', 'Get latest 1: 500 latest ***', '"one":"***"', 'plain *** end'],
    ],
    ['responses/response-00001.json', ['"as it is":"***"', 'plain *** end, latest 1']],
  ])('leave the rest of %s as it is', (where, parts) => {
    for (const part of parts) expect(shown[where]).toContain(part);
  });
});
