import { Parser } from 'htmlparser2';
import { cssUrls } from './css-urls.ts';

type Attributes = Readonly<Record<string, string>>;

/** Attributes that name what must be loaded, by element; `background` may stand in any (JMeter's Lagarto parser). */
const sources: Readonly<Record<string, (attributes: Attributes) => string | undefined>> = {
  img: ({ src }) => src,
  script: ({ src }) => src,
  frame: ({ src }) => src,
  iframe: ({ src }) => src,
  embed: ({ src }) => src,
  bgsound: ({ src }) => src,
  input: ({ src, type }) => (type?.toLowerCase() === 'image' ? src : undefined),
  link: ({ href, rel = '' }) => (/^(?:stylesheet|icon|shortcut icon)$/i.test(rel.trim()) ? href : undefined),
  object: ({ data, codebase }) => within(codebase, data),
  applet: ({ code, codebase }) => within(codebase, code),
};

/**
 * The URLs that a page or a style sheet loads of itself: absolute, without fragment, each once, in the order in which
 * they stand. What is neither http nor https, such as `data:`, is left out.
 */
export function embeddedUrls(kind: 'html' | 'css', text: string, pageUrl: string): string[] {
  return kind === 'css' ? absolute(cssUrls(text), pageUrl) : htmlUrls(text, pageUrl);
}

function htmlUrls(text: string, pageUrl: string): string[] {
  const found: string[] = [];
  let base: string | undefined;
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === 'base') base ??= attributes['href'];
      const source = Object.hasOwn(sources, name) ? sources[name]?.(attributes) : undefined;
      if (source !== undefined) found.push(source);
      const { background, style } = attributes;
      if (background !== undefined) found.push(background);
      if (style !== undefined) found.push(...cssUrls(style));
    },
  });
  parser.end(text);
  return absolute(
    found,
    base !== undefined && URL.canParse(base, pageUrl) ? new URL(base, pageUrl).href : pageUrl,
  );
}

function absolute(references: readonly string[], baseUrl: string): string[] {
  const urls = new Set<string>();
  for (const reference of references) {
    const trimmed = reference.trim();
    if (trimmed === '' || !URL.canParse(trimmed, baseUrl)) continue;
    const url = new URL(trimmed, baseUrl);
    url.hash = '';
    if (url.protocol === 'http:' || url.protocol === 'https:') urls.add(url.href);
  }
  return [...urls];
}

function within(folder: string | undefined, reference: string | undefined): string | undefined {
  if (reference === undefined || folder === undefined) return reference;
  return `${folder.replace(/\/?$/, '/')}${reference}`;
}
