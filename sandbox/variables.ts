/** The project that the sandbox stands for. */
export const sandboxProject = 'sandbox-project';
/** The dataset that is there from the start, into which files are ingested. */
export const firstDataset = 'pipeline';
/** The bucket that is there from the start, and whose files become rows. */
export const landingBucket = 'pipeline-landing';

/** What a plan that runs on the sandbox knows as `${sandbox.…}`. */
export function sandboxVariables(origin: string, pid: number): Readonly<Record<string, string>> {
  return {
    'sandbox.url': origin,
    'sandbox.pid': String(pid),
    'sandbox.api': `${origin}/api`,
    'sandbox.bigquery': origin,
    'sandbox.storage': origin,
    'sandbox.project': sandboxProject,
    'sandbox.dataset': firstDataset,
    'sandbox.bucket': landingBucket,
  };
}

/** Stand-ins for what is known once the sandbox has been started: no server has this port, and no process that number. */
export const unknownOrigin = 'http://127.0.0.1:0';
export const unknownPid = 4_194_305;
