import { exactMark, isExactNumber, isJsonMap, type ExactJson } from './exact-number.ts';

/** A value as JSON text, its numbers with all their digits. */
export function writeJson(value: ExactJson): string {
  const text = JSON.stringify(value);
  return text.includes(exactMark) ? written(value) : text;
}

/** A value as the text of a variable: texts as they are, the rest as JSON. */
export function jsonText(value: ExactJson): string {
  return typeof value === 'string' ? value : writeJson(value);
}

/** Values as the texts of matches: null counts as no match, as in JMeter (`JSONManager.java`). */
export function matchTexts(values: readonly ExactJson[]): string[] {
  return values.filter((value) => value !== null).map(jsonText);
}

function written(value: ExactJson): string {
  if (isExactNumber(value)) return value.text;
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  if (!isJsonMap(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${written(inner)}`);
  return `{${entries.join(',')}}`;
}
