import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../json.ts';
import { schemaOf } from '../../warehouse/names.ts';
import type { Session } from '../../warehouse/session.ts';
import type { Job, Outcome } from '../job.ts';
import type { JobStore } from '../job-store.ts';
import { objectIn } from '../parameters.ts';
import { invalid, QueryError } from '../query-error.ts';
import type { QueryWorld } from '../query-job.ts';
import type { Translation } from '../sql/translate.ts';
import { readScript } from './read-script.ts';
import { ScriptJobs } from './script-jobs.ts';
import { ScriptRun } from './script-run.ts';
import { StatementReader } from './statement-reader.ts';
import { piecesOf } from './steps.ts';
import type { Step } from './steps.ts';
import { SystemVariables } from './system-variables.ts';
import { Variables } from './variables.ts';

interface Asked {
  readonly project: string;
  readonly configuration: JsonObject;
  readonly sql: string;
}

/** A script that was read. */
export interface PreparedScript extends Asked {
  readonly steps: readonly Step[];
  /** Its statements, as far as they can be read without running those before. */
  readonly translations: readonly Translation[];
  /** The dataset of its temporary tables, which nobody sees. */
  readonly temporaryDataset: string;
}

export interface ScriptWorld extends QueryWorld {
  readonly jobs: Pick<JobStore, 'list' | 'child'>;
}

/** https://cloud.google.com/bigquery/docs/multi-statement-queries#configuration_field_limitations */
const ofOneStatement = [
  'clustering',
  'createDisposition',
  'destinationTable',
  'rangePartitioning',
  'timePartitioning',
  'writeDisposition',
] as const;

/** What only scripts have: a semicolon, or one of these words. */
const scriptSigns =
  /;|\b(?:DECLARE|SET|IF|BEGIN|WHILE|LOOP|REPEAT|RAISE|ASSERT|RETURN|BREAK|LEAVE|CONTINUE|ITERATE)\b/i;

/** Reads a script; undefined of a query of one statement. Wrong syntax and what the sandbox does not do is refused here. */
export async function prepareScript(world: QueryWorld, asked: Asked): Promise<PreparedScript | undefined> {
  const steps = scriptSigns.test(asked.sql) ? readScript(asked.sql) : undefined;
  if (!steps) return undefined;
  const query = objectIn(asked.configuration, 'query');
  const field = ofOneStatement.find((name) => query[name] !== undefined && query[name] !== null);
  if (field !== undefined) throw invalid(`configuration.query.${field} cannot be set for scripts`);
  const temporaryDataset = `_script${randomUUID().replaceAll('-', '')}`;
  const script = { ...asked, steps, temporaryDataset };
  return { ...script, translations: await translationsOf(world, script) };
}

async function translationsOf(
  world: QueryWorld,
  script: Omit<PreparedScript, 'translations'>,
): Promise<readonly Translation[]> {
  const reader = readerOf(world, script, new Variables(script.sql), new SystemVariables(script.project));
  const translations: Translation[] = [];
  for (const piece of piecesOf(script.steps)) {
    try {
      translations.push(await reader.translate(piece));
    } catch (problem) {
      if (isFinal(problem)) throw problem;
    }
  }
  return translations.filter(({ target }) => target?.dataset !== script.temporaryDataset);
}

/** Other mistakes are those of a statement, when it runs. */
function isFinal(problem: unknown): boolean {
  if (!(problem instanceof QueryError)) return true;
  return problem.location === 'sandbox' || problem.message.startsWith('Syntax error');
}

export function readerOf(
  world: QueryWorld,
  { project, configuration, sql, temporaryDataset }: Omit<PreparedScript, 'translations'>,
  variables: Variables,
  system: SystemVariables,
  areValuesKnown = true,
): StatementReader {
  const temporary = { project, dataset: temporaryDataset };
  return new StatementReader({
    world,
    project,
    configuration,
    sql,
    variables,
    system,
    temporary,
    areValuesKnown,
  });
}

/** Runs a script. Its temporary tables are gone afterwards. */
export async function runScript(
  world: ScriptWorld,
  session: Session,
  job: Job,
  script: PreparedScript,
): Promise<Outcome> {
  const { project, sql, steps, temporaryDataset } = script;
  const jobs = new ScriptJobs({ jobs: world.jobs, parent: job, sql });
  const system = new SystemVariables(project, jobs, job);
  const variables = new Variables(sql);
  const reader = readerOf(world, script, variables, system);
  const run = new ScriptRun({ world, job, session, sql, jobs, variables, system, reader, temporaryDataset });
  job.outcome = jobs.outcome;
  const usesTemporary = /\b(?:TEMP|TEMPORARY|_SESSION)\b/i.test(sql);
  const schema = schemaOf(project, temporaryDataset);
  if (usesTemporary) await world.warehouse.run(`CREATE SCHEMA ${schema}`);
  try {
    await run.steps(steps);
    return jobs.outcome;
  } finally {
    if (usesTemporary) await world.warehouse.run(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    world.facts.forgetDataset(`${project}.${temporaryDataset}`);
  }
}
