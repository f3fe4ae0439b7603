import type { TemplateFunction } from './function.ts';

/**
 * `${__char(13,0x0A)}`: the characters of these numbers; `0x` or `#` begins a hexadecimal one, `0` an octal one.
 * They are UTF-16 units, so that two may make one character. What is no number is logged (`CharFunction.java`).
 */
export const char: TemplateFunction = {
  name: '__char',
  description: 'The characters of some numbers; `0x` begins a hexadecimal one, `0` an octal one.',
  example: { template: '${__char(0x41,66)}', gives: 'AB' },
  minArguments: 1,
  maxArguments: Infinity,
  usage: '(number, …)',
  constant: true,
  check(text) {
    if (decoded(text.trim()) === undefined) throw new RangeError(noNumber(text.trim()));
  },
  make: (args) => (scope) =>
    args
      .map((arg) => {
        const text = arg(scope).trim();
        const unit = decoded(text);
        if (unit !== undefined) return String.fromCharCode(unit);
        scope.host.log('WARN', noNumber(text));
        return '';
      })
      .join(''),
};

function decoded(text: string): number | undefined {
  const [, hexadecimal, octal, decimal] = /^(?:(?:0x|#)([\da-f]+)|0([0-7]+)|(\d+))$/i.exec(text) ?? [];
  if (hexadecimal) return parseInt(hexadecimal, 16);
  if (octal) return parseInt(octal, 8);
  return decimal === undefined ? undefined : Number(decimal);
}

function noNumber(text: string): string {
  return `__char: "${text}" is not a number`;
}
