import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { meterLoops } from './meter-loops.ts';

/**
 * The part of the WebAssembly interface that is needed here: the types of Node 20 do not describe it, and those
 * of browsers would bring in `window`.
 */
interface WebAssemblyHere {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
}

declare const WebAssembly: WebAssemblyHere;

/** QuickJS's C interface (`c/interface.c` of quickjs-wasi). Values are addresses of boxes that the caller frees. */
export interface QuickjsExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Put there by `meterLoops`. */
  readonly fuel: { value: number };
  _initialize(): void;
  qjs_init2(intrinsics: number): number;
  qjs_set_memory_limit(bytes: number): void;
  qjs_set_max_stack_size(bytes: number): void;
  qjs_set_interrupt_handler(on: number): void;
  qjs_set_promise_rejection_handler(on: number): void;
  qjs_eval(code: number, codeBytes: number, file: number, flags: number): number;
  qjs_call(fn: number, self: number, count: number, args: number): number;
  qjs_new_host_function(name: number, nameBytes: number, parameters: number): number;
  qjs_new_string(bytes: number, length: number): number;
  qjs_new_number(number: number): number;
  qjs_get_undefined(): number;
  qjs_get_true(): number;
  qjs_get_false(): number;
  qjs_get_prop_string(object: number, name: number): number;
  qjs_get_exception(): number;
  qjs_get_float64(value: number): number;
  qjs_get_bool(value: number): number;
  qjs_get_string_len(value: number, lengthOut: number): number;
  qjs_free_cstring(text: number): void;
  qjs_dup_value(value: number): number;
  qjs_free_value(value: number): void;
  qjs_is_exception(value: number): number;
  qjs_is_undefined(value: number): number;
  qjs_is_bool(value: number): number;
  qjs_is_number(value: number): number;
  qjs_is_string(value: number): number;
  qjs_is_function(value: number): number;
  qjs_is_job_pending(): number;
  qjs_execute_pending_job(): number;
  wasm_malloc(bytes: number): number;
  wasm_free(address: number): void;
}

/** What QuickJS imports besides WASI. */
export interface QuickjsImports {
  /** Gives a box, or 0 when an exception is pending. */
  host_call(name: number, nameBytes: number, self: number, count: number, args: number): number;
  /** Called between bytecodes and, because of `meterLoops`, whenever `fuel` is used up. 1 interrupts. */
  host_interrupt(): number;
  /** A promise was rejected with nobody to handle it; or, with 1, somebody now does. Both boxes are the host's. */
  host_promise_rejection(promise: number, reason: number, isHandled: number): void;
}

let compiled: object | undefined;

/** A fresh QuickJS with memory of its own. The module is compiled once per thread (measured: 50 ms). */
export function instantiateQuickjs(imports: QuickjsImports): QuickjsExports {
  compiled ??= compileQuickjs();
  const memory: { buffer: ArrayBuffer } = { buffer: new ArrayBuffer(0) };
  const { exports } = new WebAssembly.Instance(compiled, {
    env: { ...imports, ...unused },
    wasi_snapshot_preview1: wasi(() => new DataView(memory.buffer)),
  });
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- what the pinned binary exports
  const quickjs = exports as QuickjsExports;
  Object.defineProperty(memory, 'buffer', { get: () => quickjs.memory.buffer });
  quickjs._initialize();
  return quickjs;
}

function compileQuickjs(): object {
  const file = createRequire(import.meta.url).resolve('quickjs-wasi/quickjs.wasm');
  return new WebAssembly.Module(meterLoops(readFileSync(file), 'host_interrupt'));
}

const unused = {
  host_module_normalize: () => 0,
  host_module_load: () => 0,
  /** Seconds east of UTC at a time in seconds, given as two halves. */
  host_get_timezone_offset(high: number, low: number): number {
    const offset = new Date((high * 2 ** 32 + (low >>> 0)) * 1000).getTimezoneOffset();
    return Number.isNaN(offset) ? 0 : -offset * 60;
  },
};

/** WASI preview 1 as far as QuickJS imports it: a clock, noise for its hash tables, and files that do not exist. */
function wasi(view: () => DataView): object {
  const badFile = () => 8;
  return {
    clock_time_get(_clock: number, _precision: bigint, out: number): number {
      view().setBigUint64(out, BigInt(Date.now()) * 1_000_000n, true);
      return 0;
    },
    random_get(at: number, bytes: number): number {
      const memory = view();
      for (let i = 0; i < bytes; i++) memory.setUint8(at + i, Math.floor(Math.random() * 256));
      return 0;
    },
    fd_write: badFile,
    fd_close: badFile,
    fd_fdstat_get: badFile,
    fd_seek: badFile,
  };
}
