import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { dataSet } from '../../engine/generate/data-set.ts';
import { qualified } from './names.ts';
import { Warehouse } from './warehouse.ts';
import type { LoadOptions } from './load-file.ts';

const warehouse = new Warehouse();
const folder = mkdtempSync(join(tmpdir(), 'warehouse-test-'));
let number = 0;

afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true });
});

function file(content: string | Uint8Array): string {
  const path = join(folder, `file-${(number += 1)}`);
  writeFileSync(path, content);
  return path;
}

async function rows(sql: string): Promise<unknown> {
  return (await warehouse.run(sql)).getRowsJson();
}

const columns = [
  { name: 'id', type: 'BIGINT' },
  { name: 'name', type: 'VARCHAR' },
  { name: 'value', type: 'DOUBLE' },
];

async function load(
  options: Partial<LoadOptions> & Pick<LoadOptions, 'path' | 'format'>,
  table = `t${number}`,
) {
  const target = { dataset: 'pipeline', table };
  const loaded = await warehouse.loadFile({ ...target, columns, ...options });
  return { ...loaded, content: await rows(`SELECT * FROM ${qualified(target)} ORDER BY ALL`) };
}

const good = [
  ['1', 'a', 1.5],
  ['2', '', null],
  ['3', null, 3],
];

describe('a file of rows', () => {
  it.each([
    ['csv', 'id,name,value\n1,a,1.5\n2,"",\n3,,3\n', {}],
    ['csv', '1;a;1.5\n2;"";\n3;;3\n', { header: false, delimiter: ';' }],
    ['csv', gzipSync('id,name,value\n1,a,1.5\n2,"",\n3,,3\n'), {}],
    ['json', '{"id":1,"name":"a","value":1.5}\n{"id":2,"name":""}\n{"id":3,"value":"3"}\n', {}],
    ['json', '[{"id":1,"name":"a","value":1.5},{"id":2,"name":""},{"id":3,"value":3}]', {}],
    ['json', gzipSync('{"id":1,"name":"a","value":1.5}\n{"id":2,"name":""}\n{"id":3,"value":"3"}\n'), {}],
  ] as const)('is loaded from %s %s', async (format, content, options) => {
    const loaded = await load({ format, path: file(content), ...options });
    expect(loaded).toEqual({ rows: 3, badRows: 0, problems: [], content: good });
  });

  it('is loaded from Parquet, whose types make the table', async () => {
    const path = file('');
    await warehouse.run(
      `COPY (SELECT 1::BIGINT AS id, TIMESTAMP '2026-01-01' AS "at") TO '${path}' (FORMAT parquet)`,
    );
    const target = { dataset: 'pipeline', table: 'from_parquet' };
    expect(await warehouse.loadFile({ ...target, path, format: 'parquet' })).toMatchObject({ rows: 1 });
    expect(await rows(`SELECT typeof("at") FROM ${qualified(target)}`)).toEqual([
      ['TIMESTAMP WITH TIME ZONE'],
    ]);
  });

  it.each([
    ['csv', 'id,name,value\n1,a,1.5\nx,b,2\n3,c\n', 2],
    ['json', '{"id":1}\n{"id":"x"}\nnot json\n{"id":2.5}\n', 3],
  ] as const)('of %s: bad rows are counted, or refuse the whole', async (format, content, badRows) => {
    const path = file(content);
    expect(await load({ format, path, maxBadRows: Infinity })).toMatchObject({ rows: 1, badRows });
    await expect(load({ format, path }, 'refused')).rejects.toThrow(`${badRows} rows are bad`);
    await expect(rows('SELECT * FROM "sandbox-project.pipeline".refused')).rejects.toThrow('does not exist');
  });

  it('is added, takes the place of what was there, or is refused', async () => {
    const path = file('{"id":1}');
    expect((await load({ format: 'json', path }, 'modes')).content).toHaveLength(1);
    expect((await load({ format: 'json', path }, 'modes')).content).toHaveLength(2);
    expect((await load({ format: 'json', path, mode: 'truncate' }, 'modes')).content).toHaveLength(1);
    await expect(load({ format: 'json', path, mode: 'empty' }, 'modes')).rejects.toThrow('Already Exists');
  });

  it('of Avro that cannot be read is refused with a sentence', async () => {
    const problem = load({ format: 'avro', path: file('Obj') });
    await expect(problem).rejects.toThrow('no Avro file that can be read: it is cut short');
  });

  it.each(['none', 'deflate'] as const)(
    'is loaded from Avro (%s) as it is from Parquet',
    async (compression) => {
      const of = { schema: 'facts-wide', rows: 3000, seed: 3 };
      const [avro, parquet] = [file(''), file('')];
      await writeFile(avro, dataSet({ ...of, format: 'avro', compression }));
      await writeFile(parquet, dataSet({ ...of, format: 'parquet' }));
      const table = (name: string) => ({ dataset: 'pipeline', table: `${name}_${compression}` });
      const loaded = await warehouse.loadFile({ ...table('avro'), path: avro, format: 'avro' });
      await warehouse.loadFile({ ...table('parquet'), path: parquet, format: 'parquet' });
      const all = (name: string) => rows(`SELECT * FROM ${qualified(table(name))} ORDER BY ALL`);
      expect(loaded).toEqual({ rows: 3000, badRows: 0, problems: [] });
      expect(await all('avro')).toEqual(await all('parquet'));
    },
  );
});

describe('a session', () => {
  it('is interrupted', async () => {
    const session = await warehouse.connect();
    const long = session.run(
      'SELECT count(*) FROM range(10000000000) a, range(100) b WHERE a.range % 7 = b.range',
    );
    setTimeout(() => session.interrupt(), 50);
    await expect(long).rejects.toThrow(/interrupt/i);
    session.close();
  });
});
