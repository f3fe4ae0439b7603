/** A function in a CPU profile. */
export interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  /** From 0. */
  readonly lineNumber: number;
}

/** What V8 writes as `.cpuprofile` (Chrome DevTools protocol, `Profiler.Profile`). Times are microseconds. */
export interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[];
  readonly startTime: number;
  /** Ids of the nodes that were at work. */
  readonly samples: readonly number[];
  /** The time from the sample before to this one. */
  readonly timeDeltas: readonly number[];
}

/** A stretch of time on the clock of the profiles, in microseconds. */
export interface Stretch {
  readonly fromUs: number;
  readonly toUs: number;
}

/** Microseconds spent in each function itself during a stretch of time, summed by a key of one's choice. */
export function selfTimes(
  { nodes, startTime, samples, timeDeltas }: CpuProfile,
  { fromUs, toUs }: Stretch,
  keyOf: (frame: CallFrame) => string,
): Map<string, number> {
  const keys = new Map(nodes.map(({ id, callFrame }) => [id, keyOf(callFrame)]));
  const sums = new Map<string, number>();
  let atUs = startTime;
  samples.forEach((id, index) => {
    atUs += timeDeltas[index] ?? 0;
    if (atUs < fromUs || atUs >= toUs) return;
    // A sample stands for the time until the next one.
    const key = keys.get(id) ?? '';
    sums.set(key, (sums.get(key) ?? 0) + (timeDeltas[index + 1] ?? 0));
  });
  return sums;
}

const areas: readonly (readonly [pattern: RegExp, area: string])[] = [
  [/^wasm:|node_modules\/undici\//, 'undici and its HTTP parser'],
  [/\/samplers\/http\//, 'http sampler'],
  [/\/engine\/(user|template|elements)\//, 'engine/user: template, timing, sample'],
  [/\/engine\/metrics\/|worker-metrics|heartbeat/, 'metrics'],
  [/\/listeners\//, 'JTL'],
  [/\/engine\/run\//, 'engine/run: outbox, fan-out'],
  [/internal\/(worker|per_context\/messageport)|node:worker_threads/, 'messages between threads'],
  [/^node:/, 'Node: sockets, streams, timers, promises'],
];

const natives: Readonly<Record<string, string>> = {
  '(idle)': 'idle',
  '(garbage collector)': 'garbage collector',
  '(program)': 'native code, system calls included',
  postMessage: 'messages between threads',
  receiveMessageOnPort: 'messages between threads',
};

/** The part of the engine, or of what it stands on, that a function belongs to. */
export function areaOf({ functionName, url }: CallFrame): string {
  if (url === '') return natives[functionName] ?? 'native code, system calls included';
  return areas.find(([pattern]) => pattern.test(url))?.[1] ?? 'other';
}
