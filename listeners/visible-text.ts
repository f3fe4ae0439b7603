/**
 * Text from plans and servers, safe to print: control characters, which could move the cursor or hide
 * text, are shown as `\x1b` or `\u{202e}`.
 */
export function visibleText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => {
    const code = char.codePointAt(0) ?? 0;
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

/** At most `width` characters: what is left out is left out of the middle. */
export function cutMiddle(text: string, width: number): string {
  const chars = Array.from(text);
  if (chars.length <= width) return text;
  const tail = Math.floor((width - 1) / 2);
  return [...chars.slice(0, width - 1 - tail), '…', ...(tail > 0 ? chars.slice(-tail) : [])].join('');
}

/** Characters, not code units; wide ones count as one. */
export function textWidth(text: string): number {
  return Array.from(text).length;
}
