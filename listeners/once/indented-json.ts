/** JSON with a line for each value; numbers and texts stay as they are written. Null: it is no JSON, or not all of it. */
export function indentedJson(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
  } catch {
    return null;
  }
  let depth = 0;
  return text.replace(token, (whole, string: string | undefined) => {
    if (string !== undefined) return string;
    const sign = whole.trim();
    switch (sign) {
      case '':
        return '';
      case ':':
        return ': ';
      case ',':
        return `,${line(depth)}`;
      case '{':
      case '[':
        return `${sign}${line(++depth)}`;
      case '}':
      case ']':
        return `${line(--depth)}${sign}`;
      default:
        return sign; // {} or []
    }
  });
}

const token = /("(?:[^"\\]|\\.)*")|\s*(?:\{\s*\}|\[\s*\]|[{}[\],:])\s*|\s+/g;

function line(depth: number): string {
  return `\n${'  '.repeat(depth)}`;
}
