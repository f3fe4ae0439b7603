import type { SandboxOptions } from '../engine/model/plan.ts';
import { UserError } from '../engine/model/errors.ts';

/** What a sandbox can be told; everything has a default. */
export interface StartOptions extends Partial<SandboxOptions> {
  /** 0, the default: any free port. */
  readonly port?: number;
  /** `required`, the default: 401 without a token. `optional`: only a wrong token is refused. */
  readonly auth?: 'required' | 'optional';
  /** The least time that an execution or validation takes; the most is twice that. */
  readonly executionMs?: number;
  /** How long it takes until an issue is detected. */
  readonly detectionMs?: number;
  /** How long it takes to heal an issue. */
  readonly healingMs?: number;
  /** The content of an object is kept up to this size; what is larger is counted and checksummed. */
  readonly keepObjectBytes?: number;
  /** `own`, the default: BigQuery requests for other projects than the sandbox's are answered 403. `any`: all are served. */
  readonly projects?: 'own' | 'any';
  /** Created things kept of each kind; beyond that the oldest is dropped. */
  readonly keep?: number;
}

export type SandboxSettings = Readonly<Required<StartOptions>>;

export const defaultSettings: SandboxSettings = {
  latencyMs: 0,
  errorRatio: 0,
  seed: 1,
  port: 0,
  auth: 'required',
  executionMs: 1000,
  detectionMs: 1000,
  healingMs: 1500,
  keepObjectBytes: 256 * 1_048_576,
  projects: 'own',
  keep: 10_000,
};

/** The options with defaults filled in; a UserError names every value out of range. */
export function settingsOf(options: StartOptions): SandboxSettings {
  const settings = { ...defaultSettings, ...options };
  const { errorRatio, port } = settings;
  const atLeastZero = [
    'latencyMs',
    'executionMs',
    'detectionMs',
    'healingMs',
    'keepObjectBytes',
    'keep',
  ] as const;
  const problems = atLeastZero
    .filter((name) => !(settings[name] >= 0))
    .map((name) => `sandbox.${name} must be at least 0, got ${settings[name]}.`);
  if (!(errorRatio >= 0 && errorRatio <= 1))
    problems.push(`sandbox.errorRatio must be from 0 to 1, got ${errorRatio}.`);
  if (!(port >= 0 && port <= 65_535)) problems.push(`sandbox.port must be from 0 to 65535, got ${port}.`);
  if (problems.length > 0) throw new UserError(problems.map((message) => ({ message })));
  return settings;
}
