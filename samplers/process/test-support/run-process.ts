import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { defaultsOf } from '../../../engine/model/json-schema.ts';
import type { Outcome } from '../../../engine/model/sample.ts';
import type { KnownPart, SampleContext } from '../../../engine/model/sampler.ts';
import { ProcessSampler } from '../process-sampler.ts';
import { processSchema, type ProcessConfig } from '../schema.ts';

/** What a sampler said of one operation, in order: `ready`, `done`, `part NAME`. */
export interface Told {
  readonly events: string[];
  readonly parts: {
    readonly name: string | undefined;
    readonly elapsedMs: number | undefined;
    readonly outcome: Outcome;
  }[];
}

export type Performed = Outcome & Told & { readonly text: string };

/** A folder for plans, which goes when the file of tests is done. */
export const folder = mkdtempSync(join(tmpdir(), 'loadplan-process-'));
afterAll(() => rmSync(folder, { recursive: true }));

export const sampler = new ProcessSampler({
  pathOf: (path) => join(folder, path),
  readBytes: (path) => readFileSync(join(folder, path)),
});
afterAll(() => sampler.close());

/** Runs a command as the engine would, and keeps its output. */
export async function run(config: Partial<ProcessConfig>, by: ProcessSampler = sampler): Promise<Performed> {
  const told: Told = { events: [], parts: [] };
  const outcome = await by.perform(
    { ...(defaultsOf(processSchema) as unknown as ProcessConfig), ...config },
    contextOf(told),
  );
  return { ...outcome, ...told, text: Buffer.from(outcome.body ?? []).toString() };
}

/** `node -e script`. */
export const node = (script: string, ...args: string[]): string[] => [
  process.execPath,
  '-e',
  script,
  ...args,
];

export function contextOf(told: Told): SampleContext {
  const note = (event: string) => void told.events.push(event);
  const part = (outcome: Outcome, { name, elapsedMs }: KnownPart = {}) => {
    note(`part ${name ?? ''}`);
    told.parts.push({ name, elapsedMs, outcome });
  };
  return {
    user: { threadName: 'Users 1-1', iteration: 0 },
    keepBody: true,
    keepHeaders: true,
    keepRequest: true,
    keepOfParts: null,
    connected: () => undefined,
    firstByte: () => note('firstByte'),
    ready: () => note('ready'),
    done: () => note('done'),
    part,
    begin: (name) => ({
      connected: () => undefined,
      firstByte: () => undefined,
      end: (outcome) => part(outcome, name === undefined ? {} : { name }),
    }),
  };
}
