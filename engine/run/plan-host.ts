import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  writeFileSync,
} from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import type { Host } from '../model/ports.ts';
import { boundedWork } from './bounded-work.ts';
import { insideFolder } from './inside-folder.ts';

/** The machine, and the end of what was opened of it. */
export interface PlanHost extends Host {
  /** Where a file of the folder is, all links followed. Throws an `Error` for one outside of it. */
  pathOf(path: string): string;
  close(): void;
}

/** The machine, as the functions of a plan may use it: files of the plan's folder, digests, names. */
export function planHost(folder: string, log: Host['log']): PlanHost {
  const inside = (path: string) => insideFolder(folder, path);
  const opened: number[] = [];
  return {
    pathOf: inside,
    open: (path) => {
      const file = openSync(inside(path), 'r');
      opened.push(file);
      return {
        sizeBytes: fstatSync(file).size,
        read: (into, offset) => readSync(file, into, 0, into.length, offset),
      };
    },
    close: () => {
      for (const file of opened.splice(0)) closeSync(file);
    },
    readFile: (path, encoding) => decoded(readFileSync(inside(path)), encoding),
    readBytes: (path, mostBytes) =>
      mostBytes === undefined ? readFileSync(inside(path)) : beginningOf(inside(path), mostBytes),
    writeFile: (path, text, mode) => (mode === 'append' ? appendFileSync : writeFileSync)(inside(path), text),
    environment: (name) => process.env[name],
    machineName: hostname(),
    machineIp: firstAddress(),
    digest: (algorithm, content) => createHash(ofOpenssl(algorithm)).update(content).digest('hex'),
    log,
    bounded: boundedWork(),
  };
}

/** `SHA-512/256` and `SHA3-256` are Java's names of what OpenSSL calls `sha512-256` and `sha3-256`. */
function ofOpenssl(algorithm: string): string {
  const name = algorithm.toLowerCase();
  return name.startsWith('sha3-') ? name : name.replace('-', '').replace('/', '-');
}

function beginningOf(path: string, mostBytes: number): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(Math.min(mostBytes, fstatSync(file).size));
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(file);
  }
}

function decoded(bytes: Buffer, encoding: string): string {
  return new TextDecoder(encoding || 'utf-8').decode(bytes);
}

function firstAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.1';
}
