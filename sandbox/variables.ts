/** What a plan that runs on the sandbox knows as `${sandbox.…}`. */
export function sandboxVariables(origin: string): Readonly<Record<string, string>> {
  return {
    'sandbox.url': origin,
    'sandbox.api': `${origin}/api`,
    'sandbox.bigquery': origin,
    'sandbox.storage': origin,
    'sandbox.project': 'sandbox-project',
    'sandbox.dataset': 'pipeline',
    'sandbox.bucket': 'pipeline-landing',
  };
}
