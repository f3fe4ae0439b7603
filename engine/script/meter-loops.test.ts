import { describe, expect, it } from 'vitest';
import { meterLoops } from './meter-loops.ts';

interface Wasm {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (
    module: object,
    imports: object,
  ) => { exports: { run(n: number): number; fuel: { value: number } } };
}
const { Module, Instance } = (globalThis as unknown as { WebAssembly: Wasm }).WebAssembly;

/** `(import "env" "look" (func (result i32)))`, one memory, and `run(n)`: n passes through a loop, then fills n bytes. */
const counting = Uint8Array.from([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 10, 2, 0x60, 0, 1, 0x7f, 0x60, 1, 0x7f, 1, 0x7f],
  ...[2, 12, 1, 3, 0x65, 0x6e, 0x76, 4, 0x6c, 0x6f, 0x6f, 0x6b, 0, 0],
  ...[3, 2, 1, 1],
  ...[5, 3, 1, 0, 2],
  ...[6, 6, 1, 0x7f, 1, 0x41, 0, 0x0b],
  ...[7, 7, 1, 3, 0x72, 0x75, 0x6e, 0, 1],
  ...[10, 37, 1, 35, 1, 1, 0x7f],
  ...[0x03, 0x40, 0x20, 1, 0x41, 1, 0x6a, 0x22, 1, 0x20, 0, 0x48, 0x0d, 0, 0x0b],
  ...[0x41, 0, 0x41, 7, 0x20, 0, 0xfc, 0x0b, 0, 0x20, 1, 0x41, 0x80, 0x80, 0x01, 0x1a, 0x0b],
]);

describe('meterLoops', () => {
  it('looks after so many passes and so many KiB', () => {
    let looks = 0;
    const { exports } = new Instance(new Module(meterLoops(counting, 'look')), {
      env: {
        look: () => {
          looks += 1;
          exports.fuel.value = 100;
          return 0;
        },
      },
    });
    exports.fuel.value = 100;
    expect(exports.run(50)).toBe(50);
    expect(looks).toBe(0);
    expect(exports.fuel.value).toBe(50);
    exports.fuel.value = 100;
    exports.run(1024);
    expect(looks).toBe(10);
    expect(exports.fuel.value).toBe(100 - 24 - 1);
  });

  it.each<[string, Uint8Array, string, string]>([
    ['without the function to call', counting, 'other', 'does not import other'],
    ['cut off', counting.subarray(0, 40), 'look', 'no section'],
    [
      'with an instruction it does not know',
      counting.with(counting.length - 2, 0xfd),
      'look',
      '0xfd is not known',
    ],
  ])('refuses a module %s', (_, wasm, callee, message) => {
    expect(() => meterLoops(wasm, callee)).toThrow(message);
  });
});
