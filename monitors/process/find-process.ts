import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { listeningSockets } from '../proc/listening-sockets.ts';
import { parseProcessStat, type ProcessStat } from '../proc/process-stat.ts';
import type { Wanted } from './wanted.ts';

/** The process, or why there is none. */
export type Found = { readonly pid: number } | { readonly why: string };

/** Finds the one process that is wanted among those of this machine. */
export async function findProcess({ pid, port, command }: Wanted): Promise<Found> {
  if (pid !== undefined) return (await statOf(pid)) ? { pid } : { why: `there is no process ${String(pid)}` };
  if (port !== undefined) return findByPort(port);
  return command === undefined ? { pid: process.pid } : findByCommand(command);
}

async function findByPort(port: number): Promise<Found> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((table) => readFile(`/proc/net/${table}`, 'latin1').catch(() => '')),
  );
  const sockets = new Set(tables.flatMap((text) => listeningSockets(text, port)));
  if (sockets.size === 0) return { why: `no process of this machine listens on port ${String(port)}` };
  const links = new Set([...sockets].map((inode) => `socket:[${inode}]`));
  const holders: number[] = [];
  for (const pid of await allPids()) if (await holdsAny(pid, links)) holders.push(pid);
  const [first, second] = await outermost(holders);
  if (first === undefined) {
    return {
      why: `port ${String(port)} is listened on by a process of another user or container, which cannot be looked into; run as that user, or name its pid`,
    };
  }
  return second === undefined
    ? { pid: first.pid }
    : several([first, second], `listen on port ${String(port)}`);
}

async function findByCommand(command: string): Promise<Found> {
  const matches: number[] = [];
  for (const pid of await allPids()) {
    if (pid !== process.pid && (await isCalled(pid, command))) matches.push(pid);
  }
  const found = await outermost(matches);
  const [first, second] = found;
  if (first === undefined) return { why: `no process "${command}" runs on this machine` };
  return second === undefined ? { pid: first.pid } : several(found, `are called "${command}"`);
}

function several(found: readonly ProcessStat[], what: string): Found {
  return { why: `processes ${found.map(({ pid }) => pid).join(', ')} ${what}; name one by its pid` };
}

/** Those that were not started by another of them: of a server with workers, the server. */
async function outermost(pids: readonly number[]): Promise<ProcessStat[]> {
  const stats = (await Promise.all(pids.map(statOf))).filter((one) => one !== null);
  return stats.filter(({ parentPid }) => !pids.includes(parentPid));
}

async function allPids(): Promise<number[]> {
  return (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
}

async function holdsAny(pid: number, links: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${String(pid)}/fd`;
  const files = await readdir(folder).catch((): string[] => []);
  for (const file of files) {
    const link = await readlink(`${folder}/${file}`).catch(() => '');
    if (links.has(link)) return true;
  }
  return false;
}

/** The system keeps no more of a name that a process has given itself. */
const longestName = 15;

/** By the name of the program's file, or, where a process has given itself another name, by that. */
async function isCalled(pid: number, command: string): Promise<boolean> {
  const line = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => '');
  const [program = ''] = line.split('\0');
  return basename(program) === command || (await statOf(pid))?.command === command.slice(0, longestName);
}

/** Null: there is no such process any more. */
async function statOf(pid: number): Promise<ProcessStat | null> {
  const text = await readFile(`/proc/${String(pid)}/stat`, 'latin1').catch(() => '');
  const found = parseProcessStat(text);
  return found && !found.isZombie ? found : null;
}
