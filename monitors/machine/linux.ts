import { readdir, readFile } from 'node:fs/promises';
import { UserError, messageOf } from '../../engine/model/errors.ts';
import type { MonitorEnvironment, OpenMonitor, Reading } from '../../engine/model/monitor.ts';
import { parseCpuTimes } from '../proc/cpu-times.ts';
import { KeptFile } from '../proc/kept-file.ts';
import { parseMemory } from '../proc/memory.ts';
import { interfaceNames, parseDisks, parseInterfaces } from '../proc/transfer.ts';
import { Rates } from '../rates.ts';

/** What of the machine counts; without it all. */
export interface Counted {
  readonly disks?: readonly string[];
  readonly interfaces?: readonly string[];
}

type Numbers = Readonly<Record<string, number>>;

/** One file of `/proc`, and what its text says: values as they are, and sums that become rates. */
interface Source {
  readonly what: string;
  readonly path: string;
  readonly isList?: boolean;
  readonly values?: (text: string) => Numbers;
  readonly sums?: (text: string) => Numbers;
}

interface OpenSource extends Source {
  readonly file: KeptFile;
}

/** Disks that are made of others, of memory or of files: their bytes would count twice, or are none of a disk's. */
const notWholeDisks = /^(loop|ram|zram|dm-|md|sr|fd)/;

/** The machine, by `/proc`. A file that is missing is told, and its metrics have no values. */
export async function openLinux(config: Counted, environment: MonitorEnvironment): Promise<OpenMonitor> {
  const opened = await Promise.all((await sources(config)).map(openSource));
  const files = opened.filter((one) => typeof one !== 'string');
  const rates = new Rates();
  return {
    limits: opened.filter((one) => typeof one === 'string'),
    async read() {
      const texts = await Promise.all(
        files.map(({ file, isList }) => (isList ? file.readAll() : file.read())),
      );
      const values = together(files.map(({ values: read }, i) => read?.(texts[i] ?? '') ?? {}));
      const sums = together(files.map(({ sums: read }, i) => read?.(texts[i] ?? '') ?? {}));
      return reading(values, rates.perSecond(environment.nowEpochMs(), sums));
    },
    async close() {
      await Promise.all(files.map(({ file }) => file.close()));
    },
  };
}

function together(parts: readonly Numbers[]): Numbers {
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
}

function reading(values: Numbers, perSecond: Numbers): Reading {
  const { busyTicks, totalTicks, ...rates } = perSecond;
  const isKnown = busyTicks !== undefined && totalTicks !== undefined && totalTicks > 0;
  return { ...values, ...rates, ...(isKnown ? { machine_cpu: busyTicks / totalTicks } : {}) };
}

async function sources(config: Counted): Promise<Source[]> {
  const disks = await chosen('disk', config.disks, wholeDisks);
  const interfaces = await chosen('network interface', config.interfaces, networks);
  return [
    { what: 'processors', path: '/proc/stat', sums: (text) => ({ ...parseCpuTimes(text) }) },
    {
      what: 'load',
      path: '/proc/loadavg',
      values: (text) => ({ machine_load: Number.parseFloat(text) }),
    },
    {
      what: 'memory',
      path: '/proc/meminfo',
      values: (text) => {
        const memory = parseMemory(text);
        if (!memory) return {};
        const { usedBytes, totalBytes } = memory;
        return { machine_memory: usedBytes, machine_memory_ratio: usedBytes / totalBytes };
      },
    },
    {
      what: 'disks',
      path: '/proc/diskstats',
      isList: true,
      sums: (text) => {
        const { inBytes, outBytes } = parseDisks(text, disks);
        return { machine_disk_read: inBytes, machine_disk_write: outBytes };
      },
    },
    {
      what: 'network',
      path: '/proc/net/dev',
      isList: true,
      sums: (text) => {
        const { inBytes, outBytes } = parseInterfaces(text, interfaces);
        return { machine_network_received: inBytes, machine_network_sent: outBytes };
      },
    },
  ];
}

/** The names that the plan gives, which must exist, or the usual ones. */
async function chosen(
  what: string,
  wanted: readonly string[] | undefined,
  known: () => Promise<{ readonly all: readonly string[]; readonly usual: readonly string[] }>,
): Promise<ReadonlySet<string>> {
  const { all, usual } = await known();
  const missing = (wanted ?? []).filter((name) => !all.includes(name));
  if (missing.length > 0) {
    throw new UserError(
      missing.map((name) => ({ message: `there is no ${what} "${name}". Known: ${all.join(', ')}.` })),
    );
  }
  return new Set(wanted ?? usual);
}

async function wholeDisks() {
  const all = await readdir('/sys/block').catch((): string[] => []);
  return { all, usual: all.filter((name) => !notWholeDisks.test(name)) };
}

async function networks() {
  const all = interfaceNames(await readFile('/proc/net/dev', 'latin1').catch(() => ''));
  return { all, usual: all.filter((name) => name !== 'lo') };
}

/** The file, or why it cannot be read. */
async function openSource(source: Source): Promise<OpenSource | string> {
  try {
    return { ...source, file: await KeptFile.open(source.path) };
  } catch (error) {
    return `${source.what} cannot be measured: ${messageOf(error)}`;
  }
}
