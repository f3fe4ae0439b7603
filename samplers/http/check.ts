import type { KnownMistake } from '../../engine/model/sampler.ts';
import { addressMistake, isMeantAsAddress, openAddressMistake, type Address } from './check-address.ts';
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
  return addressesMistake(config) ?? (complete ? serverMistake(config) : null);
}

/** Addresses as far as they are written out. */
function addressesMistake({ url, baseUrl, path }: Readonly<Record<string, unknown>>): string | null {
  return (
    openMistake('url', url) ??
    openMistake('baseUrl', baseUrl) ??
    (isAddress(path) ? openMistake('path', path) : null)
  );
}

function isAddress(path: unknown): boolean {
  return typeof path === 'string' && isMeantAsAddress(path);
}

function serverMistake({ url, baseUrl, path }: Readonly<Record<string, unknown>>): string | null {
  if (url !== undefined || baseUrl !== undefined) return null;
  // What is wrong with an address, another scheme for example, is told of it.
  if (typeof path === 'string' && (isAddress(path) || /^(?:\$\{|\{\{)/.test(path))) return null;
  return 'nothing says which server to ask: set baseUrl (in defaults.http, for example) or url';
}

/** What is wrong with an address as written: it is empty, or what comes before its template is no beginning. */
function openMistake(key: Address['key'], text: unknown): string | null {
  if (text === '') return `${key} is empty`;
  return typeof text === 'string' && text.includes('${') ? openAddressMistake({ key, text }) : null;
}

/** What is wrong with the addresses that are known before the run. One that is empty may be meant for steps that do not run. */
export function addressMistakes(known: Readonly<Record<string, unknown>>): KnownMistake[] {
  return (['url', 'baseUrl', 'path'] as const).flatMap((key) => {
    const text = known[key];
    const mistake =
      typeof text === 'string' &&
      text !== '' &&
      !/\$\{|\{\{/.test(text) &&
      (key !== 'path' || isMeantAsAddress(text))
        ? addressMistake({ key, text })
        : null;
    return mistake === null ? [] : [{ key, message: mistake }];
  });
}

/** Files of the plan's folder that a request sends; its configuration is unrendered. */
export function filesOfHttp({ bodyFile, multipart }: Readonly<Record<string, unknown>>): string[] {
  return [...(typeof bodyFile === 'string' ? [bodyFile] : []), ...multipartFiles(multipart)];
}
