import type { TableName } from '../warehouse/names.ts';
import type { DatasetFacts } from './dataset-facts.ts';
import { alreadyExists, invalid } from './query-error.ts';
import type { Translation } from './sql/translate.ts';

type Name = Required<TableName>;

/** `project:dataset.table`. */
export function said({ project, dataset, table }: Name): string {
  return `${project}:${dataset}.${table}`;
}

/** A view holds no rows: it cannot be written, loaded or copied. */
export function refuseView(facts: DatasetFacts, name: Name): void {
  if (facts.viewOf(name))
    throw invalid(`${said(name)} is not allowed for this operation because it is currently a VIEW.`);
}

/** What a statement changes is of the kind that it says. */
export function checkTarget(
  facts: DatasetFacts,
  { type, target, isLenient = false, sql }: Translation,
): void {
  if (!target || !facts.viewOf(target) || type.endsWith('VIEW')) return;
  if (type === 'DROP_TABLE')
    throw invalid(`Cannot drop ${said(target)} which has type VIEW. An object of type TABLE was expected.`);
  const isMade = type.startsWith('CREATE_TABLE') && !sql.startsWith('CREATE OR REPLACE');
  if (isMade && !isLenient) throw alreadyExists(`Table ${said(target)}`);
  refuseView(facts, target);
}
