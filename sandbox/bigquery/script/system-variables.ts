import { textLiteral } from '../../warehouse/names.ts';
import type { Job } from '../job.ts';
import type { TranslateOptions } from '../sql/translate.ts';
import type { ScriptValue } from '../sql/script-scope.ts';
import type { ScriptError } from './script-error.ts';
import type { ScriptJobs } from './script-jobs.ts';

/** `@@name`: what a script can ask of itself. https://cloud.google.com/bigquery/docs/reference/system-variables */
export class SystemVariables {
  readonly #jobs: ScriptJobs | undefined;
  readonly #parent: Job | undefined;
  readonly #project: string;
  readonly #set = new Map<string, string | null>();
  /** Set in the handler of an exception. */
  error: ScriptError | undefined;

  constructor(project: string, jobs?: ScriptJobs, parent?: Job) {
    this.#project = project;
    this.#jobs = jobs;
    this.#parent = parent;
  }

  /** Those that a script may set. */
  static readonly mutable: ReadonlySet<string> = new Set(['dataset_id', 'dataset_project_id', 'query_label']);

  set(name: string, value: string | null): void {
    this.#set.set(name, value);
  }

  /** Where tables are whose names do not say it, as far as the script has set it. */
  get defaults(): Partial<Pick<TranslateOptions, 'project' | 'defaultDataset'>> {
    const dataset = this.#set.get('dataset_id') ?? undefined;
    const project = this.#set.get('dataset_project_id') ?? undefined;
    return {
      ...(project !== undefined && { project }),
      ...(dataset !== undefined && { defaultDataset: { project: project ?? this.#project, dataset } }),
    };
  }

  find(name: string): ScriptValue | undefined {
    if (SystemVariables.mutable.has(name)) return text(this.#set.get(name) ?? undefined);
    const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
    const { error } = this;
    return read?.({ project: this.#project, job: this.#parent, jobs: this.#jobs, error });
  }
}

interface Seen {
  readonly project: string;
  readonly job: Job | undefined;
  readonly jobs: ScriptJobs | undefined;
  readonly error: ScriptError | undefined;
}

const readers: Readonly<Record<string, (seen: Seen) => ScriptValue>> = {
  project_id: ({ project }) => text(project),
  last_job_id: ({ jobs }) => text(jobs?.last?.id),
  row_count: ({ jobs }) => whole(jobs?.last?.outcome.affectedRows),
  'script.job_id': ({ job }) => text(job?.id),
  'script.bytes_processed': ({ jobs }) => whole(jobs?.outcome.bytesProcessed),
  'script.bytes_billed': ({ jobs }) => whole(jobs?.outcome.bytesBilled),
  'script.slot_ms': ({ jobs }) => whole(jobs?.outcome.slotMs),
  'script.num_child_jobs': ({ jobs }) => whole(jobs?.outcome.childJobs),
  'error.message': ({ error }) => text(error?.told),
  'error.statement_text': ({ error }) => text(error?.statement),
};

function text(value: string | undefined): ScriptValue {
  return { sql: value === undefined ? 'CAST(NULL AS VARCHAR)' : textLiteral(value) };
}

function whole(value: number | undefined): ScriptValue {
  return { sql: `CAST(${value ?? 'NULL'} AS BIGINT)` };
}
