import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/plan-command.ts';
import { target, workshop } from '../support/workshop-and-target.ts';

const plan = (listeners: string, steps = '') => `name: Listeners
properties: { key: { default: k-s3cret, secret: true } }
defaults: { http: { baseUrl: "${target.url}", headers: { Authorization: Bearer abc } } }
threadGroups:
  - name: G
    threads: 4
    loops: 6
    steps:
      - get: "/item/\${__threadNum}"
        name: Item
        extract: { itemId: $.id }
      - post: { path: "/fail?key=\${key}", json: { password: "\${key}" } }
        name: Fail
${steps}listeners: ${listeners}
`;

async function run(listeners: string, ...options: string[]) {
  workshop.write('plan.yaml', plan(listeners));
  const ended = await workshop.plan('run', 'plan.yaml', '--workers', '2', ...options);
  return { ...ended, folder: ended.code === 104 ? '' : workshop.results() };
}

/** The attributes of the outermost samples; throws for what is not well-formed. */
function samplesIn(xml: string): Record<string, string>[] {
  const found: Record<string, string>[] = [];
  let depth = 0;
  const parser = new SaxesParser();
  parser.on('opentag', ({ attributes }) => {
    if (depth++ === 1) found.push({ ...(attributes as Record<string, string>) });
  });
  parser.on('closetag', () => depth--);
  parser.write(xml).close();
  return found;
}

describe('listeners of a run over two workers', () => {
  it('carry the variables of every user into both kinds of JTL, and know the columns asked for', async () => {
    const { code, folder } = await run(
      '[{ jtl-csv: { columns: [label, success], sampleVariables: [itemId, key] } }, { jtl-xml: { sampleVariables: [itemId] } }]',
    );
    expect(code).toBe(0);
    const [header, ...rows] = workshop.jtl();
    expect(header).toBe('label,success,"itemId","key"');
    expect([...new Set(rows)].sort()).toEqual(['Fail,false,42,***', 'Item,true,42,***']);
    expect(rows).toHaveLength(48);
    const samples = samplesIn(workshop.read(join(folder, 'samples.xml')));
    expect(samples).toHaveLength(48);
    expect(new Set(samples.map(({ itemId }) => itemId))).toEqual(new Set(['42']));
  });

  it('keep the first failures of a label, readable and without secrets', async () => {
    const { code, folder } = await run('[json, { failures: 3 }]');
    expect(code).toBe(0);
    const files = readdirSync(join(workshop.folder, folder, 'failures')).sort();
    expect(files).toEqual(['001-fail-500.txt', '002-fail-500.txt', '003-fail-500.txt', 'index.json']);
    const text = workshop.read(join(folder, 'failures', files[0]!));
    expect(text).toContain(`POST ${target.url}/fail?key=***\n`);
    expect(text).toContain('\nAuthorization: ***\n');
    expect(text).toContain('\n{"password":"***"}\n');
    expect(text).toContain('"path":"/fail?key=***"');
    expect(text).not.toContain('s3cret');
    expect(target.requests.some(({ body }) => body === '{"password":"k-s3cret"}')).toBe(true);
  });

  it('save answers until there are as many as asked for, and say so', async () => {
    const { code, folder, stdout } = await run('[json, { responses: { labels: [Item], most: 5 } }]');
    expect(code).toBe(0);
    expect(stdout).toContain('responses: there are 5, as many as were asked for; no more are saved');
    const files = readdirSync(join(workshop.folder, folder, 'responses')).sort();
    expect(files).toHaveLength(6);
    expect(JSON.parse(workshop.read(join(folder, 'responses', files[1]!)))).toMatchObject({ id: 42 });
  });

  it('write the table, which plan report makes again', async () => {
    const { folder } = await run('[json, csv]');
    const table = workshop.read(join(folder, 'aggregate.csv'));
    expect(table.split('\n').map((row) => row.split(',').slice(0, 2).join(' '))).toEqual([
      'Label # Samples',
      'Item 24',
      'Fail 24',
      'TOTAL 48',
      '',
    ]);
    const { code } = await workshop.plan('report', folder, '--csv', 'again.csv');
    expect([code, workshop.read('again.csv')]).toEqual([0, table]);
  });

  it('a JTL with other columns is not added to', async () => {
    expect((await run('[jtl-csv]', '-l', 'out.jtl')).code).toBe(0);
    const before = workshop.read('out.jtl');
    workshop.write('plan.yaml', plan('[{ jtl-csv: { without: [URL] } }]'));
    const { code, stderr } = await workshop.plan('run', 'plan.yaml', '-l', 'out.jtl', '--append');
    expect([code, stderr]).toEqual([104, expect.stringContaining('out.jtl cannot be added to')]);
    expect(workshop.read('out.jtl')).toBe(before);
  });

  it('are added to the usual ones, and a failed run says why whichever there are', async () => {
    workshop.write('plan.yaml', `${plan('[{ failures: 1 }]')}thresholds: [error_rate < 1%]\n`);
    const usual = await workshop.plan('run', 'plan.yaml');
    expect(usual.code).toBe(99);
    const folder = workshop.results();
    const files = readdirSync(join(workshop.folder, folder)).sort();
    expect(files).toEqual(['failures', 'plan.yaml', 'run.json', 'samples.jtl']);
    expect(usual.stdout).toContain('✗ error_rate < 1%');
    const reasons = 'failed (exit code 99)\n- threshold failed: error_rate < 1%\n';
    expect(usual.stdout).toContain(`\n\n${reasons}`);
    expect(workshop.runJson().verdict).toMatchObject({ passed: false, ending: 'failed', exitCode: 99 });
    workshop.write(
      'plan.yaml',
      `${plan('[{ jtl-csv: false }, { summary: false }]')}thresholds: [error_rate < 1%]\n`,
    );
    const bare = await workshop.plan('run', 'plan.yaml', '--results', 'bare');
    expect([bare.code, bare.stdout]).toEqual([99, expect.not.stringContaining('times in ms')]);
    expect(bare.stdout).toContain(`\n\n${reasons}`);
    const [left = ''] = readdirSync(join(workshop.folder, 'bare'));
    expect(readdirSync(join(workshop.folder, 'bare', left)).sort()).toEqual(['plan.yaml', 'run.json']);
  });

  it('are whole when the run is cut short', async () => {
    workshop.write('plan.yaml', plan('[jtl-csv, jtl-xml, failures]', '      - get: /slow\n'));
    const { child, ended } = workshop.start(['run', 'plan.yaml', '--grace', '100ms']);
    await eventually(() => target.requests.some(({ path }) => path === '/slow'), 'a slow request');
    child.kill('SIGINT');
    expect((await ended).code).toBe(105);
    const folder = workshop.results();
    expect(samplesIn(workshop.read(join(folder, 'samples.xml'))).length).toBe(workshop.jtl().length - 1);
    expect(readdirSync(join(workshop.folder, folder, 'failures'))).toContain('index.json');
  });
});
