import { didYouMean } from '../model/did-you-mean.ts';
import type { Reading } from './reading.ts';
import { mappingOrEmpty, nameList, quote, type Mapping } from './shapes.ts';

/** Reports values that any environment gives to properties the plan does not declare. */
export function checkEnvironments(
  reading: Reading,
  plan: Mapping,
  declared: ReadonlyMap<string, unknown>,
): void {
  for (const environment of Object.values(mappingOrEmpty(plan['environments']))) {
    const properties = mappingOrEmpty(mappingOrEmpty(environment)['properties']);
    for (const name of Object.keys(properties)) {
      if (declared.has(name)) continue;
      const near = didYouMean(name.slice(0, 100), declared.keys()) || ` Known: ${nameList(declared.keys())}.`;
      const message = `the plan declares no property ${quote(name)}.${near}`;
      reading.problems.add(reading.positions.locateKey(properties, name), message);
    }
  }
}
