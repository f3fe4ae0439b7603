import type { JsonObject } from '../json.ts';

/** A text of a JSON object; empty if it is absent or no text. */
export function fieldText(fields: JsonObject, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}
