import { afterAll, describe, expect, it } from 'vitest';
import { quickjsEngine } from './quickjs-engine.ts';
import { ScriptError } from './script-error.ts';
import { answer, TestScope } from './test-support/scope.ts';
import { trustedEngine } from './trusted-engine.ts';

const place = 'plans/a.yaml:12:5';

describe.each([
  ['in the sandbox', quickjsEngine()],
  ['trusted', trustedEngine()],
])('a script %s', (_, engine) => {
  afterAll(() => engine.close());
  const run = (source: string, scope = new TestScope()) => engine.compile(source, place).run(scope);

  it.each<[string, unknown]>([
    ['', undefined],
    ['return 1 + 1', 2],
    ['return 0.1', 0.1],
    ['return NaN', NaN],
    ['return true', true],
    ['return null', null],
    ['return "a\\u0000b ü 🙂"', 'a\u0000b ü 🙂'],
    ['return [1, "b", { c: [null] }]', [1, 'b', { c: [null] }]],
    ['return { a: undefined, b: () => 1, c: new Date(0) }', { c: '1970-01-01T00:00:00.000Z' }],
    ['return () => 1', undefined],
    ['return 1 // the end', 1],
    ['/* a\ncomment */ return 2', 2],
    ['return this', undefined],
  ])('%j returns its value', (source, expected) => {
    expect(run(source)).toEqual(expected);
  });

  it.each<[string, unknown]>([
    ['return vars.get("name")', 'Ada'],
    ['return vars.get("other")', undefined],
    ['return vars.has("name") && !vars.has("other")', true],
    ['vars.set("n", 5); return vars.get("n")', '5'],
    ['vars.put("n", true); return vars.get("n")', 'true'],
    ['vars.put("n", { a: [1] }); return vars.get("n")', '{"a":[1]}'],
    ['vars.put("n", null); return vars.get("n")', 'null'],
    ['vars.remove("name"); return vars.get("name")', undefined],
    ['vars.unset("name"); return vars.has("name")', false],
    ['return props.get("host")', '127.0.0.1'],
    ['return props.get("toString")', undefined],
    ['return props.has("host")', true],
    ['props.set("host", 5); return props.get("host")', '5'],
    ['props.put("new", { a: 1 }); return props.get("new")', '{"a":1}'],
    ['return prev.code + prev.getResponseCode()', '201201'],
    ['return prev.message + prev.getResponseMessage()', 'CreatedCreated'],
    ['return prev.ok && prev.isSuccessful()', true],
    ['return prev.elapsedMs + prev.getTime()', 25],
    ['return prev.url === prev.getUrlAsString()', true],
    ['return prev.bytesReceived', 99],
    ['return prev.json().name', 'Zoë 🙂'],
    ['return prev.text() === prev.getResponseDataAsString()', true],
    ['return prev.header("Content-Type")', 'application/json'],
    ['return prev.header("x")', undefined],
    ['return prev.getResponseHeaders()', 'HTTP/1.1 201 Created\n'],
    ['return ctx.threadName', 'Users 1-3'],
    ['return [ctx.threadNumber, ctx.threadNum, ctx.getThreadNum()]', [3, 2, 2]],
    ['return ctx.threadGroupName + ctx.samplerName', 'UsersGET /'],
    ['return data', undefined],
  ])('%j sees the user', (source, expected) => {
    const scope = new TestScope();
    scope.set('name', 'Ada');
    expect(run(source, scope)).toEqual(expected);
  });

  it('sees no previous answer before the first', () => {
    const scope = new TestScope();
    scope.prev = null;
    expect(run('return prev', scope)).toBeNull();
  });

  it('has data as a copy of its own', () => {
    const scope = new TestScope();
    scope.data = { list: [1, 2] };
    expect(run('data.list.push(3); return data.list.length', scope)).toBe(3);
    expect(scope.data).toEqual({ list: [1, 2] });
  });

  it('asks for the body only when it wants it', () => {
    const scope = new TestScope();
    scope.prev = { ...answer(), text: () => expect.fail('asked for the body') };
    expect(run('return prev.code', scope)).toBe('201');
  });

  it('logs at four levels', () => {
    const scope = new TestScope();
    run('log.debug("a"); log.info({ b: 1 }); log.warn(3); log.error(new Error("d").message)', scope);
    expect(scope.logged).toEqual([
      ['debug', 'a'],
      ['info', '{"b":1}'],
      ['warn', '3'],
      ['error', 'd'],
    ]);
  });

  it.each<[string, number, RegExp]>([
    ['throw new TypeError("bad")', 1, /TypeError: bad/],
    ['const a = 1;\n\nnull.x', 3, /TypeError/],
    ['function f() {\n  throw new Error("deep");\n}\nf()', 2, /Error: deep/],
    ['return missing', 1, /ReferenceError.*missing/],
  ])('%j says its line', (source, line, message) => {
    const error = failure(() => run(source));
    expect(error).toMatchObject({ code: 'script.error', script: place, line });
    expect(error.message).toMatch(message);
    expect(error.message.startsWith(`${place}, line ${line} of the script: `)).toBe(true);
  });

  it.each([
    'throw 5',
    'throw null',
    'throw { toString() { throw 1 } }',
    'return 5n',
    'const a = []; a[0] = a; return a',
  ])('%j is an error as well', (source) => {
    expect(failure(() => run(source)).code).toBe('script.error');
  });

  it.each(['let x = ;', '}); (function () {', 'await 1', 'return (', '} globalThis.leak = 1; {'])(
    '%j does not compile',
    (source) => {
      expect(failure(() => engine.compile(source, place)).code).toBe('script.syntax');
    },
  );

  it.each(['return Promise.resolve(1)', 'return (async () => 1)()'])('%j cannot wait', (source) => {
    expect(failure(() => run(source)).message).toContain('a script cannot wait');
  });

  it('cannot change what it is given', () => {
    for (const name of ['vars', 'props', 'prev', 'ctx', 'log']) {
      expect(failure(() => run(`${name}.get = 1`)).code).toBe('script.error');
    }
  });

  it('is a mistake of ours when the user itself throws, and the engine goes on', () => {
    const scope = new TestScope();
    scope.get = () => {
      throw new Error('defect');
    };
    expect(() => run('vars.get("a")', scope)).toThrow('defect');
    expect(run('return 1')).toBe(1);
  });
});

describe('the sandbox', () => {
  const engine = quickjsEngine();

  it.each([
    ["Promise.reject(new TypeError('gone'))", 'TypeError: gone', 1],
    ["(async () => {\n throw new Error('lost') })()", 'Error: lost', 2],
    ['Promise.resolve(1).then(() => { null.x })', 'TypeError', 1],
    ["void Promise.all([Promise.reject(new RangeError('one')), 2])", 'RangeError: one', 1],
    ["Promise.reject('plain')", 'plain', null],
  ])('fails for a rejection that nobody handles: %s', (source, reason, line) => {
    const script = engine.compile(source, 'plan.yaml:1:1');
    for (let turn = 0; turn < 2; turn++) {
      const error = failure(() => script.run(new TestScope()));
      expect([error.code, error.line]).toEqual(['script.error', line]);
      expect(error.message).toContain(reason);
    }
    expect(engine.compile('return 1', 'plan.yaml:1:1').run(new TestScope())).toBe(1);
  });

  it('leaves no rejection to the next script when it throws itself', () => {
    const source = "Promise.resolve().then(() => { throw new Error('late') }); throw new Error('own')";
    expect(failure(() => engine.compile(source, 'plan.yaml:1:1').run(new TestScope())).message).toContain(
      'own',
    );
    expect(engine.compile('return 1', 'plan.yaml:1:1').run(new TestScope())).toBe(1);
  });

  it.each([
    "Promise.reject(new Error('x')).catch(() => 0)",
    "const p = Promise.reject(new Error('x')); Promise.resolve().then(() => p.catch(() => 0))",
    "(async () => { try { await Promise.reject(new Error('x')) } catch {} })()",
    'Promise.allSettled([Promise.reject(1)])',
  ])('goes on after one that is handled: %s', (source) => {
    const script = engine.compile(`${source}; return`, 'plan.yaml:1:1');
    for (let turn = 0; turn < 3; turn++) expect(script.run(new TestScope())).toBeUndefined();
  });
  const run = (source: string) => engine.compile(source, place).run(new TestScope());

  it('says the line of what does not parse', () => {
    expect(failure(() => run('const a = 1;\nconst b = ;'))).toMatchObject({ code: 'script.syntax', line: 2 });
  });

  it('lets scripts shadow what it froze', () => {
    expect(
      run(`
        class Own extends Error { constructor(m) { super(m); this.name = 'Own'; } }
        const error = new Own('a'); error.message = 'b';
        const object = {}; object.toString = () => 'c'; object.constructor = 1;
        return String(error) + object;
      `),
    ).toBe('Own: bc');
  });

  it("takes Math.random from the user's chance", () => {
    expect(run('return [Math.random(), Math.floor(Math.random() * 8)]')).toEqual([0.25, 2]);
  });

  it('has the wall clock and the local time zone', () => {
    expect(run('return Math.abs(Date.now() - new Date())')).toBeLessThan(1000);
    expect(run('return new Date(2026, 6, 1).getTimezoneOffset()')).toBe(
      new Date(2026, 6, 1).getTimezoneOffset(),
    );
    expect(run('return Date.now() > 1.7e12')).toBe(true);
  });

  it('throws once it is closed', () => {
    const other = quickjsEngine();
    const script = other.compile('return 1', place);
    other.close();
    expect(() => script.run(new TestScope())).toThrow('closed');
  });
});

function failure(action: () => unknown): ScriptError {
  try {
    action();
  } catch (error) {
    if (error instanceof ScriptError) return error;
    throw error;
  }
  return expect.fail('did not fail');
}
