import type { PackedSamples } from '../model/protocol.ts';
import type { DataType, Sample } from '../model/sample.ts';

const numbersPerSample = 20;
/** Of the URL among the numbers of a sample. */
const urlPlace = 17;
const kinds = ['sample', 'sub', 'transaction', 'aside', 'cut'] as const;
const dataTypes: readonly DataType[] = ['text', 'bin', ''];
const noTags: Sample['tags'] = {};

/**
 * Samples as one block of numbers and lists of texts and tags, in which what repeats stands once.
 *
 * Objects would be copied to the other thread with the names of all their properties, at several times the cost
 * (docs/performance.md). Packing and unpacking go through the properties in the same order.
 */
export function packSamples(samples: readonly Sample[]): PackedSamples {
  const numbers = new Float64Array(samples.length * numbersPerSample);
  const texts: string[] = [];
  const tags: Sample['tags'][] = [];
  const [labelAt, threadAt, codeAt, messageAt, failureAt] = [
    placeIn(texts),
    placeIn(texts),
    placeIn(texts),
    placeIn(texts),
    placeIn(texts),
  ];
  const tagsAt = placeIn(tags);
  let at = 0;
  for (const sample of samples) {
    numbers[at++] = kinds.indexOf(sample.kind);
    numbers[at++] = labelAt(sample.label);
    numbers[at++] = tagsAt(sample.tags);
    numbers[at++] = threadAt(sample.threadName);
    numbers[at++] = sample.dueEpochMs;
    numbers[at++] = sample.startEpochMs;
    numbers[at++] = sample.elapsedMs;
    numbers[at++] = sample.idleMs;
    numbers[at++] = sample.latencyMs;
    numbers[at++] = sample.connectMs;
    numbers[at++] = sample.ok ? 1 : 0;
    numbers[at++] = codeAt(sample.code);
    numbers[at++] = messageAt(sample.message);
    numbers[at++] = failureAt(sample.failure);
    numbers[at++] = dataTypes.indexOf(sample.dataType);
    numbers[at++] = sample.bytesReceived;
    numbers[at++] = sample.bytesSent;
    numbers[at++] = sample.url === null ? -1 : texts.push(sample.url) - 1; // rarely the same twice
    numbers[at++] = sample.groupThreads;
    numbers[at++] = sample.allThreads;
  }
  return { numbers, texts, tags };
}

/** The pack of a plan whose samples carry something for listeners. */
export function packCarrying(samples: readonly Sample[]): PackedSamples {
  const carried = samples.flatMap(({ variables, detail }, place) => {
    if (!variables && !detail) return [];
    return [[place, { ...(variables ? { variables } : {}), ...(detail ? { detail } : {}) }] as const];
  });
  return { ...packSamples(samples), carried };
}

/**
 * The pack without URLs and what was carried, for whoever keeps it: nearly all its texts are URLs, and texts that outlive
 * their batch are what the garbage collector pays for.
 */
export function withoutUrls({ numbers, texts, tags }: PackedSamples): PackedSamples {
  const kept = [...texts];
  for (let at = urlPlace; at < numbers.length; at += numbersPerSample) {
    const place = numbers[at] ?? -1;
    if (place >= 0) kept[place] = '';
  }
  return { numbers, texts: kept, tags };
}

/** The samples of a pack, equal to those that were packed. */
export function unpackSamples({ numbers, texts, tags, carried = [] }: PackedSamples): Sample[] {
  const samples: Sample[] = [];
  let at = 0;
  const number = () => numbers[at++] ?? 0;
  const text = () => texts[number()] ?? '';
  while (at < numbers.length) {
    samples.push({
      kind: kinds[number()] ?? 'sample',
      label: text(),
      tags: tags[number()] ?? noTags,
      threadName: text(),
      dueEpochMs: number(),
      startEpochMs: number(),
      elapsedMs: number(),
      idleMs: number(),
      latencyMs: number(),
      connectMs: number(),
      ok: number() === 1,
      code: text(),
      message: text(),
      failure: text(),
      dataType: dataTypes[number()] ?? '',
      bytesReceived: number(),
      bytesSent: number(),
      url: texts[number()] ?? null,
      groupThreads: number(),
      allThreads: number(),
    });
  }
  for (const [place, extra] of carried) {
    const sample = samples[place];
    if (sample) samples[place] = { ...sample, ...extra };
  }
  return samples;
}

/** Gives the place of a thing in the list; adds it if it is new. The same thing as last time is not looked up. */
function placeIn<T>(list: T[]): (thing: T) => number {
  const places = new Map<T, number>();
  let last: T | undefined;
  let lastPlace = 0;
  return (thing) => {
    if (thing === last) return lastPlace;
    last = thing;
    lastPlace = places.get(thing) ?? list.push(thing) - 1;
    places.set(thing, lastPlace);
    return lastPlace;
  };
}
