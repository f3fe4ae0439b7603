import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listenerKinds } from './index.ts';

describe('listenerKinds', () => {
  it('lists every file that holds a kind, under the name of the file', () => {
    const files = readdirSync(import.meta.dirname)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .filter((name) =>
        /: ListenerKind = \{|= defineListener\(\{/.test(
          readFileSync(join(import.meta.dirname, name), 'utf8'),
        ),
      );
    expect(listenerKinds.map(({ kind }) => `${kind}.ts`).sort()).toEqual(files.sort());
  });

  it('lets no unknown key through', () => {
    for (const { schema } of listenerKinds)
      expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
  });
});
