import { parseRatio } from '../../model/units.ts';
import type { Cell, Column, Storage } from './column.ts';
import { bitsAt, streamKey, unitAt } from './draw.ts';
import { firstWords, proseOf, secondWords } from './words.ts';

/** A column that can tell the value of any row. */
export interface MadeColumn {
  readonly name: string;
  readonly type: Column['type'];
  readonly storage: Storage;
  /** A value far from all others: a thousand times the span, or the year 2199. Null for what has none. */
  readonly outlier: Cell;
  at(index: number): Cell;
}

type Values = (index: number) => Cell;

/** The nth column of a table. Equal columns at the same place have the same values, whatever stands beside them. */
export function makeColumn(name: string, column: Column, place: number, seed: number): MadeColumn {
  const key = (stream: number) => streamKey(seed, place * 8 + stream);
  const at = kinds[column.type].values(column, key);
  const nulls = ratioOf(column.nulls, 0);
  const nullKey = key(7);
  return {
    name,
    type: column.type,
    storage: kinds[column.type].storage,
    outlier: outlierOf(column),
    at: nulls === 0 ? at : (index) => (unitAt(nullKey, index) < nulls ? null : at(index)),
  };
}

export function storageOf(column: Column): Storage {
  return kinds[column.type].storage;
}

export function ratioOf(written: number | string | undefined, otherwise: number): number {
  if (written === undefined) return otherwise;
  return typeof written === 'number' ? written : (parseRatio(written) ?? NaN);
}

/** Epoch milliseconds; NaN for what is no time. A day is its midnight in UTC. */
export function timeOf(written: string | undefined, otherwise: string): number {
  return Date.parse(written ?? otherwise);
}

export const earliest = '2025-01-01';
export const latest = '2026-01-01';
const dayMs = 86_400_000;

interface Kind {
  readonly storage: Storage;
  values(column: Column, key: (stream: number) => number): Values;
}

const kinds: Readonly<Record<Column['type'], Kind>> = {
  sequence: {
    storage: 'integer',
    values:
      ({ start = 1 }) =>
      (index) =>
        start + index,
  },
  integer: {
    storage: 'integer',
    values({ min = 0, max = 1_000_000 }, key) {
      const own = key(0);
      return (index) => min + Math.floor(unitAt(own, index) * (max - min + 1));
    },
  },
  number: {
    storage: 'number',
    values({ min = 0, max = 1_000_000, decimals = 2 }, key) {
      const own = key(0);
      const scale = Number(`1e${decimals}`);
      return (index) => Math.round((min + unitAt(own, index) * (max - min)) * scale) / scale;
    },
  },
  text: { storage: 'text', values: texts },
  name: {
    storage: 'text',
    values(_, key) {
      const own = key(0);
      return (index) => {
        const bits = bitsAt(own, index);
        return `${word(firstWords, bits)}-${word(secondWords, bits >>> 5)}-${(bits >>> 10) % 1000}`;
      };
    },
  },
  email: {
    storage: 'text',
    values(_, key) {
      const own = key(0);
      return (index) => {
        const bits = bitsAt(own, index);
        return `${word(firstWords, bits)}.${word(secondWords, bits >>> 5)}${(bits >>> 10) % 1000}@example.com`;
      };
    },
  },
  uuid: { storage: 'text', values: uuids },
  choice: {
    storage: 'text',
    values({ of = [] }, key) {
      const own = key(0);
      return (index) => of[Math.floor(unitAt(own, index) * of.length)] ?? null;
    },
  },
  boolean: {
    storage: 'boolean',
    values({ share }, key) {
      const own = key(0);
      const ratio = ratioOf(share, 0.5);
      return (index) => unitAt(own, index) < ratio;
    },
  },
  timestamp: {
    storage: 'timestamp',
    values({ from, to }, key) {
      const own = key(0);
      const fromMs = timeOf(from, earliest);
      const spanMs = timeOf(to, latest) - fromMs;
      return (index) => fromMs + Math.floor(unitAt(own, index) * spanMs);
    },
  },
  date: {
    storage: 'date',
    values({ from, to }, key) {
      const own = key(0);
      const first = Math.floor(timeOf(from, earliest) / dayMs);
      const days = Math.ceil(timeOf(to, latest) / dayMs) - first;
      return (index) => first + Math.floor(unitAt(own, index) * days);
    },
  },
};

function word(words: readonly string[], bits: number): string {
  return words[(bits & 31) % words.length] ?? '';
}

/** Pieces of one long text; each begins with a word, and no space stands at its end. */
function texts({ length = 20, minLength = length }: Column, key: (stream: number) => number): Values {
  const { text, wordStarts } = proseOf();
  const [place, size] = [key(0), key(1)];
  const starts = wordStarts.findLastIndex((start) => start + length <= text.length) + 1;
  return (index) => {
    const characters = minLength + Math.floor(unitAt(size, index) * (length - minLength + 1));
    const start = wordStarts[Math.floor(unitAt(place, index) * starts)] ?? 0;
    const end = start + characters;
    return text.charCodeAt(end - 1) === space ? `${text.slice(start, end - 1)}.` : text.slice(start, end);
  };
}

const space = 32;

/** Version 4 by RFC 9562. The first eight digits are different for every row. */
function uuids(_: Column, key: (stream: number) => number): Values {
  const keys = [key(0), key(1), key(2), key(3)] as const;
  const digits = (fourDigits ??= Array.from({ length: 65_536 }, (__, bits) =>
    bits.toString(16).padStart(4, '0'),
  ));
  return (index) => {
    const [a, b, c, d] = [
      bitsAt(keys[0], index),
      bitsAt(keys[1], index),
      bitsAt(keys[2], index),
      bitsAt(keys[3], index),
    ];
    const start = `${digits[a >>> 16]}${digits[a & 0xffff]}-${digits[b >>> 16]}`;
    const middle = `${digits[(b & 0x0fff) | 0x4000]}-${digits[((c >>> 16) & 0x3fff) | 0x8000]}`;
    return `${start}-${middle}-${digits[c & 0xffff]}${digits[d >>> 16]}${digits[d & 0xffff]}`;
  };
}

/** The four hexadecimal digits of 16 bits; made when the first column of them is. */
let fourDigits: readonly string[] | undefined;

const lastTimeMs = Date.UTC(2199, 11, 31);

function outlierOf({ type, min = 0, max = 1_000_000 }: Column): Cell {
  if (type === 'number') return max + (max - min + 1) * 1000;
  if (type === 'integer') return Math.round(max + (max - min + 1) * 1000);
  if (type === 'timestamp') return lastTimeMs;
  return type === 'date' ? lastTimeMs / dayMs : null;
}
