/** The Castagnoli polynomial, lowest bit first. */
const polynomial = 0x82f63b78;

/**
 * The CRC32C of two texts one after the other, from the CRC32C of each and the length of the second: what a
 * composed object must have, without reading its parts again.
 *
 * Appending n bytes multiplies the first checksum by x^(8n) modulo the polynomial; that power is built by
 * squaring (the idea of zlib's `crc32_combine`). Some thousand steps, whatever the length.
 */
export function combineCrc32c(first: number, second: number, secondBytes: number): number {
  return (multiply(powerOfX(8 * secondBytes), first) ^ second) >>> 0;
}

/** x^n modulo the polynomial. Bit 31 stands for x^0. */
function powerOfX(exponent: number): number {
  let power = 0x80000000;
  let square = 0x40000000;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) power = multiply(square, power);
    square = multiply(square, square);
  }
  return power;
}

/** The product of two polynomials modulo the polynomial. */
function multiply(a: number, b: number): number {
  let product = 0;
  let shifted = b >>> 0;
  for (let bit = 31; bit >= 0; bit--) {
    if ((a >>> bit) & 1) product ^= shifted;
    shifted = shifted & 1 ? (shifted >>> 1) ^ polynomial : shifted >>> 1;
  }
  return product >>> 0;
}
