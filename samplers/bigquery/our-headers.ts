/** The release of the official client whose requests these are; a test compares them. */
export const clientVersion = '8.3.1';

/** Those of requests that are ours in the official client’s form. */
export const ourHeaders = {
  'user-agent': `gcloud-node-bigquery/${clientVersion}`,
  'x-goog-api-client': `gl-node/${process.versions.node} gccl/${clientVersion}`,
};
