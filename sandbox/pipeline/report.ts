import type { JsonObject } from '../json.ts';
import type { Ingested } from './ingest-file.ts';

/** What the REST API tells of a file that was ingested. */
export interface Report {
  readonly execution: JsonObject;
  readonly validation: JsonObject;
  /** Nothing if all its rows are good. */
  readonly issue: JsonObject | null;
}

export function reportOf(ingested: Ingested, table: string): Report {
  const { recordsTotal, recordsLoaded, recordsRejected, badRows } = ingested;
  const records_bad = badRows + recordsRejected;
  const findings = ingested.findings.map(({ column, problem, rows }) => ({ column, problem, rows }));
  const ratio = recordsTotal > 0 ? records_bad / recordsTotal : 0;
  return {
    execution: {
      records_total: recordsTotal,
      records_loaded: recordsLoaded,
      records_rejected: recordsRejected,
      records_bad,
    },
    validation: {
      status: records_bad > 0 ? 'failed' : 'passed',
      score: Math.round((1 - ratio) * 1000) / 1000,
      records_checked: recordsTotal,
      records_failed: records_bad,
      findings,
    },
    issue:
      records_bad === 0
        ? null
        : {
            issue_type: 'data_quality',
            severity: severityOf(ratio),
            description: `${records_bad} of ${recordsTotal} rows for ${table} are bad: ${ingested.findings.map(({ column, problem, rows }) => `${rows} ${problem}${column ? ` in ${column}` : ''}`).join(', ')}`,
            records_affected: records_bad,
            findings,
            examples: ingested.problems,
          },
  };
}

function severityOf(ratio: number): string {
  if (ratio < 0.01) return 'low';
  if (ratio < 0.1) return 'medium';
  return ratio < 0.5 ? 'high' : 'critical';
}
