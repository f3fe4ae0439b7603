import type { RawHeaders } from './response-headers.ts';
import { findHeader } from './response-headers.ts';

/** Says of an answer, by its headers, whether its body is kept. */
export type KeepsBody = (headers: RawHeaders) => boolean;

export const keepsAll: KeepsBody = () => true;
export const keepsNone: KeepsBody = () => false;
/** Pages and style sheets: what may refer to resources. */
export const keepsMarkup: KeepsBody = (headers) => markupKind(headers) !== null;

const kinds: Readonly<Record<string, 'html' | 'css'>> = {
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'application/xml': 'html',
  'text/xml': 'html',
  'text/css': 'css',
};

/** How an answer is read for what it refers to; null for what JMeter has no parser for either. */
export function markupKind(headers: RawHeaders): 'html' | 'css' | null {
  const type = findHeader(headers, 'content-type')?.toString('latin1').split(';', 1)[0] ?? '';
  return kinds[type.trim().toLowerCase()] ?? null;
}
