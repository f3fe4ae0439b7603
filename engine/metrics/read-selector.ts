import type { Selector } from '../model/threshold.ts';
import type { Scanner } from './scanner.ts';

/** `{endpoint=issues, name="Log in"}`, or nothing. */
export function readSelector(scanner: Scanner): Selector {
  const pairs = new Map<string, string>();
  if (scanner.take(/\{/y) === null) return {};
  do {
    const start = scanner.mark();
    const key = scanner.expect(/[\w.-]+/y, '`key=value`');
    scanner.expect(/=/y, '"=" and a value');
    if (pairs.has(key)) scanner.failAt(start, `"${key}" stands twice; a sample has one value of it`);
    pairs.set(key, readValue(scanner));
  } while (scanner.take(/,/y) !== null);
  scanner.expect(/\}/y, '"," or "}" (a value with spaces needs quotes)');
  return Object.fromEntries(pairs);
}

function readValue(scanner: Scanner): string {
  const quoted = scanner.take(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/y);
  if (quoted !== null) return quoted.slice(1, -1).replace(/\\(.)/g, '$1');
  return scanner.expect(/[^\s,{}"'=]+/y, 'a value, such as issues or "Log in"');
}
