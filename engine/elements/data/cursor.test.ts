import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testScope } from '../../template/test-support/scope.ts';
import type { ElementUser } from '../element.ts';
import { csv } from './csv.ts';
import { json } from './json.ts';

const rows = 50_000;
const files = new Map([
  ['x.csv', `n\n${Array.from({ length: rows }, (_, n) => `${n}\n`).join('')}`],
  ['x.jsonl', Array.from({ length: rows }, (_, n) => `{"n":${n}}\n\n`).join('')],
]);

/** Users of two workers that share a count; each worker reads the file for itself. */
function workers(kind: 'csv' | 'json', options: object) {
  let taken = 0;
  const source = kind === 'csv' ? csv : json;
  const config = {
    csv: 'x.csv',
    json: 'x.jsonl',
    sets: ['n'],
    names: [],
    delimiter: ',',
    quoted: false,
    encoding: '',
    share: 'all',
    recycle: true,
    stopAtEnd: false,
    order: 'given',
    orderSeed: 1,
    ...options,
  };
  return [0, 1].map(() => {
    const scope = testScope({ files });
    let turns = 0;
    const user = {
      ...scope,
      endEpochMs: Infinity,
      sharedAdd: () => (taken += 1),
      giveWay: () => Promise.resolve(((turns += 1), 'next')),
    } as unknown as ElementUser;
    const run = source.build({ render: () => config }, { slot: 0, at: '' });
    return {
      turns: () => turns,
      take: async () => {
        const flow = await run(user);
        return flow === 'stopThread' ? 'stopped' : (scope.variables.get('n') ?? '');
      },
    };
  });
}

async function taken(kind: 'csv' | 'json', options: object, count: number): Promise<string[]> {
  const all = workers(kind, options);
  const found: string[] = [];
  for (let n = 0; n < count; n++) found.push((await all[(n * 7) % 3 === 0 ? 0 : 1]?.take()) ?? '');
  return found;
}

const inOrder = Array.from({ length: rows }, (_, n) => String(n));

describe('rows of a file', () => {
  it.each(['csv', 'json'] as const)(
    'of %s go to two workers in order, each once, and begin again',
    async (kind) => {
      expect(await taken(kind, {}, rows + 3)).toEqual([...inOrder, '0', '1', '2']);
    },
  );

  it('in random order are each handed out once, the same in every worker and run', async () => {
    const once = await taken('csv', { order: 'random', orderSeed: 7 }, rows);
    expect(once).not.toEqual(inOrder);
    expect([...once].sort((a, b) => Number(a) - Number(b))).toEqual(inOrder);
    expect(await taken('json', { order: 'random', orderSeed: 7 }, rows)).toEqual(once);
    expect(await taken('csv', { order: 'random', orderSeed: 8 }, 50)).not.toEqual(once.slice(0, 50));
  });

  it.each([
    [{ recycle: false }, ['49999', '<EOF>', '<EOF>']],
    [{ recycle: false, stopAtEnd: true }, ['49999', 'stopped', 'stopped']],
  ])('end as %j says', async (options, expected) => {
    expect((await taken('csv', options, rows + 2)).slice(-3)).toEqual(expected);
  });

  it('are looked for half a MiB at a time, giving way in between', async () => {
    const big = `n\n${'x'.repeat(99)}\n`.repeat(1) + `${'y'.repeat(99)}\n`.repeat(60_000);
    files.set('x.csv', big);
    const [first] = workers('csv', { order: 'random' });
    await first?.take();
    expect(first?.turns()).toBeGreaterThanOrEqual(4);
  });

  it('of a file many times the memory of the process are read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'loadplan-'));
    try {
      writeFileSync(join(folder, 'big.csv'), 'user,password\n' + 'somebody,secret1\n'.repeat(300_000));
      const dist = join(import.meta.dirname, '../../../dist/engine');
      const script = `
        const { csv } = await import('${dist}/elements/data/csv.js');
        const { planHost } = await import('${dist}/run/plan-host.js');
        const run = csv.build({ render: () => config }, { slot: 0, at: '' });
        const config = { csv: 'big.csv', names: [], delimiter: ',', quoted: true, encoding: '', share: 'all', recycle: false, order: 'given' };
        let n = 0, last = '', set = 0;
        const user = { host: planHost('${folder}', () => 0), set: (_, value) => { last = value; set++; }, sharedAdd: () => ++n };
        while (last !== '<EOF>') { const flow = run(user); if (typeof flow !== 'string') await flow; }
        console.log(set, process.memoryUsage().arrayBuffers < 8e6);`;
      // 5 MB of text, and 40 MB as lists of fields, in a heap of 16 MB.
      const args = [
        '--max-old-space-size=16',
        '--max-semi-space-size=1',
        '--input-type=module',
        '-e',
        script,
      ];
      expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('600002 true\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
