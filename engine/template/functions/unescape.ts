import { conversion } from '../function-forms.ts';

const letters: Readonly<Record<string, string>> = { b: '\b', n: '\n', t: '\t', f: '\f', r: '\r' };
const escapes = /\\(?:u+([\da-f]{4})|([0-3]?[0-7]{1,2})|([^]?))/gi;

/** `${__unescape(text)}`: the escapes of Java, such as `\n`, `\t`, `\u00e4` and octal `\101` (`UnEscape.java`). */
export const unescape = {
  ...conversion(
    {
      name: '__unescape',
      description: 'The text with the escapes of Java become characters.',
      example: { template: '${__unescape(\\u0041\\tB)}', gives: 'A\tB' },
    },
    (text) =>
      text.replaceAll(escapes, (_, unit?: string, octal?: string, letter?: string) => {
        if (unit) return String.fromCharCode(parseInt(unit, 16));
        if (octal) return String.fromCharCode(parseInt(octal, 8));
        return letters[letter ?? ''] ?? letter ?? '';
      }),
  ),
  constant: true,
};
