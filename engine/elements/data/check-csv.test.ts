import { describe, expect, it } from 'vitest';
import { testScope } from '../../template/test-support/scope.ts';
import type { ElementUser } from '../element.ts';
import { csvMistakes } from './check-csv.ts';
import { csv } from './csv.ts';

const bytes = (text: string | readonly number[]) =>
  typeof text === 'string' ? new TextEncoder().encode(text) : Uint8Array.from(text);

describe('csvMistakes', () => {
  it.each<[string, string | number[], object, string | null]>([
    ['a column that is there', 'user,password\nann,x\n', { sets: ['user'] }, null],
    ['one that is not', 'user,password\nann,x\n', { sets: ['usr'] }, 'no column "usr". Did you mean "user"?'],
    ['one far from any', 'user\nann\n', { sets: ['zzzzz'] }, 'Its first line has: user.'],
    ['a column that stands twice', 'a,b,a\n1,2,3\n', { sets: ['a'] }, 'names the column "a" 2 times'],
    ['another delimiter', 'user;x\nann;1\n', { sets: ['user'], delimiter: ';' }, null],
    ['a byte order mark', '\uFEFFuser,x\nann,1\n', { sets: ['user'] }, null],
    ['quoted names', '"user","x"\n"ann","1"\n', { sets: ['user'], quoted: true }, null],
    ['an empty file', '', { sets: [] }, 'holds no row of data'],
    ['a header alone', 'user\n', { sets: ['user'] }, 'holds no row of data'],
    ['a header alone, the user ending', 'user\n', { sets: ['user'], stopAtEnd: true }, null],
    ['the names as data', 'user,x\nann,1\n', { names: ['user', 'x'] }, 'is the names themselves'],
    ['the names passed over', 'user,x\nann,1\n', { names: ['user', 'x'], ignoreFirstLine: true }, null],
    ['names without a header', 'ann,1\n', { names: ['user', 'x'] }, null],
    [
      'bytes of Latin-1',
      [117, 10, 97, 10, 0xe9, 10],
      { sets: ['u'] },
      'line 3: there are bytes that are not utf-8',
    ],
    ['the same as Latin-1', [117, 10, 97, 10, 0xe9, 10], { sets: ['u'], encoding: 'iso-8859-1' }, null],
  ])('of %s', (_, content, options, expected) => {
    const found = csvMistakes({ csv: 'x.csv', ...options }, () => bytes(content));
    expect(found.map(({ message }) => message).join()).toContain(expected ?? '');
    expect(found).toHaveLength(expected === null ? 0 : 1);
  });

  it('an unknown encoding is a mistake', () => {
    expect(csv.check?.({ csv: 'x.csv', encoding: 'latin-99' })).toContain('"latin-99" is not an encoding');
    expect(csv.check?.({ csv: 'x.csv', encoding: 'latin1' })).toBeNull();
    expect(csvMistakes({ csv: 'x.csv', encoding: 'latin-99' }, () => bytes('u\na\n'))).toEqual([]);
  });
});

describe('rows of a CSV file', () => {
  async function passes(content: string, options: object, count: number) {
    const scope = testScope({ files: new Map([['x.csv', content]]) });
    let taken = 0;
    const problems: string[] = [];
    const user = {
      ...scope,
      endEpochMs: Infinity,
      sharedAdd: () => (taken += 1),
      giveWay: () => Promise.resolve('next'),
      problem: (message: string) => problems.push(message),
    } as unknown as ElementUser;
    const config = {
      csv: 'x.csv',
      sets: [],
      names: [],
      delimiter: ',',
      quoted: false,
      encoding: '',
      share: 'all',
    };
    const rest = { recycle: true, stopAtEnd: false, order: 'given', orderSeed: 1, ignoreFirstLine: false };
    const run = csv.build({ render: () => ({ ...config, ...rest, ...options }) }, { slot: 0, at: '' });
    const rows: Record<string, string>[] = [];
    for (let n = 0; n < count; n++) {
      await run(user);
      rows.push(Object.fromEntries(scope.variables));
    }
    return { rows, problems };
  }

  it('a short one leaves nothing of the row before', async () => {
    const { rows } = await passes('a,b\n1,2\n3\n', {}, 2);
    expect(rows).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '' },
    ]);
  });

  it('one with quotes that are not read is told of once', async () => {
    const { rows, problems } = await passes('a,b\n1,2\n"3,1",4\n"5",6\n', {}, 3);
    expect(rows[1]).toEqual({ a: '"3', b: '1"' });
    expect(problems).toEqual([expect.stringContaining('x.csv, row 3: a field begins with a double quote')]);
  });
});
