import { quoted } from '../../warehouse/names.ts';
import type { Session } from '../../warehouse/session.ts';
import type { Outcome } from '../job.ts';
import type { PreparedQuery } from '../query-job.ts';
import { QueryError } from '../query-error.ts';
import { widened } from '../widened.ts';
import { coerced } from './coercion.ts';
import type { StatementReader } from './statement-reader.ts';
import { foundOf, textOf } from './steps.ts';
import type { Assignment, Declaration, Piece } from './steps.ts';
import { valueOf } from './variables.ts';
import type { Variable, Variables } from './variables.ts';

export interface ScriptValuesOptions {
  readonly session: Session;
  readonly sql: string;
  readonly variables: Variables;
  readonly reader: StatementReader;
  /** Performs an expression that reads tables as a job; `store` puts its value away, and `shown` reads it again. */
  readonly asJob: (
    piece: Piece,
    prepared: PreparedQuery,
    store: () => Promise<unknown>,
    shown: string,
  ) => Promise<Outcome>;
}

/** A value that was found, in the variable of DuckDB's connection that has the key. */
interface Value {
  readonly key: string;
  readonly type: string;
  readonly isNull: boolean;
  readonly piece: Piece;
}

const found = 'value';

/** Finds the values of a script's expressions, and gives them to its variables. */
export class ScriptValues {
  readonly #options: ScriptValuesOptions;

  constructor(options: ScriptValuesOptions) {
    this.#options = options;
  }

  /** Whether a condition is true; NULL is not. */
  async isTrue(piece: Piece): Promise<boolean> {
    const { type } = await this.#find(piece);
    if (type !== 'BOOLEAN') throw new QueryError('A condition must be of the type BOOL');
    return (await this.#read()) === true;
  }

  async text(piece: Piece): Promise<string | null> {
    const { type } = await this.#find(piece);
    if (type !== 'VARCHAR') throw new QueryError('A value of the type STRING is needed');
    const value = await this.#read();
    return typeof value === 'string' ? value : null;
  }

  async declare({ names, type, value, at }: Declaration): Promise<void> {
    const { variables } = this.#options;
    const first = value && (await this.#find(value));
    for (const name of names) {
      const variable = variables.declare(name, type ?? first?.type ?? 'BIGINT', at);
      if (first) await this.#assign(variable, first);
      else await this.#store(variable.key, `CAST(NULL AS ${variable.type})`);
    }
  }

  async set({ names, isMany, value }: Assignment): Promise<void> {
    const variables = names.map(({ name, at }) => this.#options.variables.named(name, at));
    const whole = await this.#find(value);
    if (!isMany) {
      for (const variable of variables) await this.#assign(variable, whole);
      return;
    }
    const fields = await this.#fieldsOf(whole);
    if (fields.length !== variables.length)
      throw new QueryError(
        `The number of fields of the assigned STRUCT (${fields.length}) must be that of the variables (${variables.length})`,
      );
    for (const [index, variable] of variables.entries()) {
      const field = fields[index];
      if (field) await this.#assign(variable, field);
    }
  }

  /** The value of an expression; its integers and NULLs are INT64. */
  async #find(piece: Piece): Promise<Value> {
    const { session, reader, asJob } = this.#options;
    const prepared = await reader.prepare(session, foundOf(piece));
    const [said] = prepared.columns;
    const { sql: written } = prepared.translation;
    // A row without names, such as (1, 2), is widened field by field.
    const isNameless = /STRUCT\(""/.test(said?.type.toString() ?? '');
    const plain = isNameless ? written : await widened(session, written);
    const sql = piece.isRow ? `SELECT one_row AS f0_ FROM (${plain}) AS one_row` : plain;
    const store = () => this.#store(found, `(${sql})`);
    if (prepared.translation.references.length === 0) await store();
    else await asJob(piece, prepared, store, `SELECT ${valueOf({ key: found })} AS f0_`);
    const [column] = await session.columns(sql);
    const isNull = !piece.isRow && said?.type.toString() === '"NULL"';
    return { key: found, type: column?.type.toString() ?? '', isNull, piece };
  }

  async #fieldsOf({ key, type, piece }: Value): Promise<readonly Value[]> {
    if (!type.startsWith('STRUCT') || type.endsWith(']'))
      throw new QueryError(`Cannot coerce expression ${textOf(this.#options.sql, piece)} to type STRUCT`);
    const { session } = this.#options;
    const [column] = await session.columns(`SELECT ${valueOf({ key })}`);
    const types = column && 'entryTypes' in column.type ? column.type.entryTypes : [];
    const fields: Value[] = [];
    for (const [index, one] of types.entries()) {
      const name = `${found} ${index}`;
      await this.#store(name, `struct_extract_at(${valueOf({ key })}, ${index + 1})`);
      const isInteger = one.toString() === 'INTEGER';
      const isNull = one.toString() === '"NULL"';
      fields.push({ key: name, type: isInteger ? 'BIGINT' : one.toString(), isNull, piece });
    }
    return fields;
  }

  async #assign(variable: Variable, { key, type, isNull, piece }: Value): Promise<void> {
    const [first] = piece.tokens;
    const isLiteral = piece.tokens.length === 2 && (first?.kind === 'string' || first?.kind === 'number');
    const text = textOf(this.#options.sql, piece);
    const from = isNull ? '"NULL"' : type;
    await this.#store(
      variable.key,
      coerced({ sql: valueOf({ key }), from, to: variable.type, text, isLiteral }),
    );
  }

  async #store(key: string, sql: string): Promise<void> {
    await this.#options.session.run(`SET VARIABLE ${quoted(key)} = ${sql}`);
  }

  async #read(): Promise<unknown> {
    const rows = await this.#options.session.run(`SELECT ${valueOf({ key: found })}`);
    return (await rows.getRowsJS())[0]?.[0];
  }
}
