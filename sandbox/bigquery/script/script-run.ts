import type { Session } from '../../warehouse/session.ts';
import { googleError } from '../duckdb-errors.ts';
import type { Job, Outcome } from '../job.ts';
import { objectIn, textIn } from '../parameters.ts';
import { checkBill, performQuery } from '../query-job.ts';
import type { PreparedQuery, QueryWorld } from '../query-job.ts';
import { QueryError } from '../query-error.ts';
import type { Translation } from '../sql/translate.ts';
import { translated } from '../translated-error.ts';
import { raised, scriptError } from './script-error.ts';
import type { ScriptJobs } from './script-jobs.ts';
import { ScriptValues } from './script-values.ts';
import type { StatementReader } from './statement-reader.ts';
import type { Assignment, Loop, Piece, Step } from './steps.ts';
import type { SystemVariables } from './system-variables.ts';
import type { Variables } from './variables.ts';

export interface ScriptRunOptions {
  readonly world: QueryWorld;
  readonly job: Job;
  readonly session: Session;
  readonly sql: string;
  readonly jobs: ScriptJobs;
  readonly variables: Variables;
  readonly system: SystemVariables;
  readonly reader: StatementReader;
  /** The dataset of temporary tables. */
  readonly temporaryDataset: string;
}

/** How it goes on after a step: with the next one, or out of what is around it. */
type Way = 'on' | 'leave' | 'continue' | 'return';

/** A step after which the next one comes. */
type Act = Extract<Step, { kind: 'statement' | 'declare' | 'set' | 'assert' | 'raise' }>;

/** Runs the steps of a script, one after another, on one connection. */
export class ScriptRun {
  readonly #options: ScriptRunOptions;
  readonly #values: ScriptValues;

  constructor(options: ScriptRunOptions) {
    this.#options = options;
    const asJob = (piece: Piece, prepared: PreparedQuery, store: () => Promise<unknown>, shown: string) =>
      this.#expressionJob(piece, prepared, store, shown);
    this.#values = new ScriptValues({ ...options, asJob });
  }

  async steps(steps: readonly Step[]): Promise<Way> {
    for (const step of steps) {
      const way = await this.#step(step);
      if (way !== 'on') return way;
    }
    return 'on';
  }

  async #step(step: Step): Promise<Way> {
    this.#options.jobs.step();
    if (step.kind === 'choose') return this.steps(await this.#chosen(step));
    if (step.kind === 'loop') return this.#loop(step);
    if (step.kind === 'block') return this.#block(step);
    if (step.kind === 'leave' || step.kind === 'continue' || step.kind === 'return') return step.kind;
    return this.#act(step);
  }

  #act(step: Act): Promise<Way> {
    switch (step.kind) {
      case 'statement':
        return this.#at(step.piece, () => this.#statement(step.piece));
      case 'declare':
        return this.#at(spanOf(step.at, step.value), () => this.#values.declare(step));
      case 'set':
        return this.#at(placeOf(step), () =>
          step.isSystem ? this.#setSystem(step) : this.#values.set(step),
        );
      case 'assert':
        return this.#at(spanOf(step.at, step.condition), () => this.#assert(step));
      case 'raise':
        return this.#at(spanOf(step.at, step.message), () => this.#raise(step));
    }
  }

  async #chosen({ branches, otherwise }: Extract<Step, { kind: 'choose' }>): Promise<readonly Step[]> {
    for (const { condition, steps } of branches) if (await this.#isTrue(condition)) return steps;
    return otherwise;
  }

  /** Does the work; what goes wrong is an error of this place. */
  async #at(piece: Pick<Piece, 'at' | 'end'>, work: () => Promise<void>): Promise<'on'> {
    try {
      await work();
      return 'on';
    } catch (problem) {
      throw scriptError(googleError(problem), this.#options.sql, piece);
    }
  }

  async #isTrue(condition: Piece): Promise<boolean> {
    let is = false;
    await this.#at(condition, async () => {
      is = await this.#values.isTrue(condition);
    });
    return is;
  }

  async #statement(piece: Piece): Promise<void> {
    const { world, session, reader, jobs, job } = this.#options;
    await jobs.perform(piece, true, async () => {
      const prepared = await reader.prepare(session, { piece, isStatement: true });
      this.#checkBill(prepared);
      const outcome = await performQuery(world, session, prepared, job.configuration);
      this.#noteTemporary(prepared.translation);
      return outcome;
    });
  }

  /** `maximumBytesBilled` is for the whole script. */
  #checkBill({ bytes }: PreparedQuery): void {
    const { jobs, job } = this.#options;
    const limit = textIn(objectIn(job.configuration, 'query'), 'maximumBytesBilled');
    checkBill({ billed: jobs.outcome.bytesBilled + bytes.billed }, limit);
  }

  #noteTemporary({ type, target }: Translation): void {
    const { reader, temporaryDataset } = this.#options;
    if (target?.dataset !== temporaryDataset) return;
    const name = target.table.toLowerCase();
    if (type.startsWith('CREATE')) reader.temporaryTables.add(name);
    if (type === 'DROP_TABLE') reader.temporaryTables.delete(name);
  }

  async #expressionJob(
    piece: Piece,
    prepared: PreparedQuery,
    store: () => Promise<unknown>,
    sql: string,
  ): Promise<Outcome> {
    const { world, session, jobs, job } = this.#options;
    const translation = { ...prepared.translation, sql, isVolatile: true };
    const { outcome } = await jobs.perform(piece, false, async () => {
      this.#checkBill(prepared);
      await store().catch((problem: unknown) => {
        throw translated(problem, prepared.translation);
      });
      return performQuery(world, session, { ...prepared, translation }, job.configuration);
    });
    return outcome;
  }

  async #setSystem({ names, value }: Assignment): Promise<void> {
    const { system, jobs } = this.#options;
    const name = names[0]?.name.toLowerCase() ?? '';
    const text = await this.#values.text(value);
    system.set(name, text);
    if (name === 'query_label') jobs.labels = labelsOf(text ?? '');
  }

  async #loop({ before, until, steps }: Loop): Promise<Way> {
    while (before === undefined || (await this.#isTrue(before))) {
      this.#options.jobs.step();
      const way = await this.steps(steps);
      if (way === 'return') return way;
      if (way === 'leave') return 'on';
      if (until && (await this.#isTrue(until))) return 'on';
    }
    return 'on';
  }

  async #block({ steps, handler }: Extract<Step, { kind: 'block' }>): Promise<Way> {
    const { variables, system, job, sql } = this.#options;
    try {
      return await variables.within(() => this.steps(steps));
    } catch (problem) {
      if (!handler || job.isCancelled) throw problem;
      const around = system.error;
      system.error = scriptError(googleError(problem), sql, { at: 0, end: 0 });
      try {
        return await this.steps(handler);
      } finally {
        system.error = around;
      }
    }
  }

  async #assert({ condition, description }: Extract<Step, { kind: 'assert' }>): Promise<void> {
    if (await this.#values.isTrue(condition)) return;
    throw new QueryError(`Assertion failed${description === undefined ? '' : `: ${description}`}`);
  }

  async #raise({ message, at }: Extract<Step, { kind: 'raise' }>): Promise<void> {
    const { system, sql } = this.#options;
    if (message) throw raised((await this.#values.text(message)) ?? 'NULL', sql, { at, end: message.end });
    throw (
      system.error ?? new QueryError('Cannot re-raise an existing exception outside of an exception handler')
    );
  }
}

function spanOf(at: number, piece: Piece | undefined): Pick<Piece, 'at' | 'end'> {
  return { at, end: piece?.end ?? at };
}

function placeOf({ names, value }: Assignment): Pick<Piece, 'at' | 'end'> {
  return { at: names[0]?.at ?? value.at, end: value.end };
}

/** `a:b,c:d`. */
function labelsOf(text: string): Record<string, string> {
  const pairs = text.split(',').filter((one) => one.trim() !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, key, value] = /^\s*([\p{Ll}\p{N}_-]+):([\p{Ll}\p{N}_-]*)\s*$/u.exec(pair) ?? [];
      if (key === undefined)
        throw new QueryError(`Invalid value of @@query_label: ${pair}. Write key:value.`);
      return [key, value ?? ''];
    }),
  );
}
