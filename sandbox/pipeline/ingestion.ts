import { messageOf } from '../../engine/model/errors.ts';
import type { JsonObject } from '../json.ts';
import { isUnderWay } from '../progress.ts';
import type { Store } from '../store.ts';
import type { ObjectStore, StoredObject } from '../storage/object-store.ts';
import { firstDataset } from '../variables.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { Catalog } from './catalog.ts';
import type { Healer } from './healer.ts';
import { ingestFile, setBadRowsAside } from './ingest-file.ts';
import type { Ingested } from './ingest-file.ts';
import { landingOf } from './landing-path.ts';
import type { Landing } from './landing-path.ts';
import { reportOf } from './report.ts';
import { setFileAside } from './set-file-aside.ts';
import type { Turns } from './turns.ts';

export interface IngestionOptions {
  readonly store: Store;
  readonly objects: ObjectStore;
  readonly warehouse: Warehouse;
  readonly healer: Healer;
  readonly turns: Turns;
  readonly nowEpochMs: () => number;
}

interface Job {
  readonly object: StoredObject;
  readonly landing: Landing;
  readonly executionId: string;
  readonly key: string;
}

/**
 * Turns objects of the landing bucket into rows: each is an execution in the REST API, with its source and pipeline,
 * a validation of what was in it, and an issue if something was wrong. One is loaded at a time, by all of DuckDB's threads;
 * the others wait, as running executions.
 */
export class Ingestion {
  readonly #options: IngestionOptions;
  readonly #catalog: Catalog;
  /** Ids of quality issues by those of the healing issues. */
  readonly #qualityIssues = new Map<string, string>();
  /** Files by table, from their upload until their bad rows are healed. */
  readonly #unsettled = new Map<string, number>();
  #count = 0;
  #isClosed = false;

  constructor(options: IngestionOptions) {
    this.#options = options;
    this.#catalog = new Catalog(options.store, options.nowEpochMs);
  }

  /** Begins to ingest an object, if its name says that it is a file of rows. */
  take(object: StoredObject): void {
    const landing = landingOf(object.name);
    if (!landing || this.#isClosed) return;
    const executionId = this.#begin(object, landing);
    this.#settle(landing.table, 1);
    const job = { object, landing, executionId, key: `file_${++this.#count}` };
    void this.#options.turns.take(() => this.#perform(job));
  }

  /** Whether a file for the table is being loaded, or one of its files has bad rows that are not healed yet. */
  isAtWorkOn(table: string): boolean {
    return (this.#unsettled.get(table) ?? 0) > 0;
  }

  close(): void {
    this.#isClosed = true;
  }

  #begin(object: StoredObject, landing: Landing): string {
    const { store, nowEpochMs } = this.#options;
    const now = nowEpochMs();
    const fields = {
      ...this.#catalog.placesOf(object.bucket, landing),
      bucket: object.bucket,
      object_name: object.name,
      generation: object.generation,
      size_bytes: object.content.sizeBytes,
      format: landing.format,
      target_dataset: firstDataset,
      target_table: landing.table,
      records_total: 0,
      parameters: {},
    };
    // Nobody knows yet when it ends.
    const run = {
      startEpochMs: now,
      endEpochMs: Infinity,
      plannedMs: Infinity,
      during: 'running',
      after: 'completed',
    };
    return store.of('executions').create(fields, now, run).id;
  }

  async #perform(job: Job): Promise<void> {
    if (this.#isClosed) return;
    if (this.#isCancelled(job)) {
      this.#settle(job.landing.table, -1);
      return;
    }
    try {
      const ingested = await this.#load(job);
      this.#completed(job, ingested);
    } catch (problem) {
      this.#failed(job, messageOf(problem));
    }
  }

  async #load({ object, landing, key }: Job): Promise<Ingested> {
    const { path, sizeBytes } = object.content;
    if (path === null) {
      throw new Error(
        `The file has ${sizeBytes} bytes, of which the sandbox kept none: it keeps up to ${this.#options.objects.keepBytes} bytes an object.`,
      );
    }
    const target = { dataset: firstDataset, table: landing.table };
    if (sizeBytes === 0) throw new Error('The file is empty.');
    return ingestFile(this.#options.warehouse, { path, format: landing.format, target, key });
  }

  #completed(job: Job, ingested: Ingested): void {
    const { store, healer, nowEpochMs } = this.#options;
    const { execution, validation, issue } = reportOf(ingested, job.landing.table);
    this.#end(job, 'completed', execution);
    const links = this.#links(job);
    store.of('validations').create({ ...links, ...validation }, nowEpochMs());
    if (!issue) {
      this.#settle(job.landing.table, -1);
      return;
    }
    healer.take({
      fields: { ...links, ...issue, trigger: 'file' },
      sinceEpochMs: job.object.createdEpochMs,
      detected: (issueId) => this.#detected(job, issueId, issue),
      repair: (issueId) => this.#heal(job, issueId, ingested.problems),
    });
  }

  async #heal(
    { object, landing, executionId, key }: Job,
    issueId: string,
    rejected: readonly string[],
  ): Promise<void> {
    const { warehouse, turns } = this.#options;
    const target = { dataset: firstDataset, table: landing.table };
    const request = { target, key, objectName: object.name, executionId, issueId, rejected };
    await turns
      .take(() => setBadRowsAside(warehouse, request))
      .finally(() => this.#settle(landing.table, -1));
    this.#resolved(issueId);
  }

  #failed(job: Job, error: string): void {
    const { healer, objects } = this.#options;
    this.#end(job, 'failed', { error });
    this.#settle(job.landing.table, -1);
    const issue = {
      issue_type: 'pipeline_failure',
      severity: 'high',
      description: `${job.object.name} could not be ingested: ${error}`,
    };
    healer.take({
      fields: { ...this.#links(job), ...issue, trigger: 'file' },
      sinceEpochMs: job.object.createdEpochMs,
      detected: (issueId) => this.#detected(job, issueId, issue),
      repair: async (issueId) => {
        await setFileAside(objects, job.object);
        this.#resolved(issueId);
      },
    });
  }

  #detected(job: Job, issueId: string, issue: JsonObject): void {
    const { store, nowEpochMs } = this.#options;
    const now = nowEpochMs();
    const { severity = null, description = null } = issue;
    const known = { ...this.#links(job), severity, description, is_resolved: false };
    const quality = store.of('qualityIssues').create({ ...known, healing_issue_id: issueId }, now);
    this.#qualityIssues.set(issueId, quality.id);
    const execution = store.of('executions').get(job.executionId);
    if (execution) store.of('executions').change(execution, { issue_id: issueId }, now);
  }

  #settle(table: string, change: 1 | -1): void {
    this.#unsettled.set(table, (this.#unsettled.get(table) ?? 0) + change);
  }

  #resolved(issueId: string): void {
    const { store, nowEpochMs } = this.#options;
    const quality = store.of('qualityIssues').get(this.#qualityIssues.get(issueId) ?? '');
    if (quality) store.of('qualityIssues').change(quality, { is_resolved: true }, nowEpochMs());
    this.#qualityIssues.delete(issueId);
  }

  #end(job: Job, status: 'completed' | 'failed', counts: JsonObject): void {
    const { store, nowEpochMs } = this.#options;
    const execution = store.of('executions').get(job.executionId);
    if (!execution?.run || !isUnderWay(execution.run, nowEpochMs())) return;
    const now = nowEpochMs();
    const plannedMs = Math.max(1, now - execution.run.startEpochMs);
    const endEpochMs = execution.run.startEpochMs + plannedMs;
    store
      .of('executions')
      .change(execution, counts, now, { ...execution.run, plannedMs, endEpochMs, after: status });
  }

  #isCancelled({ executionId }: Job): boolean {
    const { store, nowEpochMs } = this.#options;
    const run = store.of('executions').get(executionId)?.run;
    return !run || !isUnderWay(run, nowEpochMs());
  }

  #links({ object, landing, executionId }: Job): JsonObject {
    const { pipeline_id = null } = this.#options.store.of('executions').get(executionId)?.fields ?? {};
    return {
      execution_id: executionId,
      pipeline_id,
      object_name: object.name,
      dataset: firstDataset,
      table: landing.table,
    };
  }
}
