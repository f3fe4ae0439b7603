import { didYouMean } from '../model/did-you-mean.ts';
import type { Reading } from './reading.ts';
import { mappingOrEmpty, nameList, quote, type Mapping } from './shapes.ts';

/** Reports values that any environment gives to properties the plan does not declare, or is chosen by. */
export function checkEnvironments(
  reading: Reading,
  plan: Mapping,
  declared: ReadonlyMap<string, unknown>,
): void {
  const undeclared = (holder: Mapping, key: string, name: string) => {
    const near = didYouMean(name.slice(0, 100), declared.keys()) || ` Known: ${nameList(declared.keys())}.`;
    const message = `the plan declares no property ${quote(name)}.${near}`;
    reading.problems.add(reading.positions.locateKey(holder, key), message);
  };
  for (const environment of Object.values(mappingOrEmpty(plan['environments'])).map(mappingOrEmpty)) {
    const properties = mappingOrEmpty(environment['properties']);
    for (const name of Object.keys(properties)) {
      if (!declared.has(name)) undeclared(properties, name, name);
    }
    const { when } = environment;
    if (typeof when === 'string' && !declared.has(when)) undeclared(environment, 'when', when);
  }
}
