import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { UserError, type Problem } from '../../model/errors.ts';
import type { Plan } from '../../model/plan.ts';
import { loadPlan, type LoadRequest } from '../load-plan.ts';
import { smallLanguage } from './small-language.ts';

type Options = Partial<Omit<LoadRequest, 'file' | 'propertyFiles'>> & {
  propertyFiles?: string[];
  file?: string;
};

type Inspect = (plan: Plan, complete: boolean) => readonly Problem[];

/** Loads `plan.yaml` of files that exist for this call only. Messages show paths without their folder. */
export async function loadFiles(
  files: Record<string, string | Uint8Array>,
  options: Options = {},
  inspect?: Inspect,
): Promise<Plan> {
  const folder = mkdtempSync(join(tmpdir(), 'load-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const propertyFiles = (options.propertyFiles ?? []).map((name) => join(folder, name));
    const file = join(folder, options.file ?? 'plan.yaml');
    return await loadPlan(
      { properties: [], env: {}, ...options, file, propertyFiles },
      smallLanguage,
      inspect,
    );
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.message.replaceAll(`${folder}/`, ''));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function loadText(text: string, options: Options = {}): Promise<Plan> {
  return loadFiles({ 'plan.yaml': text }, options);
}

/** The problems of a plan, one a line; empty when it has none. */
export async function problemsOf(
  files: string | Record<string, string | Uint8Array>,
  options: Options = {},
  inspect?: Inspect,
): Promise<string> {
  try {
    await loadFiles(typeof files === 'string' ? { 'plan.yaml': files } : files, options, inspect);
    return '';
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
