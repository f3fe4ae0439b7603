import type { JsonObject } from '../json.ts';
import type { TableName } from '../warehouse/names.ts';
import type { DatasetFacts } from './dataset-facts.ts';
import { objectIn, textIn } from './parameters.ts';
import { invalid, notFound } from './query-error.ts';
import type { Translation } from './sql/translate.ts';

type DatasetName = Pick<Required<TableName>, 'project' | 'dataset'>;

interface Wish {
  readonly project: string;
  readonly configuration: JsonObject;
  /** The statements of a query or a script. */
  readonly translations: readonly Translation[];
}

/** Where a job runs: where it is asked to, else where its datasets are, which must be one place. */
export function locationOf(facts: DatasetFacts, asked: string | undefined, wish: Wish): string {
  const datasets = datasetsOf(wish);
  const [first] = datasets;
  const location = asked ?? (first ? facts.locationOf(first) : 'US');
  const apart = datasets.find((one) => facts.locationOf(one).toUpperCase() !== location.toUpperCase());
  if (!apart) return location;
  const { project, dataset } = apart;
  if (asked !== undefined || !first)
    throw notFound(`Dataset ${project}:${dataset} was not found in location ${location}`);
  throw invalid(
    `Cannot read and write in different locations: ${first.dataset} is in ${location}, ${dataset} in ${facts.locationOf(apart)}`,
  );
}

function datasetsOf({ project, configuration, translations }: Wish): readonly DatasetName[] {
  const named = ['query', 'load', 'copy', 'extract']
    .map((kind) => objectIn(configuration, kind))
    .flatMap((wish) => ['sourceTable', 'destinationTable'].map((field) => objectIn(wish, field)))
    .flatMap((reference) => {
      const dataset = textIn(reference, 'datasetId');
      return dataset === undefined ? [] : [{ project: textIn(reference, 'projectId') ?? project, dataset }];
    });
  const touched = translations.flatMap(({ references, target, type, dataset }) => [
    ...references,
    ...(target ? [target] : []),
    ...(dataset && type === 'DROP_SCHEMA' ? [dataset] : []),
  ]);
  return [...touched, ...named];
}
