import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/server.ts';
import { workshop } from '../support/workshop-and-target.ts';

/** What a server makes of a statement, instead of what was asked. */
let wrong: (statement: string) => string = (statement) => statement;
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
let proxy: Server;

/** Hands requests on to the sandbox, statements as `wrong` makes them. */
beforeAll(async () => {
  sandbox = await startSandbox();
  proxy = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = 'GET', url = '', headers } = request;
      const text = Buffer.concat(chunks);
      const body = url.includes('/queries') ? Buffer.from(changed(text.toString())) : text;
      const kept = Object.entries(headers).filter(
        ([name]) => !/^(host|connection|content-length|transfer-encoding)$/.test(name),
      );
      void fetch(sandbox.url + url, {
        method,
        headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
        ...(body.length > 0 ? { body } : {}),
      }).then(async (answer) => {
        const content = Buffer.from(await answer.arrayBuffer());
        const type = answer.headers.get('content-type') ?? '';
        response.writeHead(answer.status, { 'content-type': type }).end(content);
      });
    });
  });
  await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await sandbox.close();
});

function changed(body: string): string {
  const asked = JSON.parse(body || '{}') as { query?: string };
  return JSON.stringify(asked.query === undefined ? asked : { ...asked, query: wrong(asked.query) });
}

describe('plans/bigquery.yaml does not pass', () => {
  const plan = join(import.meta.dirname, '..', '..', 'plans', 'bigquery.yaml');
  const sizes = ['-Jsmall_rows=20', '-Jmedium_rows=30', '-Jlarge_rows=40'];

  it.each<[string, (statement: string) => string, string, RegExp]>([
    [
      'on a server that answers every size from the small tables',
      (statement) =>
        statement.startsWith('CREATE')
          ? statement
          : statement.replace(/_(medium|large)\.facts/g, '_small.facts'),
      'tables have all their rows',
      /^threshold failed: ratio\(checks\)/,
    ],
    [
      'where an optimised form gives other rows',
      (statement) =>
        statement.startsWith('-- CTE conversion') ? statement.replace('>', '>=') + ' LIMIT 3' : statement,
      'both forms give the same rows',
      /^threshold failed: ratio\(checks\)/,
    ],
    [
      'where partitions are not pruned',
      (statement) => statement.replace(/PARTITION BY TIMESTAMP_TRUNC\(created_at, MONTH\)/, ''),
      '',
      /^threshold failed: ratio of avg\(bigquery_bytes_processed\).*query=month/,
    ],
  ])('%s', async (_name, makes, check, reason) => {
    wrong = makes;
    const { port } = proxy.address() as { port: number };
    const server = ['-Jproject_id=sandbox-project', `-Jbigquery_endpoint=http://127.0.0.1:${port}`];
    const { code } = await workshop.plan('run', plan, ...server, ...sizes, '-Jiterations=1', '-Jwarm_up=0');
    const { verdict, checks = [] } = workshop.runJson();
    expect(code).toBe(99);
    expect(checks.filter(({ failures }) => failures > 0).map((one) => one.check)).toEqual(
      check === '' ? [] : [check],
    );
    expect(verdict.reasons.join('\n')).toMatch(new RegExp(reason.source, 'm'));
  });
});
