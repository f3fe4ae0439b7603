import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { preparePlan } from '../engine/api/prepare.ts';

const folder = fileURLToPath(new URL('plans/', import.meta.url));

describe('the plans of the measurements', () => {
  it.each(readdirSync(folder))('%s is valid', async (file) => {
    const request = { file: folder + file, propertyFiles: [], properties: [], env: {} };
    const { compiled } = await preparePlan({ ...request, groups: [], seed: 1 });
    expect(compiled.groups).not.toHaveLength(0);
  });
});
