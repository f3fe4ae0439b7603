import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { target, workshop } from '../support/workshop-and-target.ts';

const plan = (steps: string, more = '') => `
name: Storage
sandbox: true
defaults: { gcs: { endpoint: "\${sandbox.storage}", bucket: "\${sandbox.bucket}" } }
threadGroups: [{ name: Users, steps: [${steps}] }]
${more}
`;

/** Runs a plan and gives the most memory that the process had in RAM, in MiB (Linux, VmHWM). */
async function peakMiB(file: string): Promise<number> {
  const { child, ended } = workshop.start(['run', file]);
  let peakKib = 0;
  const timer = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8');
      peakKib = Math.max(peakKib, Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0));
    } catch {
      // It has ended.
    }
  }, 50);
  const { code, stdout, stderr } = await ended;
  clearInterval(timer);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('finished; nothing was judged');
  return peakKib / 1024;
}

describe('a plan with Cloud Storage', () => {
  it('uploads, tells throughput, rows and parts, and asserts on what came back', async () => {
    workshop.write('orders.csv', 'id,name\n1,Ann\n');
    workshop.write(
      'plan.yaml',
      plan(
        `
  { gcs: { upload: a/orders.csv, file: orders.csv }, extract: { crc: $.crc32c } },
  { gcs: a/orders.csv, name: Download, assert: [{ contains: "1,Ann" }] },
  { gcs: { upload: a/facts.csv, generate: facts, rows: 500 } },
  { gcs: { upload: a/big.bin, kind: composite, parts: 3, stream: { size: 3MB } }, name: Big },
  { gcs: { list: a/ }, assert: [{ jsonPath: "$.items[0].name", equals: a/big.bin }] },
  { gcs: { metadata: a/none }, expect: 404 }`,
        `
thresholds:
  - count(gcs_rows) == 500
  - count(gcs_parts) == 3
  - count(gcs_bytes) > 3000000
  - min(gcs_bytes_per_second) > 0
  - error_rate == 0%`,
      ),
    );
    const { code, stdout, stderr } = await workshop.plan('run', 'plan.yaml');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('gcs_bytes');
    const labels = workshop.jtl().map((line) => line.split(',')[2]);
    expect(labels).toContain('gcs upload a/orders.csv');
    expect(labels.filter((label) => label?.startsWith('Big-'))).toEqual([
      'Big-part 1',
      'Big-part 2',
      'Big-part 3',
      'Big-compose',
      'Big-delete parts',
    ]);
  });

  it('needs little more memory for 256 MB than for 8 MB', async () => {
    const step = (size: string) => `{ gcs: { upload: big.bin, stream: { size: ${size} }, kind: multipart } }`;
    workshop.write('small.yaml', plan(step('8MB')));
    workshop.write('large.yaml', plan(step('256MB')));
    const smallMiB = await peakMiB('small.yaml');
    // The beginning of a stream that is kept, 64 MiB, and what varies from run to run.
    expect((await peakMiB('large.yaml')) - smallMiB).toBeLessThan(160);
  });

  it('without credentials and an endpoint is refused at once, with the remedies', async () => {
    workshop.write('plan.yaml', plan('{ gcs: { download: a, endpoint: "" } }'));
    const env = { HOME: workshop.folder, METADATA_SERVER_DETECTION: 'none' };
    const { code, stderr } = await workshop.start(['run', 'plan.yaml'], env).ended;
    expect(code).toBe(104);
    expect(stderr).toContain('No Google credentials were found.');
  });

  it('against a server that is none fails its samples and loses none', async () => {
    workshop.write(
      'plan.yaml',
      `
name: Storage
defaults: { gcs: { endpoint: "${target.url}/", bucket: b, timeout: 500ms } }
threadGroups:
  - { name: Users, threads: 2, loops: 3, steps: [{ gcs: { upload: x, text: hello }, name: Upload }] }
`,
    );
    const { code } = await workshop.plan('run', 'plan.yaml');
    expect(code).toBe(0);
    const rows = workshop.jtl().filter((line) => line.includes(',Upload,'));
    expect(rows).toHaveLength(6);
    expect(rows.every((row) => row.includes(',false,'))).toBe(true);
  });
});
