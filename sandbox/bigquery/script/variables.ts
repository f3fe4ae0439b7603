import { QueryError } from '../query-error.ts';
import { place } from '../sql/tokens.ts';
import { textLiteral } from '../../warehouse/names.ts';

/** A variable of a script. Its value is in the variable of DuckDB's connection that has the key. */
export interface Variable {
  readonly name: string;
  readonly key: string;
  /** In DuckDB's words. */
  readonly type: string;
}

/** The SQL of a variable's value. */
export function valueOf({ key }: Pick<Variable, 'key'>): string {
  return `getvariable(${textLiteral(key)})`;
}

/** The variables of a script that can be seen: those of the block, and of the blocks around it. */
export class Variables {
  readonly #sql: string;
  #scopes: readonly Map<string, Variable>[] = [new Map()];
  #made = 0;

  constructor(sql: string) {
    this.#sql = sql;
  }

  find(name: string): Variable | undefined {
    for (const scope of this.#scopes) {
      const found = scope.get(name.toLowerCase());
      if (found) return found;
    }
    return undefined;
  }

  /** Whether one that can be seen is of the type NUMERIC. */
  get haveNumeric(): boolean {
    return this.#scopes.some((scope) => [...scope.values()].some(({ type }) => type.includes('DECIMAL')));
  }

  /** The variable that SET names at this place. */
  named(name: string, at: number): Variable {
    const found = this.find(name);
    if (!found) throw new QueryError(`Undeclared variable: ${name} at ${place(this.#sql, at)}`);
    return found;
  }

  declare(name: string, type: string, at: number): Variable {
    if (this.find(name)) throw new QueryError(`Variable '${name}' redeclaration at ${place(this.#sql, at)}`);
    const variable = { name, type, key: `${this.#made++} ${name.toLowerCase()}` };
    this.#scopes[0]?.set(name.toLowerCase(), variable);
    return variable;
  }

  /** Does the work of a block, whose variables are gone afterwards. */
  async within<Value>(work: () => Promise<Value>): Promise<Value> {
    const around = this.#scopes;
    this.#scopes = [new Map<string, Variable>(), ...around];
    try {
      return await work();
    } finally {
      this.#scopes = around;
    }
  }
}
