import { gzipSync } from 'node:zlib';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command } from '../support/plan-command.ts';
import { target, workshop } from '../support/workshop-and-target.ts';

const plan = () =>
  `name: Small\ndefaults: { http: { baseUrl: "${target.url}" } }\nlisteners: [jtl-xml]\nthreadGroups: [{ name: G, loops: 3, steps: [{ get: /a, name: A }] }]\nthresholds: [error_rate > 1%]\n`;

describe('--json - and --quiet', () => {
  it('leave one document on standard output, and on standard error what went wrong', async () => {
    workshop.write('plan.yaml', plan());
    const { code, stdout, stderr } = await workshop.plan('run', 'plan.yaml', '--json', '-', '--quiet');
    expect(JSON.parse(stdout)).toMatchObject({ format: 1, total: { count: 3 }, verdict: { exitCode: 99 } });
    expect([code, stderr]).toEqual([99, expect.stringMatching(/^failed \(exit code 99\)\n- /)]);
    const report = await workshop.plan(
      'report',
      join(workshop.results(), 'samples.xml'),
      '--json',
      'out.json',
    );
    expect(report.stdout).toContain('Written: out.json');
    expect(JSON.parse(workshop.read('out.json'))).toMatchObject({ total: { count: 3, errors: 0 } });
    writeFileSync(
      join(workshop.folder, 'out.jtl.gz'),
      gzipSync(workshop.read(join(workshop.results(), 'samples.jtl'))),
    );
    expect((await workshop.plan('report', 'out.jtl.gz')).stdout).toMatch(/^A +3 /m);
  });

  it('are heeded where a command fails, mistakes on the line included', async () => {
    const { code, stdout, stderr } = await workshop.plan('run', '-e', '-s', '--json', '-');
    expect(code).toBe(104);
    expect(JSON.parse(stdout)).toMatchObject({
      format: 1,
      exitCode: 104,
      problems: [
        { message: expect.stringMatching(/^-e: /) as string },
        { message: expect.stringMatching(/^-s: /) as string },
      ],
    });
    expect(stderr).toMatch(/^-e: [^\n]+\n-s: [^\n]+\n2 problems; nothing was run\n$/);
  });
});

describe.skipIf(!existsSync('/dev/full'))('what cannot be written, as on a full disk', () => {
  /** Of the shell's line, with the command for `plan`. */
  const inShell = async (line: string) => {
    const script = line.replaceAll('plan ', `"${process.execPath}" "${command}" `);
    const shell = spawn('bash', ['-c', script], { cwd: workshop.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [shell.stdout, shell.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    }
    const [code] = (await once(shell, 'close')) as [number];
    return { code, said };
  };

  it.each([
    ['plan docs while > /dev/full', /^cannot write standard output: no space left on device\n$/],
    ['plan docs while --json - > /dev/full', /^cannot write standard output: no space left on device\n$/],
    ['plan validate plan.yaml > /dev/full', /^cannot write standard output: no space left on device\n$/],
    ['plan completion fish > /dev/full', /^cannot write standard output: no space left on device\n$/],
    ['plan generate small -o - > /dev/full', /^cannot write standard output: no space left on device\n$/],
    ['plan generate small -f csv -o full', /^cannot write full: no space left on device\n$/],
    [
      'plan run --once plan.yaml --quiet --har full > run.txt',
      /cannot write full: no space left on device\n$/,
    ],
  ])('%s: 110, with a sentence', async (line, said) => {
    workshop.write('plan.yaml', plan());
    symlinkSync('/dev/full', join(workshop.folder, 'full'));
    expect(await inShell(line)).toEqual({ code: 110, said: expect.stringMatching(said) as string });
    expect(lstatSync(join(workshop.folder, 'full')).isSymbolicLink()).toBe(true);
  });

  it('a reader that has left is no failure, and one that is slow gets all', async () => {
    const line = 'plan schema | head -1; echo "${PIPESTATUS[0]}"; plan schema | (sleep 1; wc -c)';
    const [, code, bytes] = (await inShell(line)).said.split('\n');
    expect([code, Number(bytes)]).toEqual(['0', schemaBytes()]);
  });
});

const schemaBytes = () => statSync(join(import.meta.dirname, '../../schemas/plan.schema.json')).size;

describe('plan validate', () => {
  it('checks all plans that files and folders lead to', async () => {
    workshop.write('good.yaml', plan());
    workshop.write('bad.yaml', plan().replace('loops', 'lops').replace('error_rate', 'error_rat'));
    workshop.write('notes.json', '{}');
    const { code, stdout, stderr } = await workshop.plan('validate', '.', 'nope.yaml');
    expect([code, stdout]).toEqual([
      104,
      'good.yaml is valid: 1 thread group, 1 threshold\nLeft out: 1 file without thread groups (notes.json)\n',
    ]);
    expect(stderr).toMatch(
      /^bad\.yaml:4:\d+: .*"loops".*\nbad\.yaml:5:\d+: .*\nthere is no file "nope\.yaml"/,
    );
    expect(stderr).toMatch(/\n3 problems in 2 of 3 plans; nothing was run\n$/);
  });
});
