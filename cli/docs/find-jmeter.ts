import { didYouMean } from '../../engine/model/did-you-mean.ts';
import { UserError } from '../../engine/model/errors.ts';
import { jmeterElements, type JmeterElement } from './jmeter-elements.ts';

/** Capitals, spaces and signs aside, and without the mark of a plugin: `HTTPSamplerProxy`, `jp@gc - Dummy Sampler`. */
export function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^.*\b(?:jp@gc|bzm)\s*-\s*/, '')
    .replace(/^.*\.(?=[a-z0-9]+$)/, '')
    .replaceAll(/[^a-z0-9]/g, '');
}

const byName: ReadonlyMap<string, JmeterElement> = new Map(
  jmeterElements.flatMap((element) => element.names.map((name) => [plainName(name), element])),
);

/** What stands here for an element of JMeter's. Throws a `UserError` for one without anything of the kind. */
export function findJmeter(word: string): JmeterElement | null {
  const found = byName.get(plainName(word));
  if (!found) return null;
  if (found.pages.length > 0) return found;
  throw new UserError(`JMeter's ${shownName(found, word)} has nothing of its kind here. ${found.note}`);
}

/** ` Did you mean "HTTP Header Manager"?` */
export function nearJmeter(word: string): string {
  return didYouMean(
    word.slice(0, 100),
    jmeterElements.flatMap(({ names }) => names.filter((name) => name.includes(' '))),
  );
}

/** As it was written, if that is one of its names. */
function shownName({ names }: JmeterElement, word: string): string {
  return names.find((name) => plainName(name) === plainName(word)) ?? word;
}
