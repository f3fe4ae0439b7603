import { didYouMean } from '../model/did-you-mean.ts';
import type { Problem } from '../model/errors.ts';
import type { SeriesCarrier, Threshold } from '../model/threshold.ts';

/** A threshold that no sample of the plan can answer is a mistake: without data it could only fail. */
export function checkThreshold(threshold: Threshold, carriers: readonly SeriesCarrier[]): Problem[] {
  const wanted = Object.entries(threshold.selector);
  const heard = carriers.filter(
    ({ kind }) => kind !== 'transaction' || threshold.selector.name !== undefined,
  );
  if (
    wanted.length === 0 ||
    heard.some((carrier) => wanted.every(([key, value]) => carries(carrier, key, value)))
  ) {
    return [];
  }
  const unmatched = wanted.filter(([key, value]) => !heard.some((carrier) => carries(carrier, key, value)));
  const messages = unmatched.map(([key, value]) =>
    key === 'name' ? unknownLabel(value, heard) : unknownTag(key, value, heard),
  );
  if (messages.length === 0)
    messages.push('each part of the selector fits some sample, but no sample fits them all');
  return messages.map((message) => ({
    at: threshold.at,
    message: `threshold "${threshold.text}": ${message}`,
  }));
}

function carries({ label, tags }: SeriesCarrier, key: string, value: string): boolean {
  return key === 'name' ? label === null || label === value : tags[key] === value;
}

function unknownLabel(label: string, carriers: readonly SeriesCarrier[]): string {
  const known = carriers.flatMap((carrier) => carrier.label ?? []);
  return `no step is called "${label}".${didYouMean(label, known) || list('Known', known)}`;
}

function unknownTag(key: string, value: string, carriers: readonly SeriesCarrier[]): string {
  const values = carriers.flatMap(({ tags }) => tags[key] ?? []);
  if (values.length > 0) {
    return `no step has the tag ${key}=${value}.${didYouMean(value, values) || list(`Known values of ${key}`, values)}`;
  }
  const keys = ['name', ...carriers.flatMap(({ tags }) => Object.keys(tags))];
  return `no step has a tag "${key}".${didYouMean(key, keys) || list('Known', keys)}`;
}

const listed = 10;

function list(what: string, words: readonly string[]): string {
  const unique = [...new Set(words)];
  if (unique.length === 0) return '';
  const more = unique.length > listed ? ` and ${unique.length - listed} more` : '';
  return ` ${what}: ${unique.slice(0, listed).join(', ')}${more}.`;
}
