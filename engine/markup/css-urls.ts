const comment = /\/\*[\s\S]*?(?:\*\/|$)/g;
const reference =
  /@import\s+(?:"([^"\n]*)"|'([^'\n]*)')|url\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'()\\]+))\s*\)/gi;

/** What a style sheet, or a `style` attribute, refers to: `@import` and `url()`, as written. */
export function cssUrls(text: string): string[] {
  return [...text.replaceAll(comment, ' ').matchAll(reference)].map(([, ...groups]) => groups.join(''));
}
