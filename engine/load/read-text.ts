import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { didYouMean } from '../model/did-you-mean.ts';
import { quote } from './shapes.ts';

/** Larger files are data, not plans; and parsing takes time in proportion. */
const maxBytes = 1024 * 1024;

export type Reading = { readonly text: string } | { readonly refusal: string; readonly isLarge?: true };

/** What is expected of a file, as a sentence, and what to do about a folder. */
export interface Expected {
  readonly of: string;
  readonly remedy: string;
}

const aPlan: Expected = { of: 'A plan is a YAML or JSON file, in UTF-8.', remedy: 'Name a plan' };

/** The text of a plan or fragment, or of another file, UTF-8; or why it cannot be had, as a sentence. */
export async function readText(
  path: string,
  shown: string = path,
  expected: Expected = aPlan,
): Promise<Reading> {
  if (path.includes('\0')) return { refusal: `${quote(shown)} is no file name.` };
  try {
    const { size, isFolder, isFile } = await describe(path);
    if (isFolder) return { refusal: await aboutFolder(path, shown, expected) };
    if (!isFile) return { refusal: `${quote(shown)} is not a regular file.` };
    return size > maxBytes ? tooLarge(shown) : decode(await readFile(path), shown, expected);
  } catch (error) {
    return { refusal: await aboutFailure(error, path, shown) };
  }
}

async function describe(path: string): Promise<{ size: number; isFolder: boolean; isFile: boolean }> {
  const found = await stat(path);
  return { size: found.size, isFolder: found.isDirectory(), isFile: found.isFile() };
}

function decode(bytes: Uint8Array, shown: string, expected: Expected): Reading {
  if (bytes.length > maxBytes) return tooLarge(shown);
  const text = utf8(bytes);
  if (text !== null && !text.includes('\0')) return { text };
  return { refusal: `${quote(shown)} is ${contentWords(bytes)}. ${expected.of}` };
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** What bytes that are no text begin with. */
function contentWords(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0x1f && second === 0x8b) return 'compressed (gzip)';
  if (first === 0x50 && second === 0x4b) return 'an archive (zip)';
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16) return 'text in UTF-16';
  return utf8(bytes) !== null ? 'not text' : 'not UTF-8 text';
}

const tooLarge = (shown: string): Reading => ({
  refusal: `${quote(shown)} is larger than 1 MiB. Split it with include:, or put data into data files.`,
  isLarge: true,
});

async function aboutFolder(path: string, shown: string, { remedy }: Expected): Promise<string> {
  const [first] = remedy === aPlan.remedy ? await plansIn(path) : [];
  return `${quote(shown)} is a folder. ${remedy}${first ? ` in it, such as ${quote(join(shown, first))}` : ''}.`;
}

async function aboutFailure(error: unknown, path: string, shown: string): Promise<string> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code !== 'ENOENT' && code !== 'ENOTDIR')
    return `${quote(shown)} cannot be read (${code || String(error)}).`;
  const near = await plansIn(dirname(path));
  return `there is no file ${quote(shown)}.${didYouMean(basename(path), near)}`;
}

async function plansIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /\.(ya?ml|json)$/i.test(name)).sort();
}
