import type { Cell, Storage } from './column.ts';

const dayMs = 86_400_000;

/** A stored value as JSON and CSV have it. What a bad row puts in the place of a time stays as it is. */
export function shown(storage: Storage, value: Cell): Cell {
  if (typeof value !== 'number') return value;
  if (storage === 'timestamp') return new Date(value).toISOString();
  return storage === 'date' ? new Date(value * dayMs).toISOString().slice(0, 10) : value;
}
