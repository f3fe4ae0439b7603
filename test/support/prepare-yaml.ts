import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preparePlan, type PrepareRequest, type Prepared } from '../../engine/api/prepare.ts';

/** A plan written down in a test, prepared as the command does it. Errors name it `plan.yaml`. */
export async function prepareYaml(yaml: string, request: Partial<PrepareRequest> = {}): Promise<Prepared> {
  const folder = mkdtempSync(join(tmpdir(), 'loadplan-'));
  const file = join(folder, 'plan.yaml');
  writeFileSync(file, yaml);
  try {
    return await preparePlan({
      file,
      properties: [],
      propertyFiles: [],
      env: {},
      groups: [],
      seed: 1,
      ...request,
    });
  } catch (error) {
    if (error instanceof Error) error.message = error.message.replaceAll(`${folder}/`, '');
    throw error;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The message with every mistake, or a failure of the test when there is none. */
export async function mistakes(yaml: string, request: Partial<PrepareRequest> = {}): Promise<string[]> {
  try {
    await prepareYaml(yaml, request);
  } catch (error) {
    if (error instanceof Error && error.name === 'UserError') return error.message.split('\n');
    throw error;
  }
  throw new Error('the plan has no mistake');
}
