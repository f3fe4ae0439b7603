import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Workshop } from '../support/plan-command.ts';

const golden = join(import.meta.dirname, 'golden');

it('a plan with more than twenty different mistakes is told each of them, located, at once', async () => {
  const workshop = new Workshop();
  try {
    copyFileSync(join(golden, 'twenty-mistakes.yaml'), join(workshop.folder, 'twenty-mistakes.yaml'));
    const { code, stderr } = await workshop.plan('run', 'twenty-mistakes.yaml');
    expect(code).toBe(104);
    if (process.env['UPDATE_GOLDEN']) writeFileSync(join(golden, 'twenty-mistakes.txt'), stderr);
    expect(stderr).toBe(readFileSync(join(golden, 'twenty-mistakes.txt'), 'utf8'));
    expect(stderr.match(/^twenty-mistakes\.yaml:\d+:\d+: /gm)?.length).toBeGreaterThanOrEqual(20);
    expect(existsSync(join(workshop.folder, 'results'))).toBe(false);
  } finally {
    workshop.clean();
  }
});
