import { quoted } from '../../warehouse/names.ts';
import type { Session } from '../../warehouse/session.ts';
import type { PreparedQuery, QueryWorld } from '../query-job.ts';
import { googleError } from '../duckdb-errors.ts';
import { readerOf } from './run-script.ts';
import type { PreparedScript } from './run-script.ts';
import { scriptError } from './script-error.ts';
import type { StatementReader } from './statement-reader.ts';
import { foundOf } from './steps.ts';
import type { Declaration, FoundPiece, Step } from './steps.ts';
import { SystemVariables } from './system-variables.ts';
import { Variables } from './variables.ts';

interface DryRun {
  readonly session: Session;
  readonly sql: string;
  readonly variables: Variables;
  readonly reader: StatementReader;
  readonly temporaryDataset: string;
  totalBytes: number;
}

/**
 * What a script would read: the sum of its statements up to the first that makes or drops something, or a choice or a loop,
 * where it stops. Variables have no values, so that they exclude no partition.
 * https://cloud.google.com/bigquery/docs/multi-statement-queries#dryrun_multi_statement_queries
 */
export async function dryRunScript(
  world: QueryWorld,
  script: PreparedScript,
): Promise<{ readonly totalBytes: number; readonly statementType: string }> {
  const { sql, project, steps, temporaryDataset } = script;
  const variables = new Variables(sql);
  const reader = readerOf(world, script, variables, new SystemVariables(project), false);
  return world.warehouse.withSession(async (session) => {
    const run: DryRun = { session, sql, variables, reader, temporaryDataset, totalBytes: 0 };
    await dryRun(run, steps);
    return { totalBytes: run.totalBytes, statementType: 'SCRIPT' };
  });
}

/** Whether it goes on. */
async function dryRun(run: DryRun, steps: readonly Step[]): Promise<boolean> {
  for (const step of steps) if (!(await dryStep(run, step))) return false;
  return true;
}

/** Whether it goes on after the step. */
async function dryStep(run: DryRun, step: Step): Promise<boolean> {
  if (step.kind === 'statement') {
    const { translation } = await prepared(run, { piece: step.piece, isStatement: true });
    return !/^(CREATE|DROP|TRUNCATE)/.test(translation.type);
  }
  if (step.kind === 'declare') return declare(run, step);
  if (step.kind === 'set') {
    if (!step.isSystem) for (const { name, at } of step.names) run.variables.named(name, at);
    await prepared(run, foundOf(step.value));
    return true;
  }
  if (step.kind === 'block') return run.variables.within(() => dryRun(run, step.steps));
  if (step.kind !== 'assert') return false;
  await prepared(run, { piece: step.condition, isStatement: false });
  return true;
}

async function declare(run: DryRun, { names, type, value, at }: Declaration): Promise<boolean> {
  const found = value && (await prepared(run, { piece: value, isStatement: false }));
  const made = type ?? typeOf(found);
  for (const name of names) {
    const { key } = run.variables.declare(name, made, at);
    await run.session.run(`SET VARIABLE ${quoted(key)} = CAST(NULL AS ${made})`);
  }
  return true;
}

function typeOf(found: PreparedQuery | undefined): string {
  const type = found?.columns[0]?.type.toString() ?? 'BIGINT';
  return type === 'INTEGER' || type === '"NULL"' ? 'BIGINT' : type;
}

async function prepared(run: DryRun, found: FoundPiece): Promise<PreparedQuery> {
  try {
    const one = await run.reader.prepare(run.session, found);
    run.totalBytes += one.bytes.total;
    return one;
  } catch (problem) {
    throw scriptError(googleError(problem), run.sql, found.piece);
  }
}
