import type { PackedSamples } from '../model/protocol.ts';
import {
  blankSample,
  choiceFields,
  fieldNames,
  flagFields,
  numberFields,
  textFields,
  type Choices,
  type SampleFields,
} from '../model/sample-fields.ts';
import type { Sample } from '../model/sample.ts';

type Draft = { -readonly [Name in keyof SampleFields]: SampleFields[Name] };

const [numbers, flags, texts, choices] = [
  fieldNames(numberFields),
  fieldNames(flagFields),
  fieldNames(textFields),
  fieldNames(choiceFields),
];
const numbersPerSample = numbers.length + flags.length + texts.length + choices.length + 1; // tags

/**
 * Samples as one block of numbers, field by field, and lists of texts and tags, in which what repeats stands once.
 *
 * Objects would be copied to the other thread with the names of all their properties, at several times the cost
 * (docs/performance.md). Packing and unpacking go through the fields in the same order.
 */
export function packSamples(samples: readonly Sample[]): PackedSamples {
  const block = new Float64Array(samples.length * numbersPerSample);
  const list: string[] = [];
  const tags: Sample['tags'][] = [];
  let at = 0;
  for (const name of numbers) for (const sample of samples) block[at++] = sample[name];
  for (const name of flags) for (const sample of samples) block[at++] = sample[name] ? 1 : 0;
  for (const name of texts) {
    const placeOf = placeIn(list);
    for (const sample of samples) block[at++] = placeOf(sample[name]);
  }
  for (const name of choices) {
    const words: readonly string[] = choiceFields[name];
    for (const sample of samples) block[at++] = words.indexOf(sample[name]);
  }
  const placeOf = placeIn(tags);
  for (const sample of samples) block[at++] = placeOf(sample.tags);
  return { numbers: block, texts: list, tags, urls: samples.map(({ url }) => url) };
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
  return { numbers, texts, tags, urls: [] };
}

/** The samples of a pack, equal to those that were packed. */
export function unpackSamples({ urls, carried = [], ...pack }: PackedSamples): Sample[] {
  const length = pack.numbers.length / numbersPerSample;
  const samples = Array.from({ length }, (): Draft => ({ ...blankSample }));
  fill(samples, pack);
  urls.forEach((url, place) => {
    const sample = samples[place];
    if (sample) sample.url = url;
  });
  for (const [place, extra] of carried) {
    const sample = samples[place];
    if (sample) samples[place] = { ...sample, ...extra };
  }
  return samples;
}

function fill(samples: readonly Draft[], pack: Pick<PackedSamples, 'numbers' | 'texts' | 'tags'>): void {
  let at = 0;
  const number = () => pack.numbers[at++] ?? 0;
  for (const name of numbers) for (const sample of samples) sample[name] = number();
  for (const name of flags) for (const sample of samples) sample[name] = number() === 1;
  for (const name of texts) for (const sample of samples) sample[name] = pack.texts[number()] ?? '';
  for (const name of choices) for (const sample of samples) choose(sample, name, number());
  for (const sample of samples) sample.tags = pack.tags[number()] ?? blankSample.tags;
}

function choose<Name extends keyof Choices>(sample: Pick<Choices, Name>, name: Name, place: number): void {
  sample[name] = choiceFields[name][place] ?? blankSample[name];
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
