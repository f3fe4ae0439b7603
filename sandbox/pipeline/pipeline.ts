import type { Store } from '../store.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { landingBucket } from '../variables.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { BadRowIssues } from './bad-row-issues.ts';
import { Healer } from './healer.ts';
import { Ingestion } from './ingestion.ts';
import { RowWatch } from './row-watch.ts';
import { Turns } from './turns.ts';

export interface PipelineOptions {
  readonly store: Store;
  readonly objects: ObjectStore;
  readonly warehouse: Warehouse;
  readonly detectionMs: number;
  readonly healingMs: number;
  readonly nowEpochMs: () => number;
}

/** The pipeline itself: files of the landing bucket become rows; what is wrong is detected and healed. */
export function startPipeline(options: PipelineOptions): { readonly close: () => void } {
  const { objects } = options;
  objects.createBucket(landingBucket);
  const healer = new Healer(options);
  const turns = new Turns();
  const ingestion = new Ingestion({ ...options, healer, turns });
  const badRows = new BadRowIssues({ ...options, healer, turns });
  const watch = new RowWatch({
    warehouse: options.warehouse,
    turns,
    everyMs: Math.max(50, options.detectionMs / 4),
    isWatched: (table) => badRows.isWatched(table) && !ingestion.isAtWorkOn(table),
    seen: (sighting) => badRows.take(sighting),
  });
  objects.onFinalize((object) => {
    if (object.bucket === landingBucket) ingestion.take(object);
  });
  return {
    close: () => {
      watch.close();
      ingestion.close();
      healer.close();
    },
  };
}
