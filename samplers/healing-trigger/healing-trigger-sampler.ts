import type { Outcome } from '../../engine/model/sample.ts';
import type { OpenOptions, OpenSampler, SampleContext, UserHandle } from '../../engine/model/sampler.ts';
import { Asking } from './asking.ts';
import { healingRun } from './healing-run.ts';
import { OperatorsAtWork } from './operators-at-work.ts';
import { Pauses } from './pauses.ts';
import type { HealingTriggerConfig } from './schema.ts';

/** How long the last operation of a trigger may take beyond its limit: its own least time, and the end of its job. */
const mostBeyondMs = 10_000;

/** Healing triggers in one worker: the samplers that they use, and their pauses. */
export class HealingTriggerSampler implements OpenSampler<HealingTriggerConfig> {
  readonly #operators: OperatorsAtWork;
  readonly #pauses = new Pauses();

  constructor(options: OpenOptions) {
    this.#operators = new OperatorsAtWork(options);
  }

  perform(config: HealingTriggerConfig, context: SampleContext): Promise<Outcome> {
    const { interval: intervalMs, timeout: timeoutMs } = config;
    const [operators, pauses, user] = [this.#operators, this.#pauses, context.user];
    return healingRun({
      config,
      context,
      asking: new Asking({ user, operators, pauses, intervalMs, timeoutMs, keep: context.keepOfParts }),
    });
  }

  /** What is asked when the time is over may take a little longer. */
  deadlineMs({ timeout }: HealingTriggerConfig): number {
    return timeout + mostBeyondMs;
  }

  /** The injection. */
  preparesWithinMs({ timeout }: HealingTriggerConfig): number {
    return timeout + mostBeyondMs;
  }

  endsWithinMs(): number {
    return mostBeyondMs;
  }

  endUser(user: UserHandle): void {
    this.#operators.endUser(user);
  }

  abort(): void {
    this.#pauses.end();
    this.#operators.abort();
  }

  async close(): Promise<void> {
    this.#pauses.end();
    await this.#operators.close();
    // Who waits for an answer or a pause has to say what became of it, before the worker is gone.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
