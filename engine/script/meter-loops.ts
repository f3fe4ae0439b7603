import { Reader, readSections, section, u32 } from './wasm-binary.ts';
import { skipInstruction } from './wasm-instructions.ts';

/**
 * Rewrites a WebAssembly module so that no loop in it can run for long unseen.
 *
 * QuickJS asks its interrupt handler between bytecodes, but some of its native loops never do:
 * `'aaa…'.includes('aa…b')` compares for hours, `new Array(2 ** 32 - 1).reverse()` walks four thousand
 * million holes. So every `loop` gets a count-down at its head, and every `memory.copy` and
 * `memory.fill` pays one for each KiB; at zero the imported function `callee` is called, which sets the exported
 * global `fuel` anew, and ends the call by throwing.
 *
 * Only sections 2 (import), 6 (global), 7 (export) and 10 (code) change. Branches are relative
 * to blocks, so that inserting instructions moves no target.
 * Source of the format: WebAssembly Core Specification 2.0, §5.
 */
export function meterLoops(wasm: Uint8Array, callee: string): Uint8Array<ArrayBuffer> {
  const sections = readSections(wasm);
  const imports = readImports(section(sections, 2), callee);
  const globals = new Reader(section(sections, 6)).u32() + imports.globals;
  const meter = meterCode({ fuel: globals, length: globals + 1, callee: imports.callee });
  const changed = sections.map(({ id, content }) => {
    if (id === 6) return { id, content: appended(content, 2, [...zeroGlobal, ...zeroGlobal]) };
    if (id === 7) return { id, content: appended(content, 1, [4, ...ascii('fuel'), 3, ...u32(globals)]) };
    if (id === 10) return { id, content: meteredCode(content, meter) };
    return { id, content };
  });
  return Uint8Array.from(
    Buffer.concat([
      wasm.subarray(0, 8),
      ...changed.flatMap(({ id, content }) => [Buffer.from([id, ...u32(content.length)]), content]),
    ]),
  );
}

interface Meter {
  readonly loop: Uint8Array;
  readonly bulk: Uint8Array;
}

/** `(global (mut i32) (i32.const 0))` */
const zeroGlobal = [0x7f, 1, 0x41, 0, 0x0b];

/** What is put at the head of a loop, and before a bulk operation, whose length in bytes is on top of the stack. */
function meterCode(at: { readonly fuel: number; readonly length: number; readonly callee: number }): Meter {
  const [fuel, length] = [u32(at.fuel), u32(at.length)];
  // i32.sub; global.set fuel; global.get fuel; i32.const 0; i32.le_s; if; call callee; drop; end
  const pay = [
    0x6b,
    0x24,
    ...fuel,
    0x23,
    ...fuel,
    0x41,
    0,
    0x4c,
    0x04,
    0x40,
    0x10,
    ...u32(at.callee),
    0x1a,
    0x0b,
  ];
  return {
    loop: Uint8Array.from([0x23, ...fuel, 0x41, 1, ...pay]),
    // global.set length; (fuel - (length >>> 10)) paid; global.get length
    bulk: Uint8Array.from([
      0x24,
      ...length,
      0x23,
      ...fuel,
      0x23,
      ...length,
      0x41,
      10,
      0x76,
      ...pay,
      0x23,
      ...length,
    ]),
  };
}

function meteredCode(content: Uint8Array, meter: Meter): Uint8Array {
  const reader = new Reader(content);
  const count = reader.u32();
  const parts: Uint8Array[] = [Uint8Array.from(u32(count))];
  for (let i = 0; i < count; i++) {
    const size = reader.u32();
    const body = meteredBody(reader.take(size), meter);
    parts.push(Uint8Array.from(u32(body.length)), body);
  }
  return Buffer.concat(parts);
}

function meteredBody(body: Uint8Array, meter: Meter): Uint8Array {
  const reader = new Reader(body);
  for (let groups = reader.u32(); groups > 0; groups--) {
    reader.u32();
    reader.byte();
  }
  const parts: Uint8Array[] = [];
  let copiedTo = 0;
  const insert = (code: Uint8Array, at: number) => {
    parts.push(body.subarray(copiedTo, at), code);
    copiedTo = at;
  };
  while (!reader.done) {
    const start = reader.at;
    const kind = skipInstruction(reader);
    if (kind === 'loop') insert(meter.loop, reader.at);
    if (kind === 'bulk') insert(meter.bulk, start);
  }
  parts.push(body.subarray(copiedTo));
  return Buffer.concat(parts);
}

/** The index of the imported function of that name, and how many globals are imported. */
function readImports(
  content: Uint8Array,
  name: string,
): { readonly callee: number; readonly globals: number } {
  const reader = new Reader(content);
  let [functions, globals, callee] = [0, 0, -1];
  for (let left = reader.u32(); left > 0; left--) {
    reader.take(reader.u32());
    const field = Buffer.from(reader.take(reader.u32())).toString('latin1');
    const kind = reader.byte();
    if (kind === 0) {
      if (field === name) callee = functions;
      functions += 1;
      reader.u32();
    } else if (kind === 3) {
      globals += 1;
      reader.take(2);
    } else throw new Error(`the WebAssembly import "${field}" is neither a function nor a global`);
  }
  if (callee < 0) throw new Error(`the WebAssembly module does not import ${name}`);
  return { callee, globals };
}

/** A vector with so many more elements at its end. */
function appended(content: Uint8Array, more: number, bytes: readonly number[]): Uint8Array {
  const reader = new Reader(content);
  const count = reader.u32();
  return Buffer.concat([Buffer.from(u32(count + more)), content.subarray(reader.at), Buffer.from(bytes)]);
}

function ascii(text: string): number[] {
  return [...Buffer.from(text, 'latin1')];
}
