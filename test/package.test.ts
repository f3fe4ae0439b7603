import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** What npm would pack, without the types: `prepack` makes those. */
function packed(): { readonly files: readonly string[]; readonly bytes: number } {
  const text = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files, unpackedSize }] = JSON.parse(text) as [
    { readonly files: { readonly path: string }[]; readonly unpackedSize: number },
  ];
  return { files: files.map(({ path }) => path), bytes: unpackedSize };
}

describe('the package', () => {
  const { files } = packed();

  it.each([
    'dist/cli/main.js',
    'dist/engine/api/index.js',
    'dist/engine/run/worker.js',
    'plans/quickstart.yaml',
  ])('has %s', (file) => {
    expect(files).toContain(file);
  });

  it('has no benchmarks, source maps, build information or tests', () => {
    expect(
      files.filter((file) =>
        /^dist\/bench\/|\.map$|tsbuildinfo|\.test\.|test-support|^docs\/decisions/.test(file),
      ),
    ).toEqual([]);
  });
});

describe('a program', () => {
  it.each([
    [
      "import { run, prepare, UserError } from 'loadplan'; console.log(typeof run, typeof prepare, typeof UserError);",
      'function function function\n',
    ],
    [
      "import { run } from 'loadplan'; await run('nowhere.yaml').catch(({ name, exitCode }) => console.log(name, exitCode));",
      'UserError 104\n',
    ],
  ])('%s', (text, expected) => {
    const said = execFileSync(process.execPath, ['--input-type=module'], {
      cwd: root,
      input: text,
      encoding: 'utf8',
    });
    expect(said).toBe(expected);
  });
});
