/** What a plan that runs on the sandbox knows as `${sandbox.…}`. */
export function sandboxVariables(origin: string, pid: number): Readonly<Record<string, string>> {
  return {
    'sandbox.url': origin,
    'sandbox.pid': String(pid),
    'sandbox.api': `${origin}/api`,
    'sandbox.bigquery': origin,
    'sandbox.storage': origin,
    'sandbox.project': 'sandbox-project',
    'sandbox.dataset': 'pipeline',
    'sandbox.bucket': 'pipeline-landing',
  };
}
