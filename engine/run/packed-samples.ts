import type { PackedSamples } from '../model/protocol.ts';
import type { DataType, Sample } from '../model/sample.ts';

const numbersPerSample = 20;
const kinds = ['sample', 'sub', 'transaction'] as const;
const dataTypes: readonly DataType[] = ['text', 'bin', ''];
const noTags: Sample['tags'] = {};

/**
 * Samples as one block of numbers and a list of texts, each text once.
 *
 * Objects would be copied to the other thread with the names of all their properties, at several times the cost
 * (docs/performance.md). Packing and unpacking go through the properties in the same order.
 */
export function packSamples(samples: readonly Sample[]): PackedSamples {
  const texts = new Places<string>();
  const tags = new Places<Sample['tags']>();
  const numbers = new Float64Array(samples.length * numbersPerSample);
  let at = 0;
  for (const sample of samples) {
    numbers[at++] = kinds.indexOf(sample.kind);
    numbers[at++] = texts.of(sample.label);
    numbers[at++] = tags.of(sample.tags);
    numbers[at++] = texts.of(sample.threadName);
    numbers[at++] = sample.dueEpochMs;
    numbers[at++] = sample.startEpochMs;
    numbers[at++] = sample.elapsedMs;
    numbers[at++] = sample.idleMs;
    numbers[at++] = sample.latencyMs;
    numbers[at++] = sample.connectMs;
    numbers[at++] = sample.ok ? 1 : 0;
    numbers[at++] = texts.of(sample.code);
    numbers[at++] = texts.of(sample.message);
    numbers[at++] = texts.of(sample.failure);
    numbers[at++] = dataTypes.indexOf(sample.dataType);
    numbers[at++] = sample.bytesReceived;
    numbers[at++] = sample.bytesSent;
    numbers[at++] = sample.url === null ? -1 : texts.of(sample.url);
    numbers[at++] = sample.groupThreads;
    numbers[at++] = sample.allThreads;
  }
  return { numbers, texts: texts.all, tags: tags.all };
}

/** The samples of a pack, equal to those that were packed. */
export function unpackSamples({ numbers, texts, tags }: PackedSamples): Sample[] {
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
  return samples;
}

/** Things seen so far, in order, and the place of each. */
class Places<T> {
  readonly all: T[] = [];
  readonly #places = new Map<T, number>();

  of(thing: T): number {
    let place = this.#places.get(thing);
    if (place === undefined) {
      place = this.all.push(thing) - 1;
      this.#places.set(thing, place);
    }
    return place;
  }
}
