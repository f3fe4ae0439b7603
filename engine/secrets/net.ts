import { literalPattern } from '../model/literal-pattern.ts';
import { masked } from '../model/masked.ts';
import { decodersFor } from './decoders.ts';
import { cutMark, cutParts, searchFor, type Part } from './search.ts';
import { decodedView, plainView, type Decoder, type View } from './view.ts';
import { isSearched, shortestSearched, wordingsOf } from './wordings.ts';

/** A text without the secrets in it. */
export type Mask = (text: string) => string;

/**
 * Replaces by `***` every secret of six characters or more, however it is encoded: percent signs, entities, backslashes
 * and misread charsets, in each other too, hexadecimal, and Base64 wherever it begins. The answer to a digest challenge
 * is made of a password, and goes with it.
 *
 * Names of hosts that the plan writes stay, and digits within a longer number.
 */
export function secretNet(secrets: readonly string[], hosts: readonly string[] = []): Mask {
  const searched = secrets.filter(isSearched);
  if (searched.length === 0) return (text) => text;
  const texts = [...new Set(searched.flatMap(wordingsOf))];
  const wordings = texts.map((text) => ({
    wanted: text,
    search: searchFor(text),
    isNumber: /^\d+$/.test(text),
    isEncoded: !searched.includes(text) && /^[\w+/-]+$/.test(text),
    hosts: hosts.filter((host) => host.includes(text)),
  }));
  const decoders = decodersFor(searched);
  const mayHold = glance(texts);
  const shortest = Math.min(...texts.map(({ length }) => length));
  return remembering((text) => {
    if (text.length < shortest) return text;
    const found = digests(text);
    const isCut = text.includes(cutMark);
    for (const view of views(text, decoders)) {
      for (const { wanted } of isCut ? wordings : []) {
        found.push(...cutParts(view.text, wanted, shortestSearched).map((part) => view.source(...part)));
      }
      if (!mayHold(view.text)) continue;
      for (const wording of wordings) {
        const parts = wording.search(view.text);
        if (parts.length > 0) found.push(...hits(parts, { view, wording, written: text }));
      }
    }
    return withoutParts(text, found);
  });
}

/** Says of a short text, for a tenth of what the search costs, whether it can hold any of these; of a long one: yes. */
function glance(texts: readonly string[]): (text: string) => boolean {
  if (texts.some(({ length }) => length > 200) || texts.length > 500) return () => true;
  const any = new RegExp(texts.map(literalPattern).join('|'));
  return (text) => text.length > longText || any.test(text);
}

interface Wording {
  readonly search: (text: string) => readonly Part[];
  readonly isNumber: boolean;
  /** Base64 shares its first and last character with its neighbours. */
  readonly isEncoded: boolean;
  readonly hosts: readonly string[];
}

/** How many times a long text is decoded in turn, and a short one; and how many readings there are at most. */
const [deep, deeper, mostViews] = [2, 3, 40];
const longText = 100_000;

/** The text, and what becomes of it when it is decoded in every way and order. */
function views(text: string, decoders: readonly Decoder[]): View[] {
  const all = [plainView(text)];
  const seen = new Set([text]);
  let newest = all;
  const depth = text.length > longText ? deep : deeper;
  for (let level = 0; level < depth && newest.length > 0; level++) {
    newest = newest.flatMap((view) => decoders.flatMap((decoder) => decodedView(view, decoder) ?? []));
    newest = newest.filter((view) => !seen.has(view.text) && seen.add(view.text));
    all.push(...newest);
    if (all.length >= mostViews) break;
  }
  return all;
}

/** What was found, as it stands in the text itself, without what is innocent. */
function hits(
  parts: readonly Part[],
  { view, wording, written }: { readonly view: View; readonly wording: Wording; readonly written: string },
): Part[] {
  const { isNumber, isEncoded, hosts } = wording;
  return parts.flatMap(([start, end]) => {
    if (isNumber && isInNumber(view.text, start, end)) return [];
    const wide = isEncoded ? withNeighbours(view.text, start, end) : ([start, end] as const);
    const part = view.source(...wide);
    return hosts.some((host) => isInHost(written, part, host)) ? [] : [part];
  });
}

function isInNumber(text: string, start: number, end: number): boolean {
  return /\d\.?$/.test(text.slice(Math.max(0, start - 2), start)) || /^\.?\d/.test(text.slice(end, end + 2));
}

function withNeighbours(text: string, start: number, end: number): Part {
  const isOfBase64 = (at: number) => /[\w+/-]/.test(text.charAt(at));
  let stop = isOfBase64(end) ? end + 1 : end;
  while (text.charAt(stop) === '=') stop += 1;
  return [isOfBase64(start - 1) ? start - 1 : start, stop];
}

/** Whether a part belongs to a host as the plan writes it: behind `//`, or as a word that is longer. */
function isInHost(text: string, [start, end]: Part, host: string): boolean {
  const inside = text.slice(start, end);
  for (let at = host.indexOf(inside); at >= 0; at = host.indexOf(inside, at + 1)) {
    const from = start - at;
    if (from < 0 || !text.startsWith(host, from)) continue;
    const before = text.slice(Math.max(0, from - 2), from);
    const isWord = !/[\w.-]$/.test(before) && !/^[\w-]/.test(text.charAt(from + host.length));
    if (before === '//' || (isWord && inside !== host)) return true;
  }
  return false;
}

/** The answers to digest challenges in a text (RFC 7616 §3.4). */
function digests(text: string): Part[] {
  if (!text.includes('response') || !/digest/i.test(text)) return [];
  const answers = /\bresponse(?:=|%3D|&#61;)(?:\\?"|&quot;|&#34;|&#x22;|%22|\\u0022)?([\da-f]{32,128})\b/gi;
  return Array.from(text.matchAll(answers), ({ 0: whole, 1: answer = '', index }) => {
    const end = index + whole.length;
    return [end - answer.length, end];
  });
}

/** The text with each part replaced; parts that touch are one. */
function withoutParts(text: string, parts: readonly Part[]): string {
  if (parts.length === 0) return text;
  const sorted = [...parts].sort(([a, aEnd], [b, bEnd]) => a - b || bEnd - aEnd);
  let shown = '';
  let read = 0;
  let isOpen = false;
  for (const [start, end] of sorted) {
    if (!isOpen || start > read) shown += text.slice(read, start) + masked;
    isOpen = true;
    read = Math.max(read, end);
  }
  return shown + text.slice(read);
}

/** Most of what is written is short and comes again and again. */
function remembering(mask: Mask): Mask {
  const known = new Map<string, string>();
  return (text) => {
    if (text.length > 500) return mask(text);
    let shown = known.get(text);
    if (shown === undefined) {
      shown = mask(text);
      if (known.size >= 1000) known.clear();
      known.set(text, shown);
    }
    return shown;
  };
}
