import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Positions } from '../../engine/load/positions.ts';
import { Problems } from '../../engine/load/problems.ts';
import { readSources } from '../../engine/load/read-sources.ts';
import { didYouMean } from '../../engine/model/did-you-mean.ts';

export interface FoundPlans {
  /** Each once, in the order of the line, those of a folder by name. */
  readonly plans: readonly string[];
  /** Files that a plan includes, and that are checked with it. */
  readonly fragments: readonly string[];
  /** Files of folders that are no plans. */
  readonly others: readonly string[];
  /** Folders without a plan. */
  readonly empty: readonly string[];
}

interface Candidate {
  readonly file: string;
  /** Where it is, links followed: the same file is checked once. */
  readonly path: string;
  readonly isNamed: boolean;
  readonly isPlan: boolean;
}

/**
 * The plans that files and folders lead to. Of a folder all that is written in YAML or JSON, folders in it too, but for
 * results and hidden folders; a plan is a file with thread groups.
 */
export async function findPlans(named: readonly string[]): Promise<FoundPlans> {
  const lists = await Promise.all(named.map(candidatesAt));
  const candidates = [
    ...new Map(
      lists
        .flat()
        .toReversed()
        .map((one) => [one.path, one]),
    ).values(),
  ].toReversed();
  const included = new Set(
    (await Promise.all(candidates.filter(({ isPlan }) => isPlan).map(includesOf))).flat(),
  );
  const isFragment = ({ path, isPlan }: Candidate) => !isPlan && included.has(path);
  const isChecked = (one: Candidate) => one.isPlan || (one.isNamed && !isFragment(one));
  const filesOf = (which: (one: Candidate) => boolean) => candidates.filter(which).map(({ file }) => file);
  return {
    plans: filesOf(isChecked),
    fragments: filesOf(isFragment),
    others: filesOf((one) => !isChecked(one) && !isFragment(one)),
    empty: named.filter((_, index) => !lists[index]?.some(({ isPlan, isNamed }) => isPlan || isNamed)),
  };
}

async function candidatesAt(named: string): Promise<Candidate[]> {
  const isFolder = await stat(named).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder)
    return [{ file: named, path: await pathOf(named), isNamed: true, isPlan: await looksLikePlan(named) }];
  const files = await filesIn(named);
  return Promise.all(
    files.map(async (file) => ({
      file,
      path: await pathOf(file),
      isNamed: false,
      isPlan: await looksLikePlan(file),
    })),
  );
}

/** By name, the files of a folder before those of the folders in it. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (entries.some(({ name }) => name === 'run.json')) return [];
  const files = entries.filter((one) => !one.isDirectory() && /\.(?:ya?ml|json)$/i.test(one.name));
  const folders = entries.filter(
    (one) => one.isDirectory() && one.name !== 'node_modules' && !one.name.startsWith('.'),
  );
  const inner = await Promise.all(folders.map(({ name }) => filesIn(join(folder, name))));
  return [...files.map(({ name }) => join(folder, name)), ...inner.flat()];
}

async function pathOf(file: string): Promise<string> {
  return realpath(file).catch(() => file);
}

/** Has thread groups, perhaps misspelled, or says that it is a plan. */
async function looksLikePlan(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => '');
  if (/^#.*\bplan\.schema\.json\b/m.test(text)) return true;
  const keys = Array.from(
    text.matchAll(/(?:^ {0,4}|[{,]\s*)["']?([A-Za-z_-]+)["']?\s*:/gm),
    ([, key = '']) => key,
  );
  return keys.some(
    (key) => key === 'threadGroups' || didYouMean(key.replaceAll(/[_-]/g, ''), ['threadGroups']) !== '',
  );
}

/** Where the files are that a plan includes: of one that cannot be read, those that its text names. */
async function includesOf({ file }: Candidate): Promise<string[]> {
  const problems = new Problems();
  const sources = await readSources(file, new Positions(), problems).catch(() => null);
  const files = sources?.slice(1).map((source) => source.file) ?? (await includesInText(file));
  return Promise.all(files.map(pathOf));
}

async function includesInText(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const [block = ''] = /^["']?include["']?\s*:.*(?:\n[ \t]*-.*)*/m.exec(text) ?? [];
  return Array.from(block.matchAll(/[^\s"'[\],]+\.(?:ya?ml|json)/gi), ([name]) => join(dirname(file), name));
}
