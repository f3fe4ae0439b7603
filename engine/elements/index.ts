import { contains } from './assertions/contains.ts';
import { duration } from './assertions/duration.ts';
import { equals } from './assertions/equals.ts';
import { hash } from './assertions/hash.ts';
import { header as headerAssertion } from './assertions/header.ts';
import { jmesPath as jmesPathAssertion } from './assertions/jmes-path.ts';
import { jsonPath as jsonPathAssertion } from './assertions/json-path.ts';
import { matches } from './assertions/matches.ts';
import { notContains } from './assertions/not-contains.ts';
import { scriptAssertion } from './assertions/script.ts';
import { size } from './assertions/size.ts';
import { status } from './assertions/status.ts';
import { xml } from './assertions/xml.ts';
import { xpath as xpathAssertion } from './assertions/xpath.ts';
import { cleanUp } from './beside/clean-up.ts';
import { exportController } from './beside/export.ts';
import { on } from './beside/on.ts';
import { sometimes } from './beside/sometimes.ts';
import { when } from './beside/when.ts';
import { action } from './controllers/action.ts';
import { choose } from './controllers/choose.ts';
import { critical } from './controllers/critical.ts';
import { flow } from './controllers/flow.ts';
import { forEach } from './controllers/for-each.ts';
import { ifController } from './controllers/if.ts';
import { interleave } from './controllers/interleave.ts';
import { loop } from './controllers/loop.ts';
import { matrix } from './controllers/matrix.ts';
import { once } from './controllers/once.ts';
import { parallel } from './controllers/parallel.ts';
import { pause } from './controllers/pause.ts';
import { poll } from './controllers/poll.ts';
import { randomOrder } from './controllers/random-order.ts';
import { random } from './controllers/random.ts';
import { runtime } from './controllers/runtime.ts';
import { simple } from './controllers/simple.ts';
import { switchController } from './controllers/switch.ts';
import { throughput } from './controllers/throughput.ts';
import { transaction } from './controllers/transaction.ts';
import { csv } from './data/csv.ts';
import { generate } from './data/generate.ts';
import { json } from './data/json.ts';
import { whileController } from './controllers/while.ts';
import { counter } from './data/counter.ts';
import { randomVariable } from './data/random-variable.ts';
import { userParametersData } from './data/user-parameters.ts';
import type { Assertion, Controller, DataSource, Extractor, Processor, Timer } from './element.ts';
import { boundary } from './extractors/boundary.ts';
import { css } from './extractors/css.ts';
import { header } from './extractors/header.ts';
import { jmesPath } from './extractors/jmes-path.ts';
import { jsonPath } from './extractors/json-path.ts';
import { regex } from './extractors/regex.ts';
import { xpath } from './extractors/xpath.ts';
import { processorStep } from './processor-step.ts';
import { change } from './processors/change.ts';
import { draw } from './processors/draw.ts';
import { log } from './processors/log.ts';
import { record } from './processors/record.ts';
import { poolProcessor } from './processors/pool.ts';
import { scriptProcessor } from './processors/script.ts';
import { setProcessor } from './processors/set.ts';
import { unset } from './processors/unset.ts';
import { userParameters } from './processors/user-parameters.ts';
import { constantTimer } from './timers/constant.ts';
import { gaussian } from './timers/gaussian.ts';
import { poisson } from './timers/poisson.ts';
import { precise } from './timers/precise.ts';
import { synchronize } from './timers/synchronize.ts';
import { throughputTimer } from './timers/throughput.ts';
import { uniform } from './timers/uniform.ts';

/** What may stand under `before` and `after`, and as a step of its own, by kind. */
export const processors: ReadonlyMap<string, Processor> = byKind<Processor>([
  setProcessor,
  scriptProcessor,
  unset,
  userParameters,
  log,
  record,
  poolProcessor,
  draw,
  change,
]);

/** Every controller, by kind; processors as steps among them. */
export const controllers: ReadonlyMap<string, Controller> = byKind<Controller>([
  action,
  choose,
  critical,
  flow,
  forEach,
  ifController,
  interleave,
  loop,
  matrix,
  once,
  parallel,
  pause,
  poll,
  random,
  randomOrder,
  runtime,
  simple,
  switchController,
  throughput,
  transaction,
  whileController,
  ...[...processors.values()].map(processorStep),
]);

/** Controllers that no plan names: what `compile` makes of keys beside a step. */
export const besideControllers: ReadonlyMap<string, Controller> = byKind<Controller>([
  sometimes,
  when,
  on,
  cleanUp,
  exportController,
]);

/** Every extractor, by kind. The first is what a bare text in `extract:` means. */
export const extractors: ReadonlyMap<string, Extractor> = byKind<Extractor>([
  jsonPath,
  jmesPath,
  regex,
  boundary,
  header,
  css,
  xpath,
]);

/** Every assertion, by kind. */
export const assertions: ReadonlyMap<string, Assertion> = byKind<Assertion>([
  status,
  duration,
  contains,
  notContains,
  matches,
  equals,
  jsonPathAssertion,
  jmesPathAssertion,
  size,
  xpathAssertion,
  xml,
  headerAssertion,
  hash,
  scriptAssertion,
]);

/** Every timer, by kind. */
export const timers: ReadonlyMap<string, Timer> = byKind<Timer>([
  constantTimer,
  uniform,
  gaussian,
  poisson,
  throughputTimer,
  precise,
  synchronize,
]);

/** Every source of data, by kind. */
export const dataSources: ReadonlyMap<string, DataSource> = byKind<DataSource>([
  csv,
  json,
  generate,
  counter,
  randomVariable,
  userParametersData,
]);

function byKind<T extends { readonly kind: string }>(elements: readonly T[]): ReadonlyMap<string, T> {
  return new Map(elements.map((element) => [element.kind, element]));
}
