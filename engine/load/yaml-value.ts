import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Alias,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { compareDecimals, isDecimal } from '../json/compare-decimals.ts';
import type { Position } from '../model/errors.ts';
import type { Positions } from './positions.ts';
import type { Problems } from './problems.ts';
import { quote } from './shapes.ts';

/** What a value may come to through aliases: a list of lists of lists grows without bound in a few lines. */
const maxAliasedValues = 20_000;

/** Keys that reach the prototype when objects are merged carelessly. No plan needs them. */
const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

interface Surroundings {
  readonly maxDepth: number;
  readonly positionOf: (offset: number) => Position;
  readonly positions: Positions;
  readonly problems: Problems;
}

/**
 * Plain objects, arrays and scalars from a parsed document; undefined when it is a bomb.
 *
 * Each alias becomes a copy, so that no two places of a plan share an object and none contains itself.
 * Doubled and forbidden keys and numbers that JavaScript cannot hold are problems, and left out.
 */
export function toValue(contents: Node | null, surroundings: Surroundings): unknown {
  const conversion = new Conversion(surroundings);
  const value = conversion.value(contents, 0);
  return conversion.failed ? undefined : value;
}

class Conversion {
  failed = false;
  readonly #surroundings: Surroundings;
  /** The latest node of each anchor, in the order of the text: YAML lets a later one take the name. */
  readonly #anchors = new Map<string, Node>();
  /** What an alias stood for when it was first met. */
  readonly #targets = new Map<Alias, Node | undefined>();
  readonly #open = new Set<Node>();
  #aliasDepth = 0;
  #aliasedValues = 0;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  value(node: unknown, depth: number): unknown {
    if (this.failed) return undefined;
    if (isAlias(node)) return this.#alias(node, depth);
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return null;
    if (node.anchor && this.#aliasDepth === 0) this.#anchors.set(node.anchor, node);
    if (depth > this.#surroundings.maxDepth) return this.#fail(node, 'aliases nest too deeply.');
    if (this.#aliasDepth > 0 && ++this.#aliasedValues > maxAliasedValues) {
      return this.#fail(node, `aliases multiply this to more than ${maxAliasedValues} values.`);
    }
    return isScalar(node) ? this.#scalar(node) : this.#collection(node, depth);
  }

  #collection(node: YAMLMap | YAMLSeq, depth: number): unknown {
    this.#open.add(node);
    const value = isMap(node) ? this.#mapping(node, depth) : this.#list(node, depth);
    this.#open.delete(node);
    return value;
  }

  #alias(alias: Alias, depth: number): unknown {
    if (!this.#targets.has(alias)) this.#targets.set(alias, this.#anchors.get(alias.source));
    const target = this.#targets.get(alias);
    if (!target) return this.#fail(alias, `no anchor &${alias.source} stands before this alias.`);
    if (this.#open.has(target)) return this.#fail(alias, `the alias *${alias.source} contains itself.`);
    this.#aliasDepth++;
    const value = this.value(target, depth);
    this.#aliasDepth--;
    return value;
  }

  #list(node: YAMLSeq, depth: number): unknown[] {
    const list: unknown[] = [];
    this.#surroundings.positions.add(list, this.#at(node));
    for (const item of node.items) {
      const at = this.#at(item);
      this.#surroundings.positions.addEntry(list, list.length, { key: at, value: at, ...sourceOf(item) });
      list.push(this.value(item, depth + 1));
    }
    return list;
  }

  #mapping(node: YAMLMap, depth: number): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.#surroundings.positions.add(object, this.#at(node));
    for (const pair of node.items) {
      const key = this.#key(pair, object);
      if (key !== undefined) object[key] = this.value(pair.value, depth + 1);
    }
    return object;
  }

  /** Notes where the entry stands. Undefined for a key that must not be. */
  #key({ key, value }: Pair, object: object): string | undefined {
    const { positions, problems } = this.#surroundings;
    const at = this.#at(key);
    if (!isScalar(key) || typeof key.value !== 'string') {
      const braces = isMap(key) ? ' A variable is written ${name}, not {{name}}, and in quotes here.' : '';
      problems.add(at, `a key must be a plain text.${braces}`);
      return undefined;
    }
    const earlier = positions.entry(object, key.value);
    const refusal = refuseKey(key.value, earlier?.key);
    if (refusal) {
      problems.add(at, refusal);
      return undefined;
    }
    positions.addEntry(object, key.value, {
      key: at,
      value: isAbsent(value) ? at : this.#at(value),
      ...sourceOf(value),
    });
    return key.value;
  }

  #scalar(node: Scalar): unknown {
    const refusal = typeof node.value === 'number' ? refuseNumber(node.value, node.source ?? '') : null;
    if (!refusal) return node.value;
    this.#surroundings.problems.add(this.#at(node), refusal);
    return null;
  }

  #at(node: unknown): Position {
    const ranged = isMap(node) || isSeq(node) || isScalar(node) || isAlias(node);
    return this.#surroundings.positionOf((ranged && node.range?.[0]) || 0);
  }

  #fail(node: unknown, message: string): null {
    this.failed = true;
    this.#surroundings.problems.add(this.#at(node), message);
    return null;
  }
}

function refuseKey(key: string, earlier: Position | undefined): string | null {
  if (forbiddenKeys.has(key)) return `the key "${key}" is not allowed anywhere in a plan.`;
  if (key === '<<') return 'YAML 1.2 has no merge key "<<". Repeat the entries, or use defaults:.';
  return earlier ? `${quote(key)} is written twice, first in line ${earlier.line}.` : null;
}

function refuseNumber(value: number, source: string): string | null {
  const loses =
    !Number.isFinite(value) ||
    (Number.isInteger(value) && !Number.isSafeInteger(value)) ||
    (isDecimal(source) && compareDecimals(source, String(value)) !== 0);
  return loses
    ? `the number ${quote(source)} cannot be kept exactly. Put it in quotes to use it as text; as a number of json: write { $number: '${source}' }.`
    : null;
}

function sourceOf(node: unknown): { source?: string } {
  return isScalar(node) && node.source !== undefined ? { source: node.source } : {};
}

/** `key:` with nothing after it. */
function isAbsent(value: unknown): boolean {
  return !value || (isScalar(value) && value.value === null && !value.source);
}
