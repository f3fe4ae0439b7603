import { dataSetMistake, type WrittenDataSet } from '../../engine/generate/written.ts';
import type { KnownMistake } from '../../engine/model/sampler.ts';
import { formatBytes } from '../../engine/model/units.ts';
import { endpointMistake } from '../google/target.ts';
import { payloads } from './payload/payload-schema.ts';
import { operations, type OperationName } from './schema.ts';

type Config = Readonly<Record<string, unknown>>;

/** Chunks of a resumable upload, but for the last, are multiples of it (Cloud Storage, "Resumable uploads"). */
const chunkUnitBytes = 256 * 1024;

/** Keys that mean something for some operations only. Defaults may stand above others, so that they are no mistake there. */
const onlyFor: Readonly<Record<string, readonly OperationName[]>> = {
  sources: ['compose'],
  range: ['download'],
  pageToken: ['list'],
};

/** Mistakes of a `gcs` step that its schema cannot tell; its configuration is unrendered. */
export function checkGcs(config: Config, complete: boolean): string | null {
  const given = operations.filter((one) => config[one] !== undefined);
  const [operation] = given;
  if (given.length > 1) return `a step does one thing, found ${given.join(' and ')}: keep one of them`;
  if (operation === undefined) {
    return complete ? `nothing says what to do: write one of ${operations.join(', ')}` : null;
  }
  const misplaced = Object.entries(onlyFor).find(
    ([key, ones]) => config[key] !== undefined && !ones.includes(operation),
  );
  if (misplaced) return `${misplaced[0]} is for ${misplaced[1].join(' and ')}, not for ${operation}`;
  if (operation === 'upload') return uploadMistake(config, complete);
  if (operation === 'compose' && config['sources'] === undefined)
    return 'compose needs sources: the objects to put together';
  if (!complete) return null;
  if (operation === 'createBucket' && isAbsent(config['project'])) return 'createBucket needs a project';
  return bucketMistake(config, operation);
}

function uploadMistake(config: Config, complete: boolean): string | null {
  const given = payloads.filter((one) => config[one] !== undefined);
  const { kind } = config;
  if (given.length > 1) return `an upload has one content, found ${given.join(' and ')}: keep one of them`;
  if (given.length === 0)
    return complete ? `nothing says what to upload: write one of ${payloads.join(', ')}` : null;
  if (given[0] === 'generate' && config['rows'] === undefined) return 'generate needs rows: how many';
  if (kind === 'media' && config['customMetadata'] !== undefined) {
    return 'a media upload carries no metadata: write kind: multipart, or leave out customMetadata';
  }
  return complete ? bucketMistake(config, 'upload') : null;
}

function bucketMistake({ bucket }: Config, operation: OperationName): string | null {
  if (operation === 'createBucket' || operation === 'deleteBucket' || bucket !== undefined) return null;
  return 'nothing says which bucket: set bucket (in defaults.gcs, for example)';
}

/** Files of the plan's folder that are uploaded. */
export function filesOfGcs({ file, upload }: Config): string[] {
  return typeof file === 'string' && upload !== undefined ? [file] : [];
}

/** What is wrong with values that are known before the run. */
export function knownMistakes(known: Config): KnownMistake[] {
  const { chunkSize, endpoint, range, kind, validation } = known;
  const mistakes: KnownMistake[] = [];
  const add = (key: string, message: string | null) => {
    if (message !== null) mistakes.push({ key, message });
  };
  add('endpoint', endpointMistake(endpoint));
  add('range', rangeMistake(range));
  if (typeof chunkSize === 'number') add('chunkSize', chunkMistake(chunkSize));
  if (kind === 'composite' && validation === 'md5') {
    add('validation', 'composed objects have no MD5: write validation: crc32c, or none');
  }
  if (isWholeDataSet(known)) add('generate', dataSetMistake(known));
  return mistakes;
}

const dataSetNames = [
  'generate',
  'rows',
  'format',
  'seed',
  'bad',
  'header',
  'compression',
  'columns',
  'badKinds',
];

/** Whether data are generated, and all that says how is known before the run. */
function isWholeDataSet(known: Config): known is Config & WrittenDataSet {
  return (
    known['generate'] !== undefined && dataSetNames.every((key) => !(key in known) || isKnown(known[key]))
  );
}

function isKnown(value: unknown): boolean {
  return typeof value === 'object' && value !== null
    ? Object.values(value).every(isKnown)
    : value !== undefined;
}

/** Why chunks cannot be of a size, as a sentence; null if they can. */
export function chunkMistake(chunkBytes: number): string | null {
  if (chunkBytes % chunkUnitBytes === 0) return null;
  const below = Math.floor(chunkBytes / chunkUnitBytes) * chunkUnitBytes;
  const near = [below, below + chunkUnitBytes].filter((bytes) => bytes > 0).map(formatBytes);
  return `chunkSize must be a multiple of 256KiB, found ${chunkBytes} bytes. The next are ${near.join(' and ')}`;
}

function rangeMistake(range: unknown): string | null {
  if (typeof range !== 'object' || range === null || !('start' in range) || !('end' in range)) return null;
  const { start, end } = range;
  if (typeof start !== 'number' || typeof end !== 'number' || start <= end) return null;
  return `range ends at byte ${end}, before it starts at ${start}`;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === '';
}
