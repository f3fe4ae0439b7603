import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { command } from '../support/plan-command.ts';
import { target, workshop } from '../support/workshop-and-target.ts';

const left = () => readdirSync(workshop.folder);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const bytesOf = (file: string) => readFileSync(join(workshop.folder, file));

describe('plan generate', () => {
  it('writes a file, says what is in it, and leaves nothing else', async () => {
    const { code, stdout, stderr } = await workshop.plan('generate', 'facts', '--rows', '2k', '--bad', '10%');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^Written: facts\.csv, 2,000 rows \(200 bad\), 1\d\d(\.\d)?KB, [\d.]+m?s\n$/);
    expect(code).toBe(0);
    expect(left()).toEqual(['facts.csv']);
    expect(workshop.read('facts.csv').split('\n')).toHaveLength(2002);
  });

  it('writes the same bytes for the same seed, and takes the format from the name of the file', async () => {
    const options = ['--rows', '500', '--seed', '7', '--bad', '20%', '--bad-kinds', 'outliers,duplicates'];
    await workshop.plan('generate', 'medium', ...options, '-o', 'a.csv');
    await workshop.plan('generate', 'medium', ...options, '-o', 'b.csv.gz');
    await workshop.plan(
      'generate',
      'medium',
      ...options,
      '-o',
      'c',
      '--format',
      'csv',
      '--compression',
      'gzip',
    );
    await workshop.plan('generate', 'medium', ...options, '-o', 'd.parquet');
    expect(gunzipSync(bytesOf('b.csv.gz'))).toEqual(bytesOf('a.csv'));
    expect(sha256(bytesOf('b.csv.gz'))).toBe(sha256(bytesOf('c')));
    expect(bytesOf('d.parquet').subarray(0, 4).toString()).toBe('PAR1');
  });

  it('streams to standard output, where nothing but the data goes', async () => {
    const { code, stdout, stderr } = await workshop.plan(
      'generate',
      'small',
      '-r',
      '3',
      '-f',
      'jsonl',
      '-o',
      '-',
    );
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { id: number }).id),
    ).toEqual([1, 2, 3]);
    expect(stderr).toMatch(/^Written: 3 rows, \d+B, \d+ms\n$/);
    expect(code).toBe(0);
    expect(left()).toEqual([]);
  });

  it('ends at once when nobody reads any more', async () => {
    const child = spawn(process.execPath, [command, 'generate', 'large', '-r', '50M', '-o', '-'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('leaves no half a file when it is interrupted', async () => {
    const { child, ended } = workshop.start(['generate', 'large', '-r', '50M']);
    await vi.waitFor(
      () => expect(left()).toEqual([expect.stringMatching(/^large\.csv\.\d+\.part$/)]),
      10_000,
    );
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(stderr).toBe('SIGINT: stopped, large.csv was not written\n');
    expect(code).toBe(105);
    expect(left()).toEqual([]);
  });

  it('replaces a file only when told to', async () => {
    workshop.write('facts.csv', 'mine');
    const refused = await workshop.plan('generate', 'facts');
    expect(refused.stderr).toContain(
      'facts.csv exists already. Choose another name with -o, or --overwrite it',
    );
    expect(refused.code).toBe(104);
    expect(workshop.read('facts.csv')).toBe('mine');
    expect((await workshop.plan('generate', 'facts', '--overwrite')).code).toBe(0);
    expect(workshop.read('facts.csv')).toMatch(/^id,name/);
  });

  it('tells every mistake at once', async () => {
    const args = [
      'fact',
      '-f',
      'cvs',
      '--rows',
      'lots',
      '--seed',
      '-1',
      '--bad',
      'much',
      '--bad-kinds',
      'outlier',
    ];
    const { code, stderr } = await workshop.plan('generate', ...args, '-c', 'zip');
    expect(code).toBe(104);
    expect(stderr.trimEnd().split('\n')).toEqual([
      '--format expects csv, json, jsonl, parquet, avro, found "cvs". Did you mean "csv"?',
      '--compression expects none, gzip, snappy, deflate, found "zip". Did you mean "gzip"?',
      '--rows expects a number such as 1000, 100k or 2M, found "lots"',
      '--seed expects a whole number from 0 to 4294967295, found "-1"',
      '--bad expects a share such as 10% or 0.1, found "much"',
      expect.stringMatching(
        /^--bad-kinds expects missing_values, .* found "outlier"\. Did you mean "outliers"\?$/,
      ),
      'unknown schema "fact". Known: small, medium, large, facts, facts-wide. Did you mean "facts"?',
      '7 problems; nothing was run',
    ]);
  });

  it.each([
    [['facts', '-f', 'avro', '-c', 'gzip'], 'avro is not compressed by gzip: expected one of none, deflate'],
    [
      ['facts', '-f', 'json', '--bad', '1%', '--bad-kinds', 'malformed'],
      'malformed lines are for csv and jsonl',
    ],
    [['facts', '--bad-kinds', 'outliers'], '--bad-kinds needs --bad'],
    [['mine', '--columns', 'none.yaml'], 'none.yaml'],
    [[], 'which schema?'],
    [['facts', '--row', '5'], '--rows'],
  ])('%j is a mistake', async (args, message) => {
    const { code, stderr } = await workshop.plan('generate', ...args);
    expect(stderr).toContain(message);
    expect(code).toBe(104);
    expect(left()).toEqual([]);
  });

  it('no folder to write to is a loss of results', async () => {
    const { code, stderr } = await workshop.plan('generate', 'facts', '-o', 'none/x.csv');
    expect([code, stderr]).toEqual([110, 'cannot write none/x.csv: there is no folder "none"\n']);
  });

  it('takes columns of one’s own, and tells what is wrong with them by line', async () => {
    workshop.write('orders.yaml', 'id: { type: sequence, start: 10 }\nstate: { type: choice, of: [open] }\n');
    const options = ['generate', 'orders', '--columns', 'orders.yaml', '-r', '2', '-o', '-'];
    expect((await workshop.plan(...options)).stdout).toBe('id,state\n10,open\n11,open\n');
    expect((await workshop.plan(...options, '--no-header')).stdout).toBe('10,open\n11,open\n');
    workshop.write('orders.yaml', 'id: { type: squence }\nstate: { tpye: choice }\n');
    const { code, stderr } = await workshop.plan(...options);
    expect(stderr).toContain('orders.yaml:1:13: id.type: expected one of "sequence", "integer"');
    expect(stderr).toContain('orders.yaml:2:10: unknown key "tpye" in state. Did you mean "type"?');
    expect(code).toBe(104);
  });

  it('lists the schemas as plans have them', async () => {
    const { stdout } = await workshop.plan('generate', '--list');
    expect(stdout).toContain('facts: # 6 columns\n  id: { type: sequence }\n  name: { type: name }\n');
  });
});

const plan = (data: string, groups: string) => `name: Generated
properties: { size: { type: integer, default: 40 } }
defaults: { http: { baseUrl: "${target.url}" } }
threadGroups:
  - { name: G, ${groups}, data: [${data}], steps: [{ get: "/\${id}/\${category}" }] }
`;
const paths = () => target.requests.map(({ path }) => path);
const idsOf = () =>
  paths()
    .map((path) => Number(path.split('/')[1]))
    .sort((a, b) => a - b);

describe('generated rows in a plan', () => {
  it('are handed out once each over two workers', async () => {
    workshop.write('x.yaml', plan('{ generate: facts, rows: "${size}" }', 'threads: 8, loops: 5'));
    expect((await workshop.plan('run', 'x.yaml', '--workers', '2')).stderr).toBe('');
    expect(idsOf()).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  it('are those of the file', async () => {
    workshop.write(
      'x.yaml',
      plan('{ generate: facts, rows: 1k, seed: 5, bad: 50% }', 'threads: 1, loops: 20'),
    );
    await workshop.plan('run', 'x.yaml');
    const { stdout } = await workshop.plan(
      'generate',
      'facts',
      '--seed',
      '5',
      '--bad',
      '50%',
      '-f',
      'jsonl',
      '-o',
      '-',
    );
    const rows = stdout
      .trimEnd()
      .split('\n')
      .slice(0, 20)
      .map((line) => JSON.parse(line) as Record<string, string | number | null>);
    expect(paths()).toEqual(
      rows.map(({ id, category }) => encodeURI(`/${String(id ?? '')}/${String(category ?? '')}`)),
    );
  });

  it('of one’s own columns end the user behind the last', async () => {
    const columns = '{ id: { type: sequence, start: 7 }, category: { type: choice, of: [x] } }';
    const data = `{ generate: mine, rows: 2, columns: ${columns}, recycle: false, stopAtEnd: true }`;
    workshop.write('x.yaml', plan(data, 'threads: 1, loops: 9'));
    await workshop.plan('run', 'x.yaml');
    expect(paths()).toEqual(['/7/x', '/8/x']);
  });

  it('may be a billion', async () => {
    workshop.write('x.yaml', plan('{ generate: facts, rows: 1000M }', 'threads: 1, loops: 2'));
    await workshop.plan('run', 'x.yaml');
    expect(idsOf()).toEqual([1, 2]);
  });

  it.each([
    [
      '{ generate: fact, rows: 5 }',
      'unknown schema "fact". Known: small, medium, large, facts, facts-wide. Did you mean "facts"?',
    ],
    ['{ generate: facts }', 'needs "rows"'],
    ['{ generate: facts, rows: many }', 'rows'],
    ['{ generate: facts, rows: 5, bad: 0.9, badKinds: [duplicates] }', 'at most 50%'],
    [
      '{ generate: facts, rows: "${size}", bad: 5%, badKinds: [malformed] }',
      'malformed lines are for csv and jsonl',
    ],
    ['{ generate: facts, rows: 5, badKinds: [typos] }', 'badKinds'],
    ['{ generate: facts, rows: 5, sets: [ids] }', 'there is no column "ids". Columns: id, name, category'],
    ['{ generate: m, rows: 5, columns: { id: { type: choice } } }', 'column id: a choice needs `of`'],
    ['{ generate: small, rows: 5 }', 'nothing sets the variable "category"'],
  ])('%s is a mistake before the run', async (data, message) => {
    workshop.write('x.yaml', plan(data, 'threads: 1, loops: 1'));
    const { code, stderr } = await workshop.plan('validate', 'x.yaml');
    expect(stderr).toMatch(/x\.yaml:5:\d+: /);
    expect(stderr).toContain(message);
    expect(code).toBe(104);
  });
});
