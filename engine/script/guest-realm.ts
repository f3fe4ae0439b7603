import { calls } from './host-call.ts';
import { scriptLibrary } from './script-library.ts';

/**
 * What the sandbox runs before any script: it makes the library, then freezes everything that can be
 * reached, so that no call leaves anything behind for another user's. An expression, a function of `host`;
 * gives `{ call(script, hasPrev, wantsData), describe(error) }`.
 *
 * A frozen prototype would make `error.message = …` and `object.toString = …` throw in strict code, although they
 * only shadow; for those names the prototype holds accessors that define the property on the object instead
 * (as Hardened JavaScript does: "override mistake", endojs/endo, packages/ses/src/enable-property-overrides.js).
 */
export const guestRealm = `(function (host) {
  'use strict';
  delete globalThis.queueMicrotask;
  delete Error.stackTraceLimit; // it and the next are settings of the whole engine, not of this object
  delete Error.prepareStackTrace;
  Math.random = () => host(${calls.random});
  const { vars, props, prev, ctx, log, data, result, describe } = ${scriptLibrary}(host);
  const stringify = JSON.stringify;
  const call = (script, hasPrev, wantsData) => {
    const value = result(script(vars, props, hasPrev ? prev : null, ctx, log, wantsData ? data() : undefined));
    const type = typeof value;
    return type === 'undefined' || type === 'boolean' || type === 'number' ? value : stringify(value);
  };

  const allowShadowing = (prototype, names) => {
    for (const name of names) {
      const found = Object.getOwnPropertyDescriptor(prototype, name);
      if (!found || !('value' in found)) continue;
      const { value, enumerable } = found;
      Object.defineProperty(prototype, name, {
        get: () => value,
        set(shadow) {
          if (this === prototype) throw new TypeError(name + ' is read-only');
          Object.defineProperty(this, name, { value: shadow, writable: true, enumerable: true, configurable: true });
        },
        enumerable,
        configurable: false,
      });
    }
  };
  const errors = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, AggregateError];
  allowShadowing(Object.prototype, Object.getOwnPropertyNames(Object.prototype));
  allowShadowing(Function.prototype, ['constructor', 'toString']);
  for (const { prototype } of errors) allowShadowing(prototype, ['constructor', 'name', 'message', 'toString', 'stack']);

  const pending = [
    globalThis, call, describe, host, vars, props, prev, ctx, log,
    function* () {}, async () => {}, async function* () {},
    [][Symbol.iterator](), ''[Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator](),
    'a'.matchAll(/a/g), Iterator.from({ next() {} }), [].values().map(() => 0),
    Object.getOwnPropertyDescriptor(function () { 'use strict'; return arguments; }(), 'callee')?.get,
  ];
  const seen = new Set();
  while (pending.length > 0) {
    const one = pending.pop();
    if (one === null || (typeof one !== 'object' && typeof one !== 'function') || seen.has(one)) continue;
    seen.add(one);
    Object.freeze(one);
    for (const key of [...Object.getOwnPropertyNames(one), ...Object.getOwnPropertySymbols(one)]) {
      const { value, get, set } = Object.getOwnPropertyDescriptor(one, key);
      pending.push(value, get, set);
    }
    pending.push(Object.getPrototypeOf(one));
  }
  return Object.freeze({ call, describe });
})`;
