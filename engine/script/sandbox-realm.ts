import { GuestMemory } from './guest-memory.ts';
import { guestRealm } from './guest-realm.ts';
import { fromJson } from './from-json.ts';
import { calls, Refusal, type HostAnswer, type HostCalls } from './host-call.ts';
import { instantiateQuickjs, type QuickjsExports } from './quickjs-module.ts';
import { parameters } from './script-library.ts';

export interface SandboxLimits {
  readonly memoryBytes: number;
  /** For one call. */
  readonly timeMs: number;
  readonly stackBytes: number;
}

/** What ended a call: the guest's exception, as `Name: message` and a stack. */
export class GuestError extends Error {
  readonly guestStack: string;

  constructor(reason: string, guestStack: string) {
    super(reason);
    this.guestStack = guestStack;
  }
}

/** The call was ended from outside; the realm is of no more use. */
export class Expired extends Error {}

/** Between two looks at the clock: passes through loops, and KiB copied. About 0.1 ms. */
const fuelPerLook = 10_000;

/** After its time is over a script is interrupted where its line is known; it is ended anywhere so much later. */
const graceMs = 50;

/** `Intrinsics` of quickjs-wasi: no WeakRef, whose callbacks come later; no performance; no DOMException. */
const intrinsics = 0b1_0001_1111_1111;

/**
 * One QuickJS, with the library in it and everything frozen: scripts as addresses, calls under limits.
 *
 * Texts cross as UTF-8; half a surrogate pair becomes U+FFFD. Whatever this throws besides a
 * `GuestError` and a `Refusal` leaves it in an unknown state.
 */
export class SandboxRealm {
  readonly #quickjs: QuickjsExports;
  readonly #host: HostCalls;
  readonly #limits: SandboxLimits;
  #deadlineMs = Infinity;
  #expired = false;
  #refusal = '';
  /** Reasons of promises that were rejected, which nobody has handled yet. */
  #rejections: number[] = [];
  readonly #memory: GuestMemory;
  readonly #undefined: number;
  readonly #true: number;
  readonly #false: number;
  readonly #call: number;
  readonly #describe: number;

  constructor(host: HostCalls, limits: SandboxLimits) {
    this.#host = host;
    this.#limits = limits;
    const quickjs = instantiateQuickjs({
      host_call: (_name, _nameBytes, _self, count, args) => this.#answer(count, args),
      host_interrupt: () => this.#look(),
      host_promise_rejection: (promise, reason, isHandled) =>
        this.#rejected(promise, reason, isHandled !== 0),
    });
    this.#quickjs = quickjs;
    if (quickjs.qjs_init2(intrinsics) !== 0) throw new Error('QuickJS does not start');
    quickjs.qjs_set_memory_limit(limits.memoryBytes);
    quickjs.qjs_set_max_stack_size(limits.stackBytes);
    quickjs.qjs_set_interrupt_handler(1);
    quickjs.qjs_set_promise_rejection_handler(1);
    this.#undefined = quickjs.qjs_get_undefined();
    this.#true = quickjs.qjs_get_true();
    this.#false = quickjs.qjs_get_false();
    this.#memory = new GuestMemory(quickjs);
    const library = this.#library();
    this.#call = this.#property(library, 'call');
    this.#describe = this.#property(library, 'describe');
  }

  /** Whether the time of the last call was over. */
  get expired(): boolean {
    return this.#expired;
  }

  get memoryBytes(): number {
    return this.#quickjs.memory.buffer.byteLength;
  }

  /** The address of the function. The source is known to be the body of one. */
  compile(source: string): number {
    return this.#limited(() =>
      this.#evaluate(`(function (${parameters}) { 'use strict'; ${source}\n})`, 'script'),
    );
  }

  /** Gives what JSON can hold, or undefined. */
  run(script: number, options: { readonly hasPrev: boolean; readonly wantsData: boolean }): unknown {
    return this.#limited(() => {
      const prev = options.hasPrev ? this.#true : this.#false;
      const data = options.wantsData ? this.#true : this.#false;
      const result = this.#settled(() => {
        const answer = this.#checked(this.#callBox(this.#call, script, prev, data));
        const value = this.#value(answer);
        this.#quickjs.qjs_free_value(answer);
        return value;
      });
      this.#throwRejection();
      return result;
    });
  }

  #limited<T>(action: () => T): T {
    this.#expired = false;
    for (const left of this.#rejections.splice(0)) this.#quickjs.qjs_free_value(left);
    this.#deadlineMs = performance.now() + this.#limits.timeMs;
    this.#quickjs.fuel.value = fuelPerLook;
    try {
      return action();
    } finally {
      this.#deadlineMs = Infinity;
    }
  }

  /** What the action gives, once the reactions of promises are over; also when it throws, so that none is left for the next user. */
  #settled(action: () => unknown): unknown {
    try {
      const result = action();
      this.#finishJobs();
      return result;
    } catch (error) {
      if (error instanceof GuestError || error instanceof Refusal) this.#dropJobs();
      throw error;
    }
  }

  #dropJobs(): void {
    try {
      this.#finishJobs();
    } catch (error) {
      if (!(error instanceof GuestError)) throw error;
      this.#dropJobs();
    }
  }

  #finishJobs(): void {
    const quickjs = this.#quickjs;
    while (quickjs.qjs_is_job_pending() !== 0) {
      if (quickjs.qjs_execute_pending_job() < 0) throw this.#exception();
      if (performance.now() > this.#deadlineMs) {
        this.#expired = true;
        throw new Expired('promises without end');
      }
    }
  }

  #rejected(promise: number, reason: number, isHandled: boolean): void {
    this.#quickjs.qjs_free_value(promise);
    if (!isHandled) {
      this.#rejections.push(reason);
      return;
    }
    this.#quickjs.qjs_free_value(reason);
    const handled = this.#rejections.pop();
    if (handled !== undefined) this.#quickjs.qjs_free_value(handled);
  }

  /** As Node does: a rejection that nobody handles is thrown. */
  #throwRejection(): void {
    const [first, ...others] = this.#rejections.splice(0);
    for (const other of others) this.#quickjs.qjs_free_value(other);
    if (first !== undefined) throw this.#described(first);
  }

  #look(): number {
    const spent = this.#quickjs.fuel.value <= 0;
    this.#quickjs.fuel.value = fuelPerLook;
    const lateMs = performance.now() - this.#deadlineMs;
    if (lateMs < 0) return 0;
    this.#expired = true;
    if (lateMs > graceMs) throw new Expired('too long in one operation of the language');
    return spent ? 0 : 1;
  }

  /** Questions of the library: a number, and up to two texts. What is thrown here reaches the host through QuickJS. */
  #answer(count: number, args: number): number {
    const quickjs = this.#quickjs;
    const boxes = this.#memory.words().subarray(args >>> 2, (args >>> 2) + count);
    const [call = 0, a = 0, b = 0] = boxes;
    const number = quickjs.qjs_get_float64(call);
    if (number === calls.refusal) return this.#memory.box(this.#refusal);
    try {
      const second = b === 0 ? '' : this.#memory.text(b);
      return this.#box(this.#host.answer(number, a === 0 ? '' : this.#memory.text(a), second));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#refusal = error.message;
      return quickjs.qjs_dup_value(this.#false);
    }
  }

  #box(answer: HostAnswer): number {
    if (answer === undefined) return this.#quickjs.qjs_dup_value(this.#undefined);
    if (typeof answer === 'number') return this.#quickjs.qjs_new_number(answer);
    if (answer.length <= this.#limits.memoryBytes / 4) return this.#memory.box(answer);
    throw new Refusal(`a text of ${answer.length} characters is too long for the memory of a script`);
  }

  #library(): number {
    const quickjs = this.#quickjs;
    const make = this.#evaluate(guestRealm, 'library');
    const { address, length } = this.#memory.write('host');
    const host = quickjs.qjs_new_host_function(address, length, 3);
    this.#quickjs.fuel.value = fuelPerLook;
    return this.#checked(this.#callBox(make, host));
  }

  #evaluate(source: string, file: string): number {
    const quickjs = this.#quickjs;
    const length = Buffer.byteLength(source);
    const code = this.#memory.allocated(length + 1 + file.length + 1);
    this.#memory.bytes().write(`${source}\0${file}\0`, code, 'utf8');
    const box = quickjs.qjs_eval(code, length, code + length + 1, 0);
    quickjs.wasm_free(code);
    return this.#checked(box);
  }

  #callBox(fn: number, ...args: readonly number[]): number {
    const { scratch } = this.#memory;
    const words = this.#memory.words();
    for (let i = 0; i < args.length; i++) words[(scratch >>> 2) + i] = args[i] ?? 0;
    return this.#quickjs.qjs_call(fn, this.#undefined, args.length, scratch);
  }

  #property(object: number, name: string): number {
    return this.#quickjs.qjs_get_prop_string(object, this.#memory.write(`${name}\0`).address);
  }

  #checked(box: number): number {
    if (this.#quickjs.qjs_is_exception(box) === 0) return box;
    this.#quickjs.qjs_free_value(box);
    throw this.#exception();
  }

  #exception(): GuestError {
    return this.#described(this.#quickjs.qjs_get_exception());
  }

  /** What was thrown; its box is freed. */
  #described(exception: number): GuestError {
    const described = this.#callBox(this.#describe, exception);
    const text = this.#memory.text(described);
    const end = text.indexOf('\n');
    this.#quickjs.qjs_free_value(described);
    this.#quickjs.qjs_free_value(exception);
    return end < 0
      ? new GuestError('InternalError: out of memory', '')
      : new GuestError(text.slice(0, end), text.slice(end + 1));
  }

  #value(box: number): unknown {
    const quickjs = this.#quickjs;
    if (quickjs.qjs_is_undefined(box) !== 0) return undefined;
    if (quickjs.qjs_is_bool(box) !== 0) return quickjs.qjs_get_bool(box) !== 0;
    if (quickjs.qjs_is_number(box) !== 0) return quickjs.qjs_get_float64(box);
    return fromJson(this.#memory.text(box));
  }
}
