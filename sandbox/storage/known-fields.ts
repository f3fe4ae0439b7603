import { anything, count, flag, only } from '../known.ts';
import type { Fields } from '../known.ts';

/**
 * What requests to Cloud Storage may say. Each field is heeded, or has no effect on what a client gets; all others are
 * refused by name. https://cloud.google.com/storage/docs/json_api/v1
 */
const ofService: Fields = {
  kind: anything,
  id: anything,
  selfLink: anything,
  etag: anything,
  generation: anything,
  metageneration: anything,
  timeCreated: anything,
  updated: anything,
  projection: anything,
};

export const objectBody: Fields = {
  ...ofService,
  name: anything,
  bucket: anything,
  contentType: anything,
  contentEncoding: anything,
  contentDisposition: anything,
  contentLanguage: anything,
  cacheControl: anything,
  customTime: anything,
  storageClass: anything,
  metadata: anything,
  md5Hash: anything,
  crc32c: anything,
  temporaryHold: only('false'),
  eventBasedHold: only('false'),
  mediaLink: anything,
  size: anything,
  componentCount: anything,
  owner: anything,
  timeStorageClassUpdated: anything,
  timeFinalized: anything,
};

export const bucketBody: Fields = {
  ...ofService,
  name: anything,
  labels: anything,
  location: anything,
  locationType: anything,
  storageClass: anything,
  projectNumber: anything,
  versioning: { enabled: only('false') },
  hierarchicalNamespace: { enabled: only('false') },
  billing: { requesterPays: only('false') },
  defaultEventBasedHold: only('false'),
  rpo: only('DEFAULT'),
  // Nobody is asked who he is.
  iamConfiguration: anything,
  owner: anything,
};

export const composeBody: Fields = {
  kind: anything,
  destination: objectBody,
  sourceObjects: [
    { name: anything, generation: anything, objectPreconditions: { ifGenerationMatch: anything } },
  ],
};

const view: Fields = { projection: only('noAcl', 'full') };
const ofBucket: Fields = { ifMetagenerationMatch: anything, ifMetagenerationNotMatch: anything };
const preconditions: Fields = {
  ...ofBucket,
  ifGenerationMatch: anything,
  ifGenerationNotMatch: anything,
};
const ofSource: Fields = {
  ifSourceGenerationMatch: anything,
  ifSourceGenerationNotMatch: anything,
  ifSourceMetagenerationMatch: anything,
  ifSourceMetagenerationNotMatch: anything,
  sourceGeneration: anything,
};

export const bucketCreation: Fields = { ...view, project: anything };
export const bucketList: Fields = {
  ...view,
  project: anything,
  prefix: anything,
  maxResults: anything,
  pageToken: anything,
  softDeleted: only('false'),
};
export const bucketParameters: Fields = { ...view, ...ofBucket, softDeleted: only('false') };
export const permissionParameters: Fields = { permissions: anything };

export const objectList: Fields = {
  ...view,
  prefix: anything,
  delimiter: anything,
  startOffset: anything,
  endOffset: anything,
  includeTrailingDelimiter: flag,
  includeFoldersAsPrefixes: only('false'),
  matchGlob: anything,
  maxResults: anything,
  pageToken: anything,
  // No bucket has any but the living ones: versioning is refused.
  versions: flag,
  softDeleted: only('false'),
};
export const objectParameters: Fields = {
  ...view,
  ...preconditions,
  generation: anything,
  softDeleted: only('false'),
};
export const composeParameters: Fields = { ...view, ...preconditions };
/** A copy is done at once, whatever it is to do in one call. */
export const copyParameters: Fields = {
  ...view,
  ...preconditions,
  ...ofSource,
  maxBytesRewrittenPerCall: count,
  rewriteToken: anything,
};
export const uploadParameters: Fields = {
  ...view,
  ...preconditions,
  uploadType: only('media', 'multipart', 'resumable'),
  upload_id: anything,
  name: anything,
  contentEncoding: anything,
};
