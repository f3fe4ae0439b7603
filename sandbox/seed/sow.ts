import type { Random } from '../../engine/model/ports.ts';
import { integer } from '../random.ts';
import type { JsonObject } from '../json.ts';
import type { Kind } from '../kinds.ts';

/** Adds `count` seeded things of a kind and gives their ids. */
export type Sow = (kind: Kind, count: number, draft: (index: number) => Draft) => readonly string[];

export interface Draft {
  readonly fields: JsonObject;
  /** Work that is over: how long it took and what came of it. */
  readonly work?: { readonly tookMs: number; readonly status: string };
}

/** The words of a list in turn, so that every word comes up. */
export function inTurn<const T extends readonly [unknown, ...unknown[]]>(list: T, index: number): T[number] {
  return list[index % list.length] ?? list[0];
}

/** A number from `from` to `to` with two decimals. */
export function decimal(random: Random, from: number, to: number): number {
  return Math.round((from + random() * (to - from)) * 100) / 100;
}

/** Any id of a list that was sown; empty if nothing was. */
export function anyOf(random: Random, ids: readonly string[]): string {
  return ids[integer(random, 0, ids.length - 1)] ?? '';
}
