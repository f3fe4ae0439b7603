import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { programOf } from '../program.ts';
import { silentOutput } from '../test-support/silent-output.ts';
import { candidates } from './candidates.ts';
import { scripts, shells } from './shells.ts';

const program = programOf(silentOutput(), () => undefined);
const topics = () => ['while', 'when'];

let folder: string;
let plan: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadplan-completion-'));
  plan = join(folder, 'plan.yaml');
  writeFileSync(
    plan,
    'name: A\nproperties: { users: 1, user_name: x }\nenvironments: { staging: {}, stage: {}, live: {} }\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('candidates', () => {
  it.each<[string, string]>([
    ['ru', 'run'],
    ['', 'run validate explain report docs schema init generate sandbox completion help'],
    ['help ex', 'explain'],
    ['run --non', '--nongui --non-proxy-hosts'],
    ['run --health ', 'warn fail'],
    ['run -l ', '/'],
    ['run --health=f', '--health=fail'],
    ['run PLAN --environment=st', '--environment=staging --environment=stage'],
    ['run PLAN --property=us', '--property=users= --property=user_name='],
    ['run --logfile=a', '/'],
    ['run PLAN -e st', 'staging stage'],
    ['run PLAN -Jus', '-Jusers= -Juser_name='],
    ['run PLAN -J users', 'users='],
    ['run -Jus', ''],
    ['run nowhere.yaml -e ', ''],
    ['validate ', '/'],
    ['docs wh', 'while when'],
    ['completion z', 'zsh'],
    ['schema ', ''],
    ['nonsense x', ''],
  ])('behind "plan %s" are %j', async (line, expected) => {
    const { words, files } = await candidates(line.replace('PLAN', plan).split(' '), program, topics);
    expect([...words, ...(files ? ['/'] : [])].join(' ')).toBe(expected);
  });
});

describe('completion', () => {
  it.each(shells.filter((shell) => spawnSync(shell, ['-c', 'true']).status === 0))(
    'is understood by %s',
    (shell) => {
      const file = join(folder, `completion.${shell}`);
      writeFileSync(file, scripts[shell]);
      const { status, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
    },
  );

  it.each([
    ['plan run --gr', ['--grace']],
    ['plan run x.yaml -e st', ['asked: run x.yaml -e st', 'here']],
    ['plan run --property=us', ['asked: run --property=us', 'here']],
  ])('of "%s" in bash is %j', (line, expected) => {
    // Stands for the command, which the end-to-end tests run.
    const command = join(folder, 'plan');
    writeFileSync(
      command,
      '#!/bin/bash\nshift 3\n[[ "${*: -1}" == --gr ]] && echo --grace || { echo "asked: $*"; echo here; }\n',
    );
    chmodSync(command, 0o755);
    const words = line.split(' ');
    const asked = `${scripts.bash}
COMP_LINE='${line}' COMP_POINT=${line.length} COMP_WORDS=(${words.join(' ')}) COMP_CWORD=${words.length - 1}
_plan_completion
printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = spawnSync('bash', ['-c', asked], {
      encoding: 'utf8',
      env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` },
    });
    expect(stdout.trimEnd().split('\n')).toEqual(expected);
  });
});
