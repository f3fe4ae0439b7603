import type { Reader } from './wasm-binary.ts';

/** Moves behind one instruction (§5.4). Throws at what this table does not know, such as vectors. */
export function skipInstruction(reader: Reader): 'loop' | 'bulk' | 'other' {
  const opcode = reader.byte();
  if (opcode === 0xfc) return skipLongInstruction(reader);
  const immediates = immediatesOf(opcode);
  for (const immediate of immediates) skip(reader, immediate);
  return opcode === 0x03 ? 'loop' : 'other';
}

type Immediate = 'leb' | 'lebs' | 'four' | 'eight';

const none: readonly Immediate[] = [];
const one: readonly Immediate[] = ['leb'];
const two: readonly Immediate[] = ['leb', 'leb'];

const special: Readonly<Record<number, readonly Immediate[]>> = {
  0x00: none,
  0x01: none,
  0x02: one,
  0x03: one,
  0x04: one,
  0x05: none,
  0x0b: none,
  0x0c: one,
  0x0d: one,
  0x0e: ['lebs', 'leb'],
  0x0f: none,
  0x10: one,
  0x11: two,
  0x12: one,
  0x13: two,
  0x1a: none,
  0x1b: none,
  0x1c: ['lebs'],
  0x3f: one,
  0x40: one,
  0x41: one,
  0x42: one,
  0x43: ['four'],
  0x44: ['eight'],
  0xd0: one,
  0xd1: none,
  0xd2: one,
};

function immediatesOf(opcode: number): readonly Immediate[] {
  const found = special[opcode];
  if (found) return found;
  if (opcode >= 0x20 && opcode <= 0x26) return one;
  if (opcode >= 0x28 && opcode <= 0x3e) return two;
  if (opcode >= 0x45 && opcode <= 0xc4) return none;
  throw new Error(`the WebAssembly instruction 0x${opcode.toString(16)} is not known here`);
}

/** Immediates of the instructions behind 0xfc, from 0: conversions, then memory and table operations. */
const longImmediates = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];

function skipLongInstruction(reader: Reader): 'bulk' | 'other' {
  const opcode = reader.u32();
  const count = longImmediates[opcode];
  if (count === undefined) throw new Error(`the WebAssembly instruction 0xfc ${opcode} is not known here`);
  for (let i = 0; i < count; i++) reader.u32();
  return opcode === 10 || opcode === 11 ? 'bulk' : 'other';
}

function skip(reader: Reader, immediate: Immediate): void {
  if (immediate === 'four') reader.take(4);
  else if (immediate === 'eight') reader.take(8);
  else for (let count = immediate === 'lebs' ? reader.u32() : 1; count > 0; count--) reader.u32();
}
