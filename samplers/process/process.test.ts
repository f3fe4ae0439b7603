import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProcessSampler } from './process-sampler.ts';
import { process as kind } from './process.ts';
import { folder, node, run, sampler } from './test-support/run-process.ts';

const canRun = (program: string, ...args: string[]) => {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

describe('a command', () => {
  it.each([
    ['a list', { command: ['echo', 'a  b', '*', '$HOME'] }, 'a  b * $HOME\n'],
    ['a text', { command: `echo 'a  b' * $HOME` }, 'a  b * $HOME\n'],
    ['a text for a shell', { command: 'echo a | tr a b && X=1 && echo $X', shell: true }, 'b\n1\n'],
    ['no builtin of the shell that runs it', { command: ['test', '1', '=', '1'] }, ''],
    ['one with an environment', { command: 'printenv GREETING', env: { GREETING: 'hello' } }, 'hello\n'],
    ['one that reads a text', { command: 'cat', stdin: 'some text' }, 'some text'],
    ['one that reads nothing', { command: 'cat' }, ''],
    ['one that does not read its input', { command: 'echo done', stdin: 'x'.repeat(1e6) }, 'done\n'],
  ])('may be %s', async (_, config, output) => {
    const outcome = await run(config);
    expect([outcome.failure, outcome.text]).toEqual([undefined, output]);
    expect([outcome.ok, outcome.code, outcome.message]).toEqual([true, '0', 'exit code 0']);
  });

  it('runs in the folder of the plan, or one from there', async () => {
    mkdirSync(join(folder, 'inner'), { recursive: true });
    expect((await run({ command: 'pwd -P', shell: true })).text).toMatch(/loadplan-process-[^/]+\n$/);
    expect((await run({ command: 'pwd -P', shell: true, cwd: 'inner' })).text).toMatch(/\/inner\n$/);
    expect((await run({ command: 'pwd -P', shell: true, cwd: '/' })).text).toBe('/\n');
  });

  it('reads a file of the plan', async () => {
    writeFileSync(join(folder, 'in.txt'), 'from a file');
    expect((await run({ command: 'cat', stdin: { file: 'in.txt' } })).text).toBe('from a file');
  });

  it.each([
    [{ command: ['no-such-program'] }, /there is no program "no-such-program" in PATH \(/],
    [{ command: ['./no-such'] }, /there is no program "\.\/no-such": .*\/no-such does not exist/],
    [{ command: ['./plain.txt'] }, /"\.\/plain\.txt" is not a program that may be run: chmod \+x /],
    [{ command: 'echo', cwd: 'nowhere' }, /there is no folder "nowhere" to run it in \(/],
    [{ command: "echo 'x" }, /there is no command in "echo 'x"/],
    [{ command: '  ' }, /there is no command/],
  ])('that cannot be run fails with the reason: %j', async (config, why) => {
    writeFileSync(join(folder, 'plain.txt'), 'text');
    const outcome = await run(config);
    expect([outcome.ok, outcome.code]).toEqual([false, 'process.command']);
    expect(outcome.failure).toMatch(why);
  });
});

describe('an exit code', () => {
  it.each([
    ['exit 3', '3', 'exit code 3'],
    ['echo out; exit 3', '3', 'exit code 3: out'],
    ['echo out; echo bad >&2; echo worse >&2; exit 7', '7', 'exit code 7: bad | worse'],
    ['kill -9 $$', '137', 'exit code 137 (SIGKILL)'],
    ['exit 127', '127', 'exit code 127'],
  ])('of %j is the code of the sample', async (command, code, explanation) => {
    const outcome = await run({ command, shell: true });
    expect([outcome.ok, outcome.code, outcome.explanation]).toEqual([false, code, explanation]);
  });

  it('leaves the decision to expect:, which a cause does not', async () => {
    expect((await run({ command: 'exit 3', shell: true })).failure).toBeUndefined();
    expect((await run({ command: 'no-such-program' })).failure).toBeDefined();
  });
});

describe('output', () => {
  it('is the answer; the errors are a header, and the answer of a command that failed and says nothing else', async () => {
    const both = 'echo out; echo err >&2; exit ';
    for (const code of [0, 1]) {
      const outcome = await run({ command: both + String(code), shell: true });
      expect([outcome.text, outcome.headers, outcome.bytesReceived]).toEqual([
        'out\n',
        [['stderr', 'err\n']],
        8,
      ]);
    }
    expect((await run({ command: 'echo err >&2; exit 1', shell: true })).text).toBe('err\n');
    expect((await run({ command: 'echo err >&2', shell: true })).text).toBe('');
  });

  it('is kept to its end only, and counted whole', async () => {
    const script = 'process.stdout.write("a".repeat(5e6) + "END"); process.stderr.write("b".repeat(2e6))';
    const outcome = await run({ command: node(script), maxOutput: 10 });
    expect([outcome.text, outcome.bytesReceived]).toEqual(['aaaaaaaEND', 7_000_003]);
    expect(outcome.message).toBe(
      'exit code 0; kept are the last of 5000003 bytes of its output and the last of 2000000 bytes of its errors',
    );
  });

  it('is told in a failure with its end, on one line', async () => {
    const script = 'console.error("x".repeat(5000)); console.error("\\nlast"); process.exit(1)';
    const { explanation = '' } = await run({ command: node(script) });
    expect(explanation).toMatch(/^exit code 1: …x{393} \| last$/);
  });
});

describe('time', () => {
  it('is over when the command ends, not when its output is closed', async () => {
    const { events } = await run({ command: 'echo a' });
    expect(events.slice(0, 2)).toEqual(['firstByte', 'done']);
  });

  it('is limited: the command and its children are asked to end, and the sample says so', async () => {
    const outcome = await run({
      command: 'echo begun; sleep 30 & echo $! > child.pid; wait',
      shell: true,
      timeout: 300,
    });
    expect([outcome.code, outcome.failure]).toEqual([
      'process.timeout',
      'process.timeout: the command was still running after 300ms and was ended: begun',
    ]);
    expect(await isGone('child.pid')).toBe(true);
    expect(outcome.metrics).toMatchObject({ process_cpu_time: [expect.any(Number)] });
  });

  it('is limited for those who do not listen', async () => {
    const script =
      'process.on("SIGTERM", () => 0); require("fs").writeFileSync("deaf.pid", String(process.pid)); setInterval(() => 0, 1000)';
    const outcome = await run({ command: node(script), timeout: 700, killAfter: 100 });
    expect(outcome.code).toBe('process.timeout');
    expect(await isGone('deaf.pid')).toBe(true);
    expect(outcome.metrics).toMatchObject({ process_cpu_time: [] });
  });

  it('ends what the command leaves running in its group, and does not wait for it', async () => {
    const startMs = performance.now();
    const outcome = await run({ command: 'sleep 30 & echo $! > left.pid', shell: true });
    expect([outcome.ok, performance.now() - startMs < 5000]).toEqual([true, true]);
    expect(await isGone('left.pid')).toBe(true);
  });

  it.runIf(canRun('setsid', '--version'))('ends what has left the group when its time is over', async () => {
    const command = 'setsid sh -c "echo \\$\\$ > gone-away.pid; exec sleep 60" & wait';
    const outcome = await run({ command, shell: true, timeout: 500, killAfter: 100 });
    expect([outcome.code, await isGone('gone-away.pid')]).toEqual(['process.timeout', true]);
  });

  it.runIf(canRun('setsid', '--version'))(
    'does not wait for what has left the group and holds the output',
    async () => {
      const startMs = performance.now();
      const outcome = await run({ command: 'setsid sleep 5 & echo here', shell: true });
      expect([outcome.text, performance.now() - startMs < 3000]).toEqual(['here\n', true]);
    },
  );
});

describe('the end of a run', () => {
  it.each([
    ['abort', 'trap "echo stopped; exit 1" TERM; echo $$ > at-work.pid; while :; do sleep 0.05; done'],
    ['close', 'trap "" TERM; echo $$ > at-work.pid; while :; do sleep 0.05; done'],
  ] as const)('%s ends a command, and its sample fails', async (way, command) => {
    const own = new ProcessSampler({
      pathOf: (path) => join(folder, path),
      readBytes: () => new Uint8Array(),
    });
    writeFileSync(join(folder, 'at-work.pid'), '');
    const performed = run({ command, shell: true, iterations: 5 }, own);
    while (readFileSync(join(folder, 'at-work.pid'), 'utf8') === '')
      await new Promise((done) => setTimeout(done, 10));
    await own[way]();
    const outcome = await performed;
    expect(outcome.code).toBe('process.interrupted');
    expect(outcome.failure).toMatch(
      /^process\.interrupted: run 1 of 5: the run was stopped, and the command with it/,
    );
    expect(await isGone('at-work.pid')).toBe(true);
  });
});

describe('what a command uses', () => {
  it('is its processor time, and that of its children', async () => {
    const burn = 'const end = process.cpuUsage().user + 3e5; while (process.cpuUsage().user < end);';
    for (const command of [node(burn), ['sh', '-c', `"$1" -e "$2"; true`, 'sh', process.execPath, burn]]) {
      const { metrics } = await run({ command });
      const [cpuMs] = metrics?.['process_cpu_time'] as number[];
      const [wallMs] = metrics?.['process_wall'] as number[];
      expect(cpuMs).toBeGreaterThanOrEqual(300);
      expect(cpuMs).toBeLessThan(wallMs! * 2);
    }
    const { metrics } = await run({ command: 'sleep 0.2' });
    expect((metrics?.['process_cpu_time'] as number[])[0]).toBeLessThan(50);
    expect((metrics?.['process_wall'] as number[])[0]).toBeGreaterThan(199);
  });

  it.runIf(process.platform === 'linux')(
    'is the peak of its memory, and of that of its children',
    async () => {
      // Long enough to be looked at several times even where a look has to wait for a busy machine.
      const take = 'let b = Buffer.alloc(2e8, 1); b = null; setTimeout(() => 0, 2000)';
      const commands = [node(take), ['sh', '-c', `"$1" -e "$2"; true`, 'sh', process.execPath, take]];
      const outcomes = await Promise.all(commands.map((command) => run({ command })));
      for (const { metrics } of outcomes) {
        const [bytes] = metrics?.['process_peak_memory'] as number[];
        expect(bytes).toBeGreaterThan(2e8);
        expect(bytes).toBeLessThan(4e8);
      }
    },
  );
});

it('is silent of the memory of what is too short to be seen', async () => {
  expect((await run({ command: 'true' })).metrics).toMatchObject({ process_peak_memory: [] });
});

describe('several runs', () => {
  const counting = 'echo x >> runs.txt; wc -l < runs.txt | tr -d " "';
  const restart = () => writeFileSync(join(folder, 'runs.txt'), '');

  it('make one sample, each a part and a value', async () => {
    restart();
    const outcome = await run({ command: counting, shell: true, iterations: 3 });
    expect([outcome.text, outcome.bytesReceived]).toEqual(['3\n', 6]);
    expect(outcome.parts.map(({ name, outcome: { ok } }) => [name, ok])).toEqual([
      ['run-1', true],
      ['run-2', true],
      ['run-3', true],
    ]);
    expect(outcome.metrics).toMatchObject({ process_wall: { length: 3 }, process_cpu_time: { length: 3 } });
    expect(outcome.events.indexOf('done')).toBeGreaterThan(outcome.events.indexOf('part run-2'));
  });

  it('to warm up come before the sample begins', async () => {
    restart();
    const outcome = await run({ command: counting, shell: true, warmUp: 2 });
    expect(outcome.text).toBe('3\n');
    expect(outcome.events[0]).toBe('ready');
    expect(outcome.metrics).toMatchObject({ process_wall: { length: 1 } });
  });

  it('end with the first that does not end with 0', async () => {
    restart();
    const command = `${counting}; test $(wc -l < runs.txt) -ne 2`;
    const outcome = await run({ command, shell: true, iterations: 4 });
    expect([outcome.code, outcome.explanation]).toEqual(['1', 'run 2 of 4: exit code 1: 2']);
    expect(outcome.parts.map((part) => part.outcome.failure)).toEqual([undefined, 'exit code 1: 2']);
    restart();
    const cold = await run({ command, shell: true, warmUp: 2 });
    expect(cold.failure).toBe('process.warmUp: run 2 of 2 to warm up: exit code 1: 2');
  });
});

describe('a file that the command writes', () => {
  const write = (name: string, text: string) => `printf '%s' '${text}' > ${name}`;

  it.each([
    ['json', 'a.json', '{"a":1}'],
    ['file', 'a.csv', 'a,b'],
  ])('as %s is the answer', async (form, name, text) => {
    for (const pass of [1, 2]) {
      const outcome = await run({ command: write(name, text), shell: true, read: { [form]: name } });
      expect([pass, outcome.failure, outcome.text]).toEqual([pass, undefined, text]);
    }
  });

  it.each([
    [{ json: 'none.json' }, 'true', /^process\.read: the command wrote no file "none\.json" \(\//],
    [
      { json: 'old.json' },
      'true',
      /^process\.read: "old\.json" is older than the command, which did not write it/,
    ],
    [{ json: 'bad.json' }, write('bad.json', '{'), /^process\.read: "bad\.json" is not JSON/],
    [{ junit: 'bad.xml' }, write('bad.xml', '<a'), /^process\.read: "bad\.xml" is not XML: /],
    [
      { junit: 'other.xml' },
      write('other.xml', '<a/>'),
      /^process\.read: "other\.xml" is not a JUnit report/,
    ],
  ])('fails the sample when it is not there or not right: %j', async (read, command, why) => {
    writeFileSync(join(folder, 'old.json'), '{}');
    const outcome = await run({ command, shell: true, read });
    expect(outcome.failure).toMatch(why);
  });

  it('is not asked for when the command failed', async () => {
    const outcome = await run({ command: 'echo why >&2; exit 4', shell: true, read: { json: 'none.json' } });
    expect([outcome.code, outcome.explanation]).toEqual(['4', 'exit code 4: why']);
  });

  it('may be a JUnit report: its cases are parts and counts', async () => {
    const xml =
      '<testsuite><testcase name="a" time="0.5"/><testcase name="b" time="0.25"><failure message="no"/></testcase><testcase name="c"><skipped/></testcase></testsuite>';
    const outcome = await run({
      command: `${write('r.xml', xml)}; exit 1`,
      shell: true,
      read: { junit: 'r.xml' },
    });
    expect([outcome.code, outcome.explanation, outcome.text]).toEqual([
      '1',
      'exit code 1: 1 of 3 tests did not pass: b: no',
      xml,
    ]);
    expect(
      outcome.parts.map(({ name, elapsedMs, outcome: { ok, code, failure } }) => [
        name,
        elapsedMs,
        ok,
        code,
        failure,
      ]),
    ).toEqual([
      ['a', 500, true, 'passed', undefined],
      ['b', 250, false, 'failure', 'no'],
      ['c', 0, true, 'skipped', undefined],
    ]);
    expect(outcome.metrics).toMatchObject({
      process_tests: 3,
      process_failures: 1,
      process_errors: 0,
      process_skipped: 1,
    });
  });

  it.runIf(canRun('python3', '-m', 'pytest', '--version'))('may be what pytest writes', async () => {
    writeFileSync(
      join(folder, 'test_it.py'),
      'def test_good():\n    assert True\n\ndef test_bad():\n    assert 1 == 2\n',
    );
    const command = [
      'python3',
      '-m',
      'pytest',
      '-q',
      '-p',
      'no:cacheprovider',
      '--junitxml=pytest.xml',
      'test_it.py',
    ];
    const outcome = await run({ command, read: { junit: 'pytest.xml' } });
    expect([outcome.code, outcome.explanation]).toEqual([
      '1',
      'exit code 1: 1 of 2 tests did not pass: test_it.test_bad: assert 1 == 2',
    ]);
    expect(outcome.parts.map(({ name }) => name)).toEqual(['test_it.test_good', 'test_it.test_bad']);
  });
});

describe('what is told before the run', () => {
  it.each([
    [{ command: "pytest 'a b" }, "a quote is not closed in the command pytest 'a b"],
    [{ command: ' ' }, 'the command is empty'],
    [
      { command: ['a'], shell: true },
      'a shell takes one text: write command: as a text, or leave shell: out',
    ],
    [{ command: "a '", shell: true }, null],
    [{ command: "${program} '" }, null],
    [{ command: ['a'] }, null],
  ])('%j: %s', (config, mistake) => {
    expect(kind.check?.(config, true)).toBe(mistake);
  });

  it('is the file that it reads, and the label', () => {
    expect(kind.files?.({ stdin: { file: 'a.csv' } })).toEqual(['a.csv']);
    expect(kind.files?.({ stdin: 'text' })).toEqual([]);
    expect(kind.label({ command: ['a', '-b'] })).toBe('a -b');
  });
});

/** Whether the process whose number a file holds goes; a killed one may take a moment, and a zombie that is not ours is gone. */
async function isGone(file: string): Promise<boolean> {
  const status = `/proc/${readFileSync(join(folder, file), 'utf8').trim()}/status`;
  for (let looks = 0; looks < 100; looks++) {
    if (!existsSync(status) || /^State:\s+Z/m.test(readFileSync(status, 'utf8'))) return true;
    await new Promise((done) => setTimeout(done, 10));
  }
  return false;
}

it('leaves no child of its own behind', async () => {
  await sampler.close();
  expect(childrenOfThisProcess()).toEqual([]);
});

function childrenOfThisProcess(): string[] {
  const found = execFileSync('ps', ['-o', 'pid=,comm=', '--ppid', String(process.pid)])
    .toString()
    .split('\n');
  return found.filter((line) => line.trim() !== '' && !line.endsWith(' ps'));
}
