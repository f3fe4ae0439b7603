import { describe, expect, it } from 'vitest';
import { areaOf, selfTimes } from './self-times.ts';

const frame = (functionName: string, url = '') => ({ functionName, url, lineNumber: 0 });

describe('selfTimes', () => {
  const profile = {
    nodes: [
      { id: 1, callFrame: frame('a') },
      { id: 2, callFrame: frame('b') },
    ],
    startTime: 1000,
    samples: [1, 2, 1, 2],
    timeDeltas: [100, 30, 5, 50],
  };
  it.each([
    ['gives each sample the time until the next one', 0, Infinity, { a: 80, b: 5 }],
    ['leaves out what was before the stretch', 1130, Infinity, { a: 50, b: 5 }],
    ['leaves out what was after it', 0, 1135, { a: 30, b: 5 }],
  ])('%s', (_title, fromUs, toUs, expected) => {
    const byName = selfTimes(profile, { fromUs, toUs }, ({ functionName }) => functionName);
    expect(Object.fromEntries([...byName].filter(([, us]) => us > 0))).toEqual(expected);
  });
});

describe('areaOf', () => {
  it.each([
    [
      'onParserComplete',
      'file:///x/node_modules/undici/lib/dispatcher/client-h1.js',
      'undici and its HTTP parser',
    ],
    ['perform', 'file:///x/dist/samplers/http/http-sampler.js', 'http sampler'],
    ['record', 'file:///x/dist/engine/run/worker-metrics.js', 'metrics'],
    ['add', 'file:///x/dist/engine/run/outbox.js', 'engine/run: outbox, fan-out'],
    ['readableAddChunk', 'node:internal/streams/readable', 'Node: sockets, streams, timers, promises'],
    ['(garbage collector)', '', 'garbage collector'],
    ['(idle)', '', 'idle'],
    ['writev', '', 'native code, system calls included'],
    ['parse', 'file:///x/node_modules/yaml/dist/index.js', 'other'],
  ])('of %s in "%s" is %s', (functionName, url, area) => {
    expect(areaOf(frame(functionName, url))).toBe(area);
  });
});
