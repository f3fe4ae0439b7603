import { factName } from '../dataset-facts.ts';
import type { JsonObject } from '../../json.ts';
import type { Session } from '../../warehouse/session.ts';
import { qualified } from '../../warehouse/names.ts';
import type { TableName } from '../../warehouse/names.ts';
import { typesOf } from '../bytes-read.ts';
import { analysed, translateOptions } from '../query-job.ts';
import type { PreparedQuery, QueryWorld } from '../query-job.ts';
import type { Path } from '../sql/reads.ts';
import type { ScriptScope, ScriptValue } from '../sql/script-scope.ts';
import { tokens } from '../sql/tokens.ts';
import { translateFor } from '../translate-for.ts';
import type { Translation } from '../sql/translate.ts';
import { columnPaths } from './column-names.ts';
import type { FoundPiece } from './steps.ts';
import type { SystemVariables } from './system-variables.ts';
import { valueOf } from './variables.ts';
import type { Variables } from './variables.ts';

export interface ReaderOptions {
  readonly world: QueryWorld;
  readonly project: string;
  readonly configuration: JsonObject;
  readonly sql: string;
  readonly variables: Variables;
  readonly system: SystemVariables;
  readonly temporary: ScriptScope['temporary'];
  readonly areValuesKnown: boolean;
}

/** Reads the statements and expressions of a script, with its variables and temporary tables. */
export class StatementReader {
  /** Names of temporary tables, in small letters. */
  readonly temporaryTables = new Set<string>();
  readonly #options: ReaderOptions;
  /** Where positional parameters stand. */
  readonly #positional: readonly number[];

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.#positional = tokens(options.sql)
      .filter(({ kind, text }) => kind === 'parameter' && text === '?')
      .map(({ at }) => at);
  }

  /** Reads a piece, and checks it against the tables that are there. */
  async prepare(session: Session, found: FoundPiece): Promise<PreparedQuery> {
    const uses = new Map<Path, number>();
    const first = await this.translate(found, (path, at) => void uses.set(path, at));
    if (uses.size === 0) return analysed(this.#options.world, session, first);
    const columns = await this.#columnsOf(session, first);
    const places = new Set([...uses].filter(([path]) => columns.has(path)).map(([, at]) => at));
    const second = await this.translate(found, (path, at) =>
      places.has(at) ? undefined : this.#value(path),
    );
    const isVolatile = second.isVolatile || places.size < uses.size;
    return analysed(this.#options.world, session, { ...second, isVolatile });
  }

  /** Turns a piece into DuckDB's words; `variable` is asked about the names that a variable has. */
  async translate(
    { piece, isStatement }: FoundPiece,
    variable: (path: Path, at: number) => ScriptValue | undefined = () => undefined,
  ): Promise<Translation> {
    const { world, project, configuration, sql, variables, system, temporary, areValuesKnown } =
      this.#options;
    const text = sql.slice(piece.at, piece.end);
    const firstParameter = this.#positional.filter((at) => at < piece.at).length;
    const options = await translateOptions(world, project, configuration, { text, firstParameter });
    const script: ScriptScope = {
      variable: (path, at) => (variables.find(path[0] ?? '') ? variable(path, at) : undefined),
      system: (name) => system.find(name),
      areValuesKnown,
      temporary,
      isTemporary: (table) => this.temporaryTables.has(table.toLowerCase()),
    };
    return translateFor(world, sql, {
      ...options,
      ...system.defaults,
      isExact: options.isExact === true || variables.haveNumeric,
      tokens: piece.tokens,
      script,
      isExpression: !isStatement,
    });
  }

  #value([name = '']: Path): ScriptValue | undefined {
    const variable = this.#options.variables.find(name);
    return variable && { sql: valueOf(variable) };
  }

  async #columnsOf(session: Session, { references, reads }: Translation): Promise<ReadonlySet<Path>> {
    const names = new Map<string, readonly string[]>();
    for (const table of references) {
      const columns = await typesOf(session, qualified(table)).catch(() => []);
      names.set(
        nameOf(table),
        columns.map(({ name }) => name.toLowerCase()),
      );
    }
    return columnPaths(reads, (table) => names.get(nameOf(table)) ?? []);
  }
}

function nameOf({ project = '', dataset, table }: TableName): string {
  return factName({ project, dataset, table });
}
