import type { Position } from '../model/errors.ts';
import type { FlowParameter, PlanFlow } from '../model/plan.ts';
import type { Source } from './read-sources.ts';
import { scalarText } from './read-settings.ts';
import { readSteps } from './read-steps.ts';
import type { Reading } from './reading.ts';
import { isMapping, mappingOrEmpty, quote, type Mapping } from './shapes.ts';

/** The flows of all files. One that is defined twice is a problem, as neither file knows of the other. */
export function readFlows(reading: Reading, sources: readonly Source[]): Map<string, PlanFlow> {
  const { positions, problems } = reading;
  const flows = new Map<string, PlanFlow>();
  const places = new Map<string, string>();
  for (const { file, root } of sources) {
    const own = mappingOrEmpty(root['flows']);
    for (const name of Object.keys(own)) {
      const at = positions.locateKey(own, name);
      const flow = readFlow(reading, own[name]);
      const first = places.get(name);
      if (first !== undefined) problems.add(at, `the flow ${quote(name)} is already defined in ${first}.`);
      else flows.set(name, flow);
      places.set(name, first ?? `${file}:${at?.line ?? 0}`);
    }
  }
  return flows;
}

/** A list of steps, or `{ parameters, steps }`. */
function readFlow(reading: Reading, written: unknown): PlanFlow {
  if (!isMapping(written)) return { parameters: null, steps: readSteps(reading, written) };
  const { parameters, steps } = written;
  return {
    parameters: readParameters(reading, mappingOrEmpty(parameters)),
    steps: readSteps(reading, steps),
  };
}

function readParameters({ positions }: Reading, parameters: Mapping): FlowParameter[] {
  return Object.keys(parameters).flatMap((name) => {
    const options = mappingOrEmpty(parameters[name]);
    const at: Position | undefined = positions.locateKey(parameters, name);
    if (!at) return [];
    const value = Object.hasOwn(options, 'default') ? scalarText(options, 'default', positions) : undefined;
    return [{ name, default: value, at: positions.locate(options, 'default') ?? at }];
  });
}
