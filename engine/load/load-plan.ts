import type { Problem } from '../model/errors.ts';
import type { Language } from '../model/language.ts';
import type { Plan } from '../model/plan.ts';
import { checkEnvironments } from './check-environments.ts';
import { readThresholds } from './environment-thresholds.ts';
import { checkFlows } from './check-flows.ts';
import { checkGroupOrder } from './check-group-order.ts';
import { declaredProperties } from './declared-properties.ts';
import { pick } from './long-form.ts';
import type { LoadRequest } from './load-request.ts';
import { fragmentSchema, planKeysSchema } from './plan-keys.ts';
import { Positions } from './positions.ts';
import { Problems } from './problems.ts';
import { readFlows } from './read-flows.ts';
import { readGroups } from './read-groups.ts';
import { readKinds } from './read-kinds.ts';
import { readListeners } from './read-listeners.ts';
import { readMetrics } from './read-metrics.ts';
import { readPools } from './read-pools.ts';
import { withPrice } from './read-price.ts';
import { readPropertyFiles, type FileValue } from './read-property-files.ts';
import { readScope } from './read-scope.ts';
import { chooseEnvironment, environmentSwitches, readSandbox, readVariables } from './read-settings.ts';
import { readSources, type Source } from './read-sources.ts';
import { readSteps } from './read-steps.ts';
import { check, type Reading } from './reading.ts';
import { givenValue, resolveProperties } from './resolve-properties.ts';
import { listOrEmpty, mappingOrEmpty } from './shapes.ts';
import { groupSteps, groupWithout, withoutSteps } from './without-steps.ts';
import { stepWords } from './step-words.ts';

export type { LoadRequest } from './load-request.ts';

/**
 * The plan of a YAML or JSON file with what it includes: checked, in long form, properties resolved.
 *
 * Throws one UserError with all that is wrong, by file and position. Templates, variables and the meaning
 * of thresholds are for `compile`: `inspect` adds what it finds there, so that all is said at once; of a plan that is not
 * `complete`, parts that are wrong in form are left out.
 */
export async function loadPlan(
  request: LoadRequest,
  language: Language,
  inspect: (plan: Plan, complete: boolean) => readonly Problem[] | Promise<readonly Problem[]> = () => [],
): Promise<Plan> {
  const positions = new Positions();
  const problems = new Problems();
  const sources = await readSources(request.file, positions, problems);
  const fileValues = await readPropertyFiles(request.propertyFiles, problems);
  const reading: Reading = {
    language,
    stepWords: stepWords(language),
    positions,
    problems,
    defaulted: new Map(),
    missing: [],
  };
  const plan = readPlan(reading, sources, { request, fileValues });
  for (const { at, message } of await inspect(plan, problems.count === 0)) problems.add(at, message);
  problems.throwIfAny();
  return plan;
}

interface Given {
  readonly request: LoadRequest;
  readonly fileValues: ReadonlyMap<string, FileValue>;
}

function readPlan(reading: Reading, sources: readonly Source[], given: Given): Plan {
  const { positions } = reading;
  const [main, ...fragments] = sources;
  const plan = mappingOrEmpty(main?.root);
  check(reading, planKeysSchema, plan, { what: 'the plan' });
  for (const { root } of fragments) check(reading, fragmentSchema, root, { what: 'an included file' });
  const content = readContent(reading, sources);
  for (const { kind, key, at, message } of reading.missing) {
    if (!reading.defaulted.get(kind)?.has(key)) reading.problems.add(at, message);
  }
  const settings = readSettings(reading, sources, given);
  return {
    name: typeof plan['name'] === 'string' ? plan['name'] : '',
    description: typeof plan['description'] === 'string' ? plan['description'] : '',
    file: given.request.file,
    source: main?.text ?? '',
    ...settings,
    ...content,
    pools: readPools(sources, reading),
    thresholds: readThresholds(reading, plan, settings.environment),
    health: plan['health'] === 'fail' ? 'fail' : 'warn',
    listeners: readListeners(reading, plan),
    monitors: readKinds(reading, plan['monitors'], {
      what: 'monitor',
      syntaxes: reading.language.monitors,
      example: 'machine or "machine: …"',
    }),
    locate: (node, key) => positions.locate(node, key),
  };
}

type Settings = Pick<Plan, 'environment' | 'switches' | 'properties' | 'variables' | 'sandbox' | 'metrics'>;

function readSettings(
  reading: Reading,
  sources: readonly Source[],
  { request, fileValues }: Given,
): Settings {
  const { positions, problems } = reading;
  const plan = mappingOrEmpty(sources[0]?.root);
  const declared = declaredProperties(sources, positions);
  const isGiven = (name: string) => {
    const property = declared.get(name);
    return property !== undefined && Boolean(givenValue(property, { request, fileValues })?.value);
  };
  const environment = chooseEnvironment(plan, request.environment, { isGiven, problems });
  checkEnvironments(reading, plan, declared);
  const text = sources.map((source) => source.text).join('\n');
  return {
    environment: environment.name,
    switches: environmentSwitches(plan),
    properties: resolveProperties(declared, { request, fileValues, environment, text, positions, problems }),
    variables: readVariables(sources, environment, positions),
    sandbox: readSandbox(plan, environment),
    metrics: readMetrics(sources, positions, problems),
  };
}

type Content = Pick<
  Plan,
  'scope' | 'config' | 'setUp' | 'tearDown' | 'threadGroups' | 'switchedOff' | 'flows'
>;

function readContent(reading: Reading, sources: readonly Source[]): Content {
  const plan = mappingOrEmpty(sources[0]?.root);
  const written = listOrEmpty(plan['threadGroups']);
  const scope = withPrice(reading, plan, readScope(reading, plan));
  const flows = readFlows(reading, sources);
  const setUp = readSteps(reading, plan['setUp']);
  const threadGroups = readGroups(reading, written);
  if (written.length > 0 && written.every((group) => mappingOrEmpty(group)['enabled'] === false)) {
    reading.problems.add(reading.positions.locateKey(plan, 'threadGroups'), 'no thread group is enabled.');
  }
  const tearDown = readSteps(reading, plan['tearDown']);
  const steps = [...setUp, ...tearDown, ...threadGroups.flatMap(groupSteps)];
  const wrong = checkFlows(reading, steps, flows);
  checkGroupOrder(reading, threadGroups, written);
  return {
    scope,
    config: pick(reading, plan, ['threads']),
    setUp: withoutSteps(setUp, wrong),
    tearDown: withoutSteps(tearDown, wrong),
    threadGroups: threadGroups.map((group) => groupWithout(group, wrong)),
    switchedOff: written
      .map(mappingOrEmpty)
      .flatMap(({ name, enabled }) => (enabled === false && typeof name === 'string' ? [name] : [])),
    flows: new Map(
      [...flows].map(([name, flow]) => [name, { ...flow, steps: withoutSteps(flow.steps, wrong) }]),
    ),
  };
}
