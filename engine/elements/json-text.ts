import type { Json } from '../model/json.ts';

/** A value as the text of a variable: texts as they are, the rest as JSON. */
export function jsonText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Values as the texts of matches: null counts as no match, as in JMeter (`JSONManager.java`). */
export function matchTexts(values: readonly Json[]): string[] {
  return values.filter((value) => value !== null).map(jsonText);
}
