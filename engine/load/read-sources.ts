import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep, win32 } from 'node:path';
import { UserError, type Position } from '../model/errors.ts';
import { foreignFile } from './foreign/files.ts';
import { parseYaml } from './parse-yaml.ts';
import type { Positions } from './positions.ts';
import type { Problems } from './problems.ts';
import { readText } from './read-text.ts';
import { describeFound, isList, isMapping, quote, type Mapping } from './shapes.ts';

/** A file of the plan, parsed but not checked. */
export interface Source {
  /** As the user named it, or as reached from there. */
  readonly file: string;
  readonly text: string;
  readonly root: Mapping;
}

/** Fragments within fragments. */
const maxIncludeDepth = 20;

/**
 * The plan and the files it includes, the plan first and otherwise in the order of precedence: a file
 * before those it includes, and of those the later before the earlier. Each file comes once.
 *
 * Included files must lie in the folder of the plan, symbolic links resolved. Throws when a file cannot
 * be read or is not YAML, as nothing that refers to it could then be checked.
 */
export async function readSources(file: string, positions: Positions, problems: Problems): Promise<Source[]> {
  const read = await readText(file);
  const foreign =
    'refusal' in read ? (read.isLarge ? foreignFile(file, '') : null) : foreignFile(file, read.text);
  if (foreign !== null) throw new UserError(`${quote(file)} ${foreign}`);
  if ('refusal' in read) throw new UserError(read.refusal);
  const path = await realpath(file);
  const trail: Trail = {
    shownFolder: dirname(file),
    folder: await realpath(dirname(file)),
    chain: [],
    seen: new Set(),
  };
  const sources = await readIncluding({ file, path, text: read.text }, trail, { positions, problems });
  problems.throwIfAny();
  return sources;
}

interface Trail {
  /** The folder of the plan, as the user named it and as it is. */
  readonly shownFolder: string;
  readonly folder: string;
  /** The files that led here, outermost first. */
  readonly chain: readonly Opened[];
  readonly seen: Set<string>;
}

interface Opened {
  readonly file: string;
  readonly path: string;
  readonly text: string;
}

interface Notes {
  readonly positions: Positions;
  readonly problems: Problems;
}

async function readIncluding(opened: Opened, trail: Trail, notes: Notes): Promise<Source[]> {
  const { file, path, text } = opened;
  trail.seen.add(path);
  const chain = [...trail.chain, opened];
  const root = parseRoot(opened, notes);
  if (!root) return [];
  const included: Source[][] = [];
  for (const { name, at } of includesOf(root, notes.positions)) {
    const next = await open(name, at, { ...trail, chain }, notes.problems);
    if (next) included.unshift(await readIncluding(next, { ...trail, chain }, notes));
  }
  return [{ file, text, root }, ...included.flat()];
}

function parseRoot({ file, text }: Opened, { positions, problems }: Notes): Mapping | null {
  const start: Position = { file, line: 1, column: 1 };
  if (text.trim() === '') {
    problems.add(start, 'the file is empty. A plan needs "name" and "threadGroups".');
    return null;
  }
  const root = parseYaml({ file, text }, positions, problems);
  if (isMapping(root)) return root;
  if (root === null) problems.add(start, 'the file holds no keys. A plan needs "name" and "threadGroups".');
  else if (root !== undefined)
    problems.add(start, `expected a mapping with the keys of a plan, found ${describeFound(root)}.`);
  return null;
}

interface Include {
  readonly name: string;
  readonly at: Position | undefined;
}

/** What is no text is reported by the schema. */
function includesOf(root: Mapping, positions: Positions): Include[] {
  const { include } = root;
  if (typeof include === 'string') return [{ name: include, at: positions.locate(root, 'include') }];
  if (!isList(include)) return [];
  return include.flatMap((name, index) =>
    typeof name === 'string' ? [{ name, at: positions.locate(include, index) }] : [],
  );
}

async function open(
  name: string,
  at: Position | undefined,
  trail: Trail,
  problems: Problems,
): Promise<Opened | null> {
  const found = await find(name, trail);
  if ('refusal' in found) {
    problems.add(at, `include: ${found.refusal}`);
    return null;
  }
  const { path, file } = found;
  if (trail.seen.has(path) && !trail.chain.some((each) => each.path === path)) return null;
  const read = await readText(path, name);
  const refusal = refuseChain(path, file, trail) ?? ('refusal' in read ? read.refusal : null);
  if (refusal !== null) problems.add(at, `include: ${refusal}`);
  return refusal !== null || 'refusal' in read ? null : { path, file, text: read.text };
}

function refuseChain(path: string, file: string, { chain }: Trail): string | null {
  const start = chain.findIndex((each) => each.path === path);
  if (start >= 0) {
    const circle = [...chain.slice(start).map((each) => each.file), file].join(' → ');
    return `a file includes itself: ${circle}.`;
  }
  return chain.length > maxIncludeDepth
    ? `files include each other more than ${maxIncludeDepth} deep.`
    : null;
}

type Found = { readonly path: string; readonly file: string } | { readonly refusal: string };

async function find(name: string, { chain, folder, shownFolder }: Trail): Promise<Found> {
  if (name === '' || name.includes('\0')) return { refusal: `${quote(name)} is no file name.` };
  if (isAbsolute(name) || win32.isAbsolute(name) || /^[a-z]:/i.test(name)) {
    return { refusal: `${quote(name)} is absolute. Paths start from the file that includes.` };
  }
  const from = dirname(chain.at(-1)?.path ?? folder);
  const asWritten = resolve(from, name);
  if (!isInside(folder, asWritten))
    return { refusal: `${quote(name)} lies outside of the folder of the plan.` };
  const path = await realpath(asWritten).catch(() => asWritten);
  if (!isInside(folder, path)) {
    return { refusal: `${quote(name)} is a link to a file outside of the folder of the plan.` };
  }
  return { path, file: join(shownFolder, relative(folder, path)) };
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
