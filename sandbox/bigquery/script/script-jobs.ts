import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../json.ts';
import { slotMsOf } from '../job.ts';
import type { Job, Outcome } from '../job.ts';
import type { JobStore } from '../job-store.ts';
import { objectIn } from '../parameters.ts';
import { QueryError } from '../query-error.ts';
import { textOf } from './steps.ts';
import type { Piece } from './steps.ts';

export interface ScriptJobsOptions {
  readonly jobs: Pick<JobStore, 'child'>;
  readonly parent: Job;
  readonly sql: string;
}

/** At most so many statements, expressions and turns of loops. */
const mostSteps = 10_000;

/** The jobs of a script's statements, and what they cost together. */
export class ScriptJobs {
  readonly #options: ScriptJobsOptions;
  readonly #prefix = `script_job_${randomUUID().replaceAll('-', '')}`;
  #steps = 0;
  #sum = { bytesProcessed: 0, bytesBilled: 0, slotMs: 0, childJobs: 0 };
  #last: Job | undefined;
  /** `@@query_label`: labels of the jobs to come. */
  labels: JsonObject | undefined;

  constructor(options: ScriptJobsOptions) {
    this.#options = options;
  }

  /** What is said of the script's job so far: the result is that of the last statement. */
  get outcome(): Outcome &
    Required<Pick<Outcome, 'bytesProcessed' | 'bytesBilled' | 'slotMs' | 'childJobs'>> {
    const { columns, pages } = this.#last?.outcome ?? {};
    return { ...this.#sum, statementType: 'SCRIPT', ...(columns && { columns }), ...(pages && { pages }) };
  }

  /** The last statement that was performed. */
  get last(): Job | undefined {
    return this.#last;
  }

  /** Counts a step, and stops a script that was cancelled or does not end. */
  step(): void {
    if (this.#options.parent.isCancelled) throw new QueryError('Job execution was cancelled', 'stopped', 499);
    this.#steps += 1;
    if (this.#steps > mostSteps)
      throw new QueryError(
        `The sandbox runs at most ${mostSteps} statements of a script: does a loop not end?`,
      );
  }

  /** Performs a statement, or an expression, as a job. Of one that fails nothing is billed. */
  async perform(piece: Piece, isStatement: boolean, work: () => Promise<Outcome>): Promise<Job> {
    const { jobs, parent, sql } = this.#options;
    const text = textOf(sql, piece);
    const query: JsonObject = { ...objectIn(parent.configuration, 'query'), query: text };
    const frame = { ...placesOf(sql, piece), text };
    const job = await jobs.child(parent, {
      id: `${this.#prefix}_${this.#sum.childJobs}`,
      configuration: { ...parent.configuration, ...(this.labels && { labels: this.labels }), query },
      scriptStatistics: { evaluationKind: isStatement ? 'STATEMENT' : 'EXPRESSION', stackFrames: [frame] },
      work,
    });
    const { bytesProcessed = 0, bytesBilled = 0 } = job.outcome;
    this.#sum = {
      bytesProcessed: this.#sum.bytesProcessed + bytesProcessed,
      bytesBilled: this.#sum.bytesBilled + bytesBilled,
      slotMs: this.#sum.slotMs + slotMsOf(job),
      childJobs: this.#sum.childJobs + 1,
    };
    if (isStatement) this.#last = job;
    parent.outcome = this.outcome;
    if (job.error) throw job.error;
    return job;
  }
}

function placesOf(sql: string, { at, end }: Piece): JsonObject {
  const [startLine, startColumn] = lineAndColumn(sql, at);
  const [endLine, endColumn] = lineAndColumn(sql, end);
  return { startLine, startColumn, endLine, endColumn };
}

function lineAndColumn(sql: string, at: number): readonly [number, number] {
  const lines = sql.slice(0, at).split('\n');
  return [lines.length, (lines.at(-1)?.length ?? 0) + 1];
}
