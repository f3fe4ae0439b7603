import { describe, expect, it } from 'vitest';
import { hostLimits } from './host-call.ts';
import { quickjsEngine } from './quickjs-engine.ts';
import { ScriptError, type ScriptErrorCode } from './script-error.ts';
import { answer, TestScope } from './test-support/scope.ts';

/**
 * Scripts that try to leave the sandbox, to hang it or to use it up. Each must end in bounded time, with the
 * host unharmed and the engine of use to the next user.
 */
const mebibyte = 1_048_576;
const limits = { memoryBytes: 32 * mebibyte, timeMs: 150, stackBytes: 256 * 1024 };
/** Over the limit: the grace, a new realm, and a machine with other work. */
const boundMs = 3000;
const engine = quickjsEngine(limits);

interface End {
  readonly value?: unknown;
  readonly code?: ScriptErrorCode;
}

function end(source: string, scope = new TestScope()): End {
  const before = performance.now();
  const result = attempt(source, scope);
  expect(performance.now() - before).toBeLessThan(boundMs);
  expect(engine.compile('return 6 * 7', 'next').run(new TestScope())).toBe(42);
  return result;
}

function attempt(source: string, scope: TestScope): End {
  try {
    return { value: engine.compile(source, 'attack').run(scope) };
  } catch (error) {
    if (error instanceof ScriptError) return { code: error.code };
    throw error;
  }
}

describe('a hostile script does not get out', () => {
  it.each([
    'return this.constructor.constructor("return process")().pid',
    'return (() => {}).constructor("return process")().pid',
    'return vars.get.constructor("return process")().pid',
    'return Function("return process")().pid',
    '(0, eval)("process.exit(1)")',
    'return new Error().constructor.constructor("return require(\'fs\')")()',
    'return process.env',
    'return require("fs")',
    'return fetch("http://127.0.0.1/")',
    'setTimeout(() => { throw 1 }, 0)',
    'return WebAssembly',
    'return (async function () {}).constructor("return process")',
    'return import("node:fs")',
    'return std.exit(1)',
    'return globalThis.console.log("x")',
  ])('by %s', (source) => {
    const { value, code } = end(source);
    expect(code ?? value).toSatisfy((found: unknown) => found === 'script.error' || found === undefined);
  });

  it('and finds nothing but the language among the globals', () => {
    const names = end('return Object.getOwnPropertyNames(globalThis)').value;
    for (const name of [
      'process',
      'require',
      'fetch',
      'setTimeout',
      'queueMicrotask',
      'console',
      'WeakRef',
      'performance',
    ]) {
      expect(names).not.toContain(name);
    }
  });
});

describe('a hostile script is ended when its time is over', () => {
  it.each<[string, string]>([
    ['a loop', 'for (;;);'],
    ['a loop that catches all', 'for (;;) { try { for (;;); } catch {} finally { continue } }'],
    ['a regular expression', 'return /^(a+)+$/.test("a".repeat(40) + "b")'],
    ['promises', 'const again = () => Promise.resolve().then(again); again()'],
    [
      'promises that catch all',
      'const f = () => Promise.resolve().then(() => { for (;;); }).catch(f).finally(f); f()',
    ],
    ['an async function', '(async () => { for (;;) await null; })()'],
    ['a search in a text', 'return "a".repeat(8e6).includes("a".repeat(4e6) + "b")'],
    ['a search from the end', 'return "a".repeat(8e6).lastIndexOf("a".repeat(4e6) + "b")'],
    ['a walk over holes', 'return new Array(2 ** 32 - 1).reverse()'],
    ['a walk over nothing', 'return [].indexOf.call({ length: 2 ** 53 - 1 }, 1)'],
    ['a set of holes', 'return new Set(new Array(4e9)).size'],
    ['a long number as a text', 'return (2n ** 1000000n - 1n).toString().length'],
    ['moving memory', 'const a = new Array(1.5e6).fill(0); for (;;) { a.shift(); a.unshift(0); }'],
    ['sorting', 'new Uint32Array(2e6).sort((a, b) => 1)'],
    ['iterators', 'Iterator.from({ next: () => ({ done: false }) }).drop(1e15).next()'],
    ['getters of the result', 'return { get a() { for (;;); } }'],
    ['toJSON of the result', 'return { toJSON() { for (;;); } }'],
    ['a thrown thing that loops when it is looked at', 'throw { get message() { for (;;); } }'],
    ['writing to variables', 'for (;;) try { vars.set("a", "b") } catch {}'],
    ['logging', 'for (;;) log.info("x")'],
  ])('%s', (_, source) => {
    expect(end(source)).toEqual({ code: 'script.timeout' });
  });

  it('and the message says which script, and its line', () => {
    // Time enough to come to the second line on a machine with other work.
    const slower = quickjsEngine({ ...limits, timeMs: 1000 });
    expect(() =>
      slower.compile('let n = 0;\nfor (;;) (() => n++)();', 'plans/a.yaml:1:2').run(new TestScope()),
    ).toThrow('plans/a.yaml:1:2, line 2 of the script: it took longer than 1000 ms and was ended');
    slower.close();
  });

  it('also while it is compiled', () => {
    const nested = `${'(['.repeat(20_000)}1${'])'.repeat(20_000)}`;
    expect(['script.syntax', 'script.timeout', 'script.memory']).toContain(end(`return ${nested}`).code);
  });
});

describe('a hostile script is ended when it wants too much memory', () => {
  const patient = { ...limits, timeMs: 2000 };
  it.each<[string, string]>([
    ['growing an array', 'const a = []; for (;;) a.push("x".repeat(1000) + a.length)'],
    ['filling an array', 'return new Array(1e8).fill(0).length'],
    ['growing a Map', 'const m = new Map(); for (let i = 0; ; i++) m.set(i, [i])'],
    ['a JSON bomb', 'return JSON.parse("[" + "[],".repeat(4e6) + "[]]").length'],
    ['a doubling text', 'let s = "x"; for (;;) s = (s + s).split("").join("y")'],
    ['a buffer', 'const all = []; for (;;) all.push(new Uint8Array(1e6))'],
    ['closures', 'let f = () => 1; for (;;) { const g = f; f = () => g; }'],
  ])('%s', (_, source) => {
    const small = quickjsEngine(patient);
    const before = process.memoryUsage().rss;
    expect(() => small.compile(source, 'attack').run(new TestScope())).toThrow(
      expect.objectContaining({
        code: expect.stringMatching(/^script\.(memory|timeout)$/) as string,
      }) as Error,
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(160 * mebibyte);
    expect(small.compile('return 1', 'next').run(new TestScope())).toBe(1);
  });

  it.each([
    'let f = () => f(); f()',
    'const f = () => [1].map(f); f()',
    'let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; return o',
    'return JSON.parse("[".repeat(100000) + "]".repeat(100000))',
    'let o = []; o.toString = () => `${o}`; return `${o}`',
    'return new RegExp("(".repeat(50000) + ")".repeat(50000)).test("")',
  ])('or too deep a stack: %s', (source) => {
    expect(end(source).code).toMatch(/^script\.(error|memory|timeout)$/);
  });
});

describe('a hostile script leaves nothing behind', () => {
  it.each([
    'globalThis.leak = 1',
    'leak = 1',
    'this.leak = 1',
    'Object.prototype.leak = 1',
    'Array.prototype.leak = 1',
    'Array.prototype.push = () => 1',
    '({}).__proto__.leak = 1',
    'Object.setPrototypeOf(Object.prototype, { leak: 1 })',
    'Object.defineProperty(Function.prototype, "leak", { value: 1 })',
    'JSON.parse = () => ({ leak: 1 })',
    'Math.leak = 1',
    'vars.leak = 1',
    'vars.get.leak = 1',
    '(function* () {}).prototype.__proto__.__proto__.leak = 1',
    '(async function* () {})().__proto__.__proto__.leak = 1',
    '[][Symbol.iterator]().__proto__.leak = 1',
    '"a".matchAll(/a/g).__proto__.leak = 1',
    'Iterator.from({ next() {} }).__proto__.leak = 1',
    '[].values().map((x) => x).__proto__.leak = 1',
    'new Uint8Array(1).__proto__.__proto__.leak = 1',
    'Object.getOwnPropertyDescriptor(Map.prototype, "size").get.leak = 1',
    'Error.stackTraceLimit = 0',
    'Error.prepareStackTrace = () => "leak"',
    '(0, eval)("var leak = 1")',
  ])('by %s', (source) => {
    expect(end(source)).toEqual({ code: 'script.error' });
    expect(
      end(
        'return [typeof leak, ({}).leak, [].leak, vars.leak, vars.get.leak, Math.leak, (() => 1).leak, [1].push(2)]',
      ).value,
    ).toEqual(['undefined', null, null, null, null, null, null, 2]);
  });

  it.each([
    '(0, eval)("let leak = 1")',
    'Function("this.leak = 1")()',
    'Function("leak = 1")',
    'Promise.resolve().then(() => globalThis.leak = 1)',
  ])('nor by %s', (source) => {
    end(source);
    expect(end('return typeof leak').value).toBe('undefined');
  });

  it('nor while it is compiled', () => {
    expect(end('}); let leak = 1; (function () {')).toEqual({ code: 'script.syntax' });
    expect(end('return typeof leak').value).toBe('undefined');
  });

  it('not even memory', () => {
    const cyclic = engine.compile(
      'const a = {}; a.a = a; vars.set("x", "y".repeat(100)); return { b: [1] }',
      'a',
    );
    const throwing = engine.compile('throw new Error("x".repeat(100))', 'b');
    const run = (times: number) => {
      for (let i = 0; i < times; i++) {
        cyclic.run(new TestScope());
        expect(() => throwing.run(new TestScope())).toThrow(ScriptError);
      }
    };
    run(500);
    const before = process.memoryUsage().arrayBuffers + process.memoryUsage().external;
    run(5000);
    expect(process.memoryUsage().arrayBuffers + process.memoryUsage().external - before).toBeLessThan(
      mebibyte,
    );
  });

  it('and what promises have to say is said in its own call', () => {
    const [first, second] = [new TestScope(), new TestScope()];
    end('Promise.resolve().then(() => vars.set("late", 1)); return 1', first);
    end('return 1', second);
    expect([first.get('late'), second.get('late')]).toEqual(['1', undefined]);
  });

  it('and cannot reach the prototypes of the host by its result', () => {
    const { value } = end(
      'return JSON.parse(\'{"__proto__":{"leak":1},"a":{"__proto__":{"leak":2},"constructor":3}}\')',
    );
    expect(value).toEqual({ a: { constructor: 3 } });
    expect(Object.keys(Object.assign({}, value))).toEqual(['a']);
    expect(Object.hasOwn(Object.prototype, 'leak')).toBe(false);
  });

  it('nor by the name of a variable', () => {
    const scope = new TestScope();
    end('vars.set("__proto__", "x"); vars.set("constructor", "y")', scope);
    expect(scope.get('__proto__')).toBe('x');
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });
});

describe('a hostile script writes no more than it may', () => {
  it('logs up to the limit, and shortened', () => {
    const scope = new TestScope();
    end('for (let i = 0; i < 1000; i++) log.info("x".repeat(1e4))', scope);
    expect(scope.logged).toHaveLength(hostLimits.messagesPerCall);
    expect(scope.logged[0]?.[1]).toHaveLength(hostLimits.messageLength + 1);
    expect(scope.logged.at(-1)?.[1]).toBe('further messages of this call are left out');
  });

  it.each([
    'vars.set("a", "x".repeat(1048577))',
    'for (let i = 0; i < 3; i++) vars.set("a", "x".repeat(500000))',
    'vars.set("x".repeat(2e6), "")',
    'for (let i = 0; i < 20000; i++) vars.set("v" + i, "")',
    'vars.set("a", "x".repeat(9e6))',
    'return "x".repeat(9e6)',
    'log.info("x".repeat(9e6))',
  ])('%s is refused', (source) => {
    const scope = new TestScope();
    const patient = quickjsEngine();
    expect(() => patient.compile(source, 'attack').run(scope)).toThrow(/^attack.*: RangeError: /);
    expect([...scope.variables.values()].reduce((sum, value) => sum + value.length, 0)).toBeLessThanOrEqual(
      mebibyte,
    );
  });

  it('is refused a body that is too long for its memory', () => {
    const scope = new TestScope();
    scope.prev = answer('x'.repeat(20 * mebibyte));
    expect(end('return prev.text().length', scope)).toEqual({ code: 'script.error' });
    expect(end('try { prev.text() } catch (error) { return error.name }', scope)).toEqual({
      value: 'RangeError',
    });
  });
});
