import type { Leaf } from '../known.ts';

/** The token of a page that begins with row, or item, number `from`. */
export function pageToken(from: number): string {
  return Buffer.from(`from ${from}`).toString('base64url');
}

/** A token that `pageToken` gave, as the number in it. */
export const tokenOfPage: Leaf = (value) => {
  if (value === '') return { value };
  const text = typeof value === 'string' ? value : '';
  const [, from] = /^from (\d+)$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (from !== undefined && pageToken(Number(from)) === text) return { value: from };
  return { refused: `is none that the sandbox gave, got ${JSON.stringify(value).slice(0, 80)}` };
};
