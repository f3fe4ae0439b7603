import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../model/errors.ts';
import { loadPlan } from './load-plan.ts';
import { smallLanguage } from './test-support/small-language.ts';

const folder = join(import.meta.dirname, 'golden');
const golden = join(folder, 'twenty-mistakes.txt');

async function failure(): Promise<UserError> {
  const request = { file: join(folder, 'twenty-mistakes.yaml'), properties: [], propertyFiles: [], env: {} };
  try {
    await loadPlan(request, smallLanguage);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('the plan has no mistakes');
}

describe('a plan with many mistakes', () => {
  it('tells all of them at once, as the golden file has them', async () => {
    const text = `${(await failure()).message.replaceAll(`${folder}/`, '')}\n`;
    if (process.env['UPDATE_GOLDEN']) writeFileSync(golden, text);
    expect(text).toBe(readFileSync(golden, 'utf8'));
  });

  it('tells at least twenty, each with line and column, in the order of the file', async () => {
    const { problems } = await failure();
    expect(problems.length).toBeGreaterThanOrEqual(20);
    const lines = problems.map(({ at }) => at?.line ?? 0);
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
    expect(lines.every((line) => line > 0)).toBe(true);
  });
});
