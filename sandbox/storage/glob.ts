/** Whether a name fits a glob: `*` and `?` stop at `/`, `**` does not; `[abc]`, `[!abc]` and `{a,b}` choose. */
export function globOf(glob: string): (name: string) => boolean {
  const pattern = new RegExp(`^(?:${translated(glob)})$`, 'su');
  return (name) => pattern.test(name);
}

const parts = /\*\*|\*|\?|\[!?[^\]]+\]|\\.|[{},]|[^*?[\]{}\\,]+|./gsu;

function translated(glob: string): string {
  let depth = 0;
  let text = '';
  for (const [part] of glob.matchAll(parts)) {
    if (part === '{') depth += 1;
    const wasOpen = depth > 0;
    if (part === '}' && depth > 0) depth -= 1;
    text += wasOpen && part in braces ? (braces[part] ?? '') : translatedPart(part);
  }
  return depth > 0 ? escaped(glob) : text;
}

const braces: Readonly<Record<string, string>> = { '{': '(?:', '}': ')', ',': '|' };

function translatedPart(part: string): string {
  if (part === '**') return '.*';
  if (part === '*') return '[^/]*';
  if (part === '?') return '[^/]';
  if (part.startsWith('[') && part.length > 2) {
    const isNot = part.startsWith('[!');
    return `[${isNot ? '^' : ''}${part.slice(isNot ? 2 : 1, -1).replace(/[\\\]^[]/g, '\\$&')}]`;
  }
  return escaped(part.startsWith('\\') && part.length > 1 ? part.slice(1) : part);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
