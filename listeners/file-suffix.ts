const usual: Readonly<Record<string, string>> = {
  'text/plain': 'txt',
  'text/javascript': 'js',
  'application/javascript': 'js',
  'image/svg+xml': 'svg',
  'image/x-icon': 'ico',
  'application/octet-stream': 'bin',
  'application/x-ndjson': 'ndjson',
};

/**
 * What a file is called by its Content-Type: what people call it, else what stands behind the slash as in JMeter
 * (`ResultSaver.java`), without what would not do in a file name. `unknown` without one.
 */
export function fileSuffix(headers: readonly (readonly [name: string, value: string])[]): string {
  const value = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const type = (value.split(';')[0] ?? '').trim().toLowerCase();
  const subtype = /\/(.+)$/.exec(type)?.[1]?.replace(/^.*\+/, '') ?? '';
  return usual[type] ?? (subtype.replaceAll(/[^a-z0-9-]/g, '').slice(0, 20) || 'unknown');
}
