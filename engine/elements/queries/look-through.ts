import type { Host } from '../../model/ports.ts';

/** Documents as large and as deep as most are: whatever is asked of them is answered soon. */
const shortChars = 16_384;
const shallow = 16;

/**
 * Asks something of a document that a server sent, within a time limit where its size or its depth may make that long:
 * a query goes over the depth as often as it has steps. Throws a `RangeError` when it takes too long.
 */
export function lookThrough<D extends { readonly depth: number }, T>(
  text: string,
  {
    what,
    host,
    read,
    ask,
  }: {
    /** Named in the error: `the XPath //a`. */
    readonly what: string;
    readonly host: Pick<Host, 'bounded'>;
    readonly read: (text: string) => D;
    readonly ask: (document: D) => T;
  },
): T {
  if (text.length > shortChars) return host.bounded(what, text.length, () => ask(read(text)));
  const document = read(text);
  if (document.depth <= shallow) return ask(document);
  return host.bounded(what, text.length, () => ask(document));
}
