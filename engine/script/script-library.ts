import { calls } from './host-call.ts';

/** The parameters of every script, in order. */
export const parameters = 'vars, props, prev, ctx, log, data';

/**
 * What scripts see, as JavaScript, so that both engines run the very same: an expression, a function of
 * `host(call, a, b)`. Gives `{ vars, props, prev, ctx, log, data, result, describe }`.
 *
 * JMeter's names stand beside ours: `vars.put` is `vars.set`, `prev.getResponseCode()` is `prev.code`.
 * `ctx.threadNum` counts from 0 as in JMeter, `ctx.threadNumber` from 1 as everywhere here.
 *
 * `host` gives a text, a number or undefined; `false` means a refusal, whose reason it gives when asked with 0.
 */
export const scriptLibrary = `(function (host) {
  'use strict';
  const { freeze } = Object;
  const { parse, stringify } = JSON;
  const ask = (call, a, b) => {
    const answer = host(call, a, b);
    if (answer === false) throw new RangeError(host(${calls.refusal}));
    return answer;
  };
  const text = (value) => (typeof value === 'object' && value !== null ? \`\${stringify(value)}\` : \`\${value}\`);
  const get = (name) => ask(${calls.get}, \`\${name}\`);
  const has = (name) => get(name) !== undefined;
  const set = (name, value) => void ask(${calls.set}, \`\${name}\`, text(value));
  const unset = (name) => void ask(${calls.unset}, \`\${name}\`);
  const vars = freeze({ get, has, set, put: set, unset, remove: unset });

  const property = (name) => ask(${calls.property}, \`\${name}\`);
  const setProperty = (name, value) => void ask(${calls.setProperty}, \`\${name}\`, text(value));
  const props = freeze({ get: property, has: (name) => property(name) !== undefined, set: setProperty, put: setProperty });

  const body = () => ask(${calls.text});
  const prev = freeze({
    get code() { return ask(${calls.code}); },
    get message() { return ask(${calls.message}); },
    get ok() { return ask(${calls.ok}) === 1; },
    get elapsedMs() { return ask(${calls.elapsedMs}); },
    get url() { return ask(${calls.url}); },
    get bytesReceived() { return ask(${calls.bytesReceived}); },
    text: body,
    json: () => parse(body()),
    header: (name) => ask(${calls.header}, \`\${name}\`.toLowerCase()),
    headersText: () => ask(${calls.headersText}),
    getResponseCode: () => ask(${calls.code}),
    getResponseMessage: () => ask(${calls.message}),
    getResponseDataAsString: body,
    getResponseHeaders: () => ask(${calls.headersText}),
    getUrlAsString: () => ask(${calls.url}),
    getTime: () => ask(${calls.elapsedMs}),
    getBytesAsLong: () => ask(${calls.bytesReceived}),
    isSuccessful: () => ask(${calls.ok}) === 1,
  });

  const ctx = freeze({
    get threadName() { return ask(${calls.threadName}); },
    get threadNumber() { return ask(${calls.threadNumber}); },
    get threadNum() { return ask(${calls.threadNumber}) - 1; },
    get threadGroupName() { return ask(${calls.threadGroupName}); },
    get samplerName() { return ask(${calls.samplerName}); },
    getThreadNum: () => ask(${calls.threadNumber}) - 1,
  });

  const say = (level) => (message) => void ask(${calls.log}, level, text(message));
  const log = freeze({ debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') });

  const data = () => {
    const json = ask(${calls.data});
    return json === undefined ? undefined : parse(json);
  };

  const result = (value) => {
    if (typeof value !== 'object') return value;
    if (value instanceof Promise) throw new TypeError('a script cannot wait: return a value, not a promise');
    return value;
  };

  const describe = (error) => {
    try {
      const known = typeof error === 'object' && error !== null && 'message' in error;
      const reason = known ? \`\${error.name}: \${error.message}\` : text(error);
      return \`\${reason.slice(0, 1000)}\\n\${known ? \`\${error.stack}\`.slice(0, 1000) : ''}\`;
    } catch {
      return 'the script threw something that cannot be shown\\n';
    }
  };
  return freeze({ vars, props, prev, ctx, log, data, result, describe });
})`;
