import { createHash } from 'node:crypto';
import type { Pool } from '../../model/pool.ts';
import type { Host } from '../../model/ports.ts';
import type { RenderScope } from '../scope.ts';

/** A user for tests: its variables, and a world that stands still. */
export function testScope(
  given: {
    readonly variables?: Record<string, string>;
    readonly properties?: Record<string, string>;
    readonly nowEpochMs?: number;
    /** Numbers that chance gives, in turn; then 0.5. */
    readonly chances?: readonly number[];
    readonly threadNumber?: number;
    /** Counts of all users. */
    readonly shared?: Map<number | string, number>;
    /** Files of the plan's folder; what is written goes back into it. */
    readonly files?: Map<string, string>;
    readonly pools?: Readonly<Record<string, Pool>>;
  } = {},
): RenderScope & { readonly variables: Map<string, string>; readonly logged: readonly string[] } {
  const variables = new Map(Object.entries(given.variables ?? {}));
  const own = new Map<number | string, number>();
  const states = new Map<object, unknown>();
  const shared = given.shared ?? new Map<number | string, number>();
  const chances = [...(given.chances ?? [])];
  const next = (counts: Map<number | string, number>, slot: number | string) => {
    counts.set(slot, (counts.get(slot) ?? 0) + 1);
    return counts.get(slot) ?? 0;
  };
  const properties = { ...given.properties };
  const host = testHost(given.files);
  return {
    variables,
    logged: host.logged,
    get: (name) => variables.get(name),
    set: (name, value) => variables.set(name, value),
    unset: (name) => variables.delete(name),
    properties,
    setProperty: (name, value) => (properties[name] = value),
    threadName: 'Users 1-7',
    threadNumber: given.threadNumber ?? 7,
    nowEpochMs: () => given.nowEpochMs ?? 0,
    random: () => chances.shift() ?? 0.5,
    nextOwn: (slot) => next(own, slot),
    host,
    planName: 'Plan',
    threadGroupName: 'Users',
    samplerName: 'Sampler',
    state: <T>(site: object, make: () => T) => {
      if (!states.has(site)) states.set(site, make());
      return states.get(site) as T;
    },
    counters: {
      next: (slot) => next(shared, slot),
      nextNamed: (name) => next(shared, name),
    },
    pool: (name) => {
      const pool = given.pools?.[name];
      if (!pool) throw new RangeError(`there is no pool "${name}"`);
      return pool;
    },
  };
}

function testHost(files = new Map<string, string>()): Host & { readonly logged: string[] } {
  const logged: string[] = [];
  return {
    logged,
    readFile: (path) => {
      const text = files.get(path);
      if (text === undefined) throw new Error(`no such file: ${path}`);
      return text;
    },
    readBytes: (path) => Buffer.from(files.get(path) ?? ''),
    open: (path) => {
      const bytes = new TextEncoder().encode(files.get(path) ?? '');
      return { sizeBytes: bytes.length, read: (into, offset) => fill(into, bytes.subarray(offset)) };
    },
    writeFile: (path, text, mode) =>
      files.set(path, (mode === 'append' ? (files.get(path) ?? '') : '') + text),
    environment: (name) => (name === 'HOME' ? '/home/test' : undefined),
    machineName: 'machine',
    machineIp: '127.0.0.1',
    digest: (algorithm, content) =>
      createHash(algorithm.toLowerCase().replace('-', '')).update(content).digest('hex'),
    log: (level, message) => logged.push(`${level} ${message}`),
    bounded: (_what, _characters, act) => act(),
  };
}

function fill(into: Uint8Array, from: Uint8Array): number {
  const given = from.subarray(0, into.length);
  into.set(given);
  return given.length;
}
