import { duration } from './assertions/duration.ts';
import { status } from './assertions/status.ts';
import { choose } from './controllers/choose.ts';
import { flow } from './controllers/flow.ts';
import { ifController } from './controllers/if.ts';
import { loop } from './controllers/loop.ts';
import { pause } from './controllers/pause.ts';
import { transaction } from './controllers/transaction.ts';
import { csv } from './data/csv.ts';
import { json } from './data/json.ts';
import type { Assertion, Controller, DataSource, Extractor, Processor, Timer } from './element.ts';
import { jsonPath } from './extractors/json-path.ts';

/** Every controller, by kind. */
export const controllers: ReadonlyMap<string, Controller> = byKind<Controller>([
  choose,
  flow,
  ifController,
  loop,
  pause,
  transaction,
]);

/** Every extractor, by kind. The first is what a bare text in `extract:` means. */
export const extractors: ReadonlyMap<string, Extractor> = byKind<Extractor>([jsonPath]);

/** Every assertion, by kind. */
export const assertions: ReadonlyMap<string, Assertion> = byKind<Assertion>([duration, status]);

/** Every timer, by kind. */
export const timers: ReadonlyMap<string, Timer> = byKind<Timer>([]);

/** What may stand under `before` and `after`, by kind. */
export const processors: ReadonlyMap<string, Processor> = byKind<Processor>([]);

/** Every source of data, by kind. */
export const dataSources: ReadonlyMap<string, DataSource> = byKind<DataSource>([csv, json]);

function byKind<T extends { readonly kind: string }>(elements: readonly T[]): ReadonlyMap<string, T> {
  return new Map(elements.map((element) => [element.kind, element]));
}
