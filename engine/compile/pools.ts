import { poolSchema, type CompiledPool } from '../model/pool.ts';
import type { PlanPool } from '../model/plan.ts';
import { type Compilation } from './compilation.ts';
import { compileConfig, isObject } from './config.ts';

/** What one pool may take of the memory that workers share. */
const mostSharedBytes = 256 * 2 ** 20;

/** The pools of a plan, all of them known before the run. */
export function compilePools(compilation: Compilation): CompiledPool[] {
  return compilation.plan.pools.map((pool) => {
    const node = compileConfig(
      { value: pool.config, schema: poolSchema, path: '', at: pool.at },
      compilation,
    );
    const known = 'constant' in node && isObject(node.constant) ? node.constant : null;
    if (!known) compilation.problem(`what the pool "${pool.name}" is must be known before the run`, pool.at);
    const compiled = poolOf(pool.name, known ?? {});
    const mistake = mistakeIn(compiled, pool);
    if (mistake) compilation.problem(mistake, pool.at);
    return compiled;
  });
}

function poolOf(name: string, given: Readonly<Record<string, unknown>>): CompiledPool {
  const { share, max, unique, entryBytes, values } = given;
  const { properties } = poolSchema;
  return {
    name,
    share: share === 'all' ? 'all' : 'user',
    max: typeof max === 'number' ? max : properties.max.default,
    unique: unique !== false,
    entryBytes: typeof entryBytes === 'number' ? entryBytes : properties.entryBytes.default,
    values: Array.isArray(values) ? values.map(String) : [],
  };
}

function mistakeIn(pool: CompiledPool, { config }: PlanPool): string | null {
  const { name, share, max, entryBytes, values } = pool;
  if (values.length > max)
    return `the pool "${name}" starts with ${values.length} values, and its max is ${max}. Raise max.`;
  if (share === 'user')
    return 'entryBytes' in config
      ? `entryBytes goes with share: all, and the pool "${name}" is each user’s own`
      : null;
  const encoder = new TextEncoder();
  const long = values.find((value) => encoder.encode(value).length > entryBytes);
  if (long !== undefined)
    return `the value "${long.slice(0, 40)}…" of the pool "${name}" has more than ${entryBytes} bytes. Raise entryBytes.`;
  if (max * entryBytes <= mostSharedBytes) return null;
  return `the pool "${name}" needs ${Math.ceil((max * entryBytes) / 2 ** 20)} MiB (max times entryBytes); at most 256 are to be had`;
}
