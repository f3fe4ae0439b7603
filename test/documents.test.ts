import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { schemaText } from '../cli/commands/schema.ts';
import { planLanguage } from '../cli/docs/markdown.ts';
import { sampleFiles } from '../cli/docs/sample-files.ts';
import { prepareYaml } from './support/prepare-yaml.ts';
import { Workshop } from './support/plan-command.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

let workshop: Workshop;
beforeEach(() => (workshop = new Workshop()));
afterEach(() => workshop.clean());

/** The blocks of a language in a page, with the line each begins on. */
function blocks(page: string, language: string): { readonly text: string; readonly where: string }[] {
  const text = read(page);
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map((match) => ({
    text: match[1] ?? '',
    where: `${page}:${text.slice(0, match.index).split('\n').length}`,
  }));
}

/** Steps, or keys of a plan, put into the smallest plan that can run them on the sandbox. */
function wholePlan(block: string): string {
  if (/^name:/m.test(block)) return block;
  const steps = block.startsWith('- ')
    ? block
    : '- get: /healing/issues\n  name: List issues\n  tags: { endpoint: issues }\n';
  return `name: Example
sandbox: true
defaults: { http: { baseUrl: "\${sandbox.api}" } }
setUp:
  - post: { path: /auth/token, json: { username: test_admin, password: test_password } }
    extract: { token: $.access_token }
    export: [token]
threadGroups:
  - name: Example
    defaults: { http: { headers: { Authorization: "Bearer \${token}" } } }
    steps:
${steps.replaceAll(/^(?=.)/gm, '      ')}
${block.startsWith('- ') ? '' : block}`;
}

describe('every plan in a document', () => {
  // The examples in the generated page run together, in end-to-end/examples.test.ts.
  const pages = ['README.md', ...readdirSync(join(root, 'docs')).map((page) => `docs/${page}`)].filter(
    (page) => page.endsWith('.md') && page !== 'docs/plan-language.md',
  );
  it.each(pages.flatMap((page) => blocks(page, 'yaml')))(
    '$where runs without a failed sample',
    async ({ text }) => {
      const plan = wholePlan(text)
        .replace(/duration: 1m$/m, 'duration: 1s')
        .replace('rampUp: 5s', 'rampUp: 0s');
      if (!plan.includes('sandbox')) {
        await prepareYaml(plan);
        return;
      }
      workshop.write('plan.yaml', plan);
      for (const [name, content] of Object.entries(sampleFiles)) workshop.write(name, content);
      const { code, stdout, stderr } = await workshop.plan('run', 'plan.yaml');
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).not.toContain('✗');
      expect(workshop.runJson().total).toMatchObject({ errors: 0 });
    },
  );
});

describe('every program in docs/library.md', () => {
  it.each(blocks('docs/library.md', 'js'))('$where runs, and passes', ({ text }) => {
    const said = execFileSync(process.execPath, ['--input-type=module'], {
      cwd: root,
      input: text,
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(said).toMatch(/^passed true$|^kept /m);
    expect(said).not.toContain('broken');
  });
});

describe('every shipped plan', () => {
  const closedGroups = [
    '-Jusers=8',
    '-Jduration=2s',
    '-Jpeak_users=8',
    '-Jramp_up=1s',
    '-Jramp_duration=3s',
    '-Jthink=50ms..100ms',
  ];
  const sizes = ['-Jsmall_rows=200', '-Jmedium_rows=500', '-Jlarge_rows=1000'];
  const quick: Readonly<Record<string, readonly string[]>> = {
    'quickstart.yaml': ['-Jduration=2s'],
    'bigquery.yaml': ['-Jiterations=2', '-Jlarge_rows=20000', '-Jlimit_slower=1000%'],
    'api-load.yaml': closedGroups,
    'ingestion-load.yaml': [...closedGroups, '-Jpoll=300ms'],
    'healing-load.yaml': [...closedGroups, '-Jpoll=300ms'],
    'ingestion.yaml': [
      '-Jsmall=100',
      '-Jmedium=200',
      '-Jlarge=400',
      '-Jiterations=1',
      '-Jwarm_up=0',
      '-Jpoll=100ms',
      '-Jhuge=8MB',
      '-Jprocessed_rows=50000',
    ],
    'healing.yaml': ['-Jiterations=1', '-Jrows=200', '-Jpoll=100ms'],
    'endurance.yaml': ['-Jduration=3s', '-Jedge=3s', '-Jthink=50ms..150ms'],
    'user-mix.yaml': [
      '-Jusers=20',
      '-Jramp_up=1s',
      '-Jduration=5s',
      '-Jthink=50ms..150ms',
      '-Jthink_short=50ms..150ms',
    ],
    'smoke.yaml': ['-Jrounds=2', '-Jrows=2000', '-Jupload=16MB'],
    'components/api.yaml': [
      '-Jiterations=1',
      '-Jwarm_up=1',
      '-Jbursts=2',
      '-Jsteady_edge=1s',
      '-Jsteady_middle=1s',
      '-Jthink=50ms..100ms',
    ],
    'components/batch-jobs.yaml': ['-Jlarge_rows=20000', '-Jwarm_up=0'],
    'components/healing.yaml': ['-Jiterations=1', '-Jpoll=100ms', '-Jwarm_up=0', ...sizes],
    'components/ingestion.yaml': ['-Jiterations=1', '-Jwarm_up=0', '-Jlarge_pages=20', ...sizes],
    'components/quality.yaml': ['-Jiterations=1', '-Jwarm_up=0', ...sizes],
  };
  const plans = readdirSync(join(root, 'plans'), { recursive: true, encoding: 'utf8' });
  it.each(plans.filter((file) => file.endsWith('.yaml')).sort())(
    '%s runs whole on the sandbox',
    async (file) => {
      const settings = quick[file];
      expect(settings, 'say here how to run the plan in seconds').toBeDefined();
      const { code, stderr } = await workshop.plan('run', join(root, 'plans', file), ...(settings ?? []));
      const { total, verdict, checks = [], cleanUp } = workshop.runJson();
      // Times depend on the machine; that every request is answered as expected does not.
      expect(stderr).toBe('');
      expect(verdict.reasons.filter((reason) => !/elapsed|_per_second/.test(reason))).toEqual([]);
      expect(code === 0 || code === 99).toBe(true);
      expect(total.count).toBeGreaterThanOrEqual(20);
      expect(total.errors).toBe(0);
      expect(checks.filter(({ failures }) => failures > 0)).toEqual([]);
      if (cleanUp) expect(cleanUp).toMatchObject({ done: cleanUp.registered, failed: 0, left: 0 });
    },
  );
});

describe('every command in the README', () => {
  const commands = [...read('README.md').matchAll(/^\| `plan ([^`]+)`/gm)].map(
    ([, command]) => command ?? '',
  );

  it('works as it is written', async () => {
    expect(commands).toHaveLength(10);
    for (const command of commands) {
      const [name = '', ...args] = command
        .split(' ')
        .map((part) => (part.startsWith('plans/') ? join(root, part) : part));
      if (name === 'sandbox') continue;
      const extra = name === 'run' ? ['-Jduration=2s'] : [];
      const { code, stderr } = await workshop.plan(name, ...args, ...extra);
      expect([command, code === 99 ? 0 : code, stderr]).toEqual([command, 0, '']);
    }
  });

  it('the sandbox serves until it is told to end', async () => {
    expect(commands.some((command) => command.startsWith('sandbox --port '))).toBe(true);
    const { child, said, ended } = workshop.start(['sandbox']);
    const url = await new Promise<string>((resolve) => {
      child.stdout?.on('data', () => {
        const found = /serves (\S+)/.exec(said())?.[1];
        if (found) resolve(found);
      });
    });
    expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ status: 'healthy' });
    child.kill('SIGINT');
    expect((await ended).code).toBe(0);
  });

  it('its two lines for newcomers are the ones that are tested', () => {
    const lines = blocks('README.md', 'sh').map(({ text }) => text.trim());
    expect(lines).toEqual([
      'npm ci && npm run build && node dist/cli/main.js run plans/quickstart.yaml',
      'npm ci && npm test',
    ]);
  });

  it('has at most 150 lines', () => {
    expect(read('README.md').split('\n').length).toBeLessThanOrEqual(150);
  });
});

describe('what is generated', () => {
  it.each([
    ['schemas/plan.schema.json', schemaText],
    ['docs/plan-language.md', planLanguage],
  ])('%s is current (npm run schemas)', (file, make) => {
    if (process.env['UPDATE_GOLDEN']) writeFileSync(join(root, file), make());
    expect(existsSync(join(root, file)) ? read(file) : '').toBe(make());
  });
});

describe('links', () => {
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    ...readdirSync(join(root, 'docs'))
      .filter((page) => page.endsWith('.md'))
      .map((page) => `docs/${page}`),
  ];
  it.each(pages)('of %s lead somewhere', (page) => {
    const targets = [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target]) => target ?? '');
    const missing = targets.filter((target) => !existsSync(join(root, page, '..', target)));
    expect(missing).toEqual([]);
  });
});
