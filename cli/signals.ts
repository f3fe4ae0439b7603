import type { StopMode } from '../engine/model/stop-mode.ts';

/** The first interrupt is graceful, the second is not. */
const hardLimitMs = 900;

/**
 * Turns Ctrl-C, SIGTERM and SIGHUP into stops: the first lets iterations finish, the second is out within a
 * second, whatever happens (`onLimit`, then the end of the process).
 *
 * Returns what takes the handlers away again.
 */
export function onSignals(
  stop: (mode: Exclude<StopMode, 'soon'>, signal: string) => void,
  onLimit: () => never,
): () => void {
  let signals = 0;
  const handle = (signal: NodeJS.Signals) => {
    signals += 1;
    if (signals === 2) setTimeout(onLimit, hardLimitMs).unref();
    stop(signals === 1 ? 'graceful' : 'quit', signal);
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.on(name, handle);
  return () => {
    for (const name of names) process.off(name, handle);
  };
}
