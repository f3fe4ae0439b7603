import { certificateMistake } from './check-connection.ts';
import { embeddedMistake } from './embedded-options.ts';
import { multipartFiles, multipartMistake } from './multipart.ts';

/** Kinds of body; a request has at most one. */
export const bodies = ['json', 'form', 'body', 'bodyFile', 'multipart', 'graphql'] as const;

/** Mistakes of an `http` step that its schema cannot tell; its configuration is unrendered. */
export function checkHttp(config: Readonly<Record<string, unknown>>, complete: boolean): string | null {
  const given = bodies.filter((key) => config[key] !== undefined);
  if (given.length > 1) return `a request has one body, found ${given.join(' and ')}: keep one of them`;
  const mistake =
    multipartMistake(config['multipart']) ??
    embeddedMistake(config['embedded']) ??
    certificateMistake(config);
  if (mistake !== null) return mistake;
  const { url, baseUrl, path } = config;
  if (url !== undefined || baseUrl !== undefined || !complete) return null;
  if (typeof path === 'string' && (/^https?:\/\//i.test(path) || path.startsWith('${'))) return null;
  return 'nothing says which server to ask: set baseUrl (in defaults.http, for example) or url';
}

/** Files of the plan's folder that a request sends; its configuration is unrendered. */
export function filesOfHttp({ bodyFile, multipart }: Readonly<Record<string, unknown>>): string[] {
  return [...(typeof bodyFile === 'string' ? [bodyFile] : []), ...multipartFiles(multipart)];
}
