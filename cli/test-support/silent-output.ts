import type { Output } from '../output.ts';

/** An output that says nothing. */
export function silentOutput(): Output {
  const silence = () => undefined;
  return {
    say: silence,
    show: silence,
    warn: silence,
    give: silence,
    bound: silence,
    unread: () => ({ longestMs: 0, leftOut: 0 }),
    finish: () => Promise.resolve(true),
    lost: () => null,
    quiet: false,
    json: null,
    colours: false,
    columns: Infinity,
  };
}
