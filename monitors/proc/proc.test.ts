import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCpuTimes } from './cpu-times.ts';
import { listeningSockets } from './listening-sockets.ts';
import { parseMemory } from './memory.ts';
import { parseProcessStat, residentBytes } from './process-stat.ts';
import { interfaceNames, parseDisks, parseInterfaces, parseProcessIo } from './transfer.ts';

const stat = `cpu  1000 20 300 5000 400 7 30 9 100 50
cpu0 500 10 150 2500 200 3 15 5 50 25
intr 12345 0 0
ctxt 999
`;

const diskstats = `   7       0 loop0 5 0 50 1 0 0 0 0 0 1 1 0 0 0 0 0 0
 254       0 vda 980597 143143 32876122 868594 133172 595397 38565576 189211 0 186220 1121560 455732 213 25429376 63730 523 23
 254       1 vda1 980000 143143 32876000 868594 133172 595397 38565000 189211 0 186220 1121560
 253       0 zram0 0 0 0 0 0 0 0 0 0 0 0
   8      16 sdb 1 0 8 0 2 0 16 0 0 0 0
`;

const dev = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 43816159654 148496309    0    0    0     0          0         0 43816159654 148496309    0    0    0     0       0          0
  eth0: 2865999569   97478    0    0    0     0          0         0 10562535   72998    0    0    0     0       0          0
wlp3s0:1000 1 0 0 0 0 0 0 2000 2 0 0 0 0 0 0
`;

const tcp = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 45321 1 000000009baf008c 100 0 0 10 0
   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 45400 1 000000009baf008c 20 4 30 10 -1
   2: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1454 1 000000009baf008c 100 0 0 10 0
`;
const tcp6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 45999 1 0000000000000000 100 0 0 10 0
`;

describe('/proc/stat', () => {
  it('gives the time that all processors were busy: neither idle nor waiting for a disk, guests once', () => {
    expect(parseCpuTimes(stat)).toEqual({ busyTicks: 1366, totalTicks: 6766 });
  });

  it.each(['', 'intr 5', 'cpu', 'cpu  1 2 3'])('of another form (%j) gives nothing', (text) => {
    expect(parseCpuTimes(text)).toBeNull();
  });
});

describe('/proc/meminfo', () => {
  it('gives what is in use, without the file cache', () => {
    const text =
      'MemTotal:       24000000 kB\nMemFree:         1000000 kB\nMemAvailable:   20000000 kB\nBuffers: 5 kB\n';
    expect(parseMemory(text)).toEqual({ usedBytes: 4_096_000_000, totalBytes: 24_576_000_000 });
  });

  it.each(['', 'MemTotal:       24000000 kB\nMemFree: 1 kB\n'])('of another form gives nothing', (text) => {
    expect(parseMemory(text)).toBeNull();
  });
});

describe('what was moved', () => {
  it.each([
    [['vda'], 32_876_122 * 512, 38_565_576 * 512],
    [['vda', 'sdb'], (32_876_122 + 8) * 512, (38_565_576 + 16) * 512],
    [[], 0, 0],
  ])('by the disks %j is counted in sectors of 512 bytes', (wanted, inBytes, outBytes) => {
    expect(parseDisks(diskstats, new Set(wanted))).toEqual({ inBytes, outBytes });
  });

  it.each([
    [['eth0'], 2_865_999_569, 10_562_535],
    [['eth0', 'wlp3s0'], 2_866_000_569, 10_564_535],
    [['lo'], 43_816_159_654, 43_816_159_654],
  ])('by the interfaces %j is counted in bytes', (wanted, inBytes, outBytes) => {
    expect(parseInterfaces(dev, new Set(wanted))).toEqual({ inBytes, outBytes });
  });

  it('knows the names of interfaces, headings left out', () => {
    expect(interfaceNames(dev)).toEqual(['lo', 'eth0', 'wlp3s0']);
  });

  it('by a process is what reached the disk, not what it asked for', () => {
    const text =
      'rchar: 6976\nwchar: 5\nsyscr: 10\nsyscw: 0\nread_bytes: 4096\nwrite_bytes: 8192\ncancelled_write_bytes: 7\n';
    expect(parseProcessIo(text)).toEqual({ inBytes: 4096, outBytes: 8192 });
    expect(parseProcessIo('rchar: 6976\n')).toBeNull();
  });
});

describe('/proc/PID/stat', () => {
  const line = (command: string, state = 'S') =>
    `4711 (${command}) ${state} 42 4711 4711 0 -1 4194304 100 200 0 0 150 50 30 20 20 0 7 0 98765 1000000 2500 18446744073709551615 1 1 0`;

  it('gives processor time, threads and the start', () => {
    expect(parseProcessStat(line('node'))).toEqual({
      pid: 4711,
      command: 'node',
      isZombie: false,
      parentPid: 42,
      ownTicks: 200,
      endedChildrenTicks: 50,
      threads: 7,
      startTicks: 98_765,
    });
  });

  it('is read rightly whatever the command is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 15 }), (command) => {
        expect(parseProcessStat(line(command))).toMatchObject({ pid: 4711, command, ownTicks: 200 });
      }),
    );
    expect(parseProcessStat(line('a) S 1 2 (b'))).toMatchObject({ command: 'a) S 1 2 (b', parentPid: 42 });
  });

  it('knows a process that has ended and was not waited for', () => {
    expect(parseProcessStat(line('sh', 'Z'))?.isZombie).toBe(true);
  });

  it.each(['', '4711 (node', '4711 (node) S 42', 'x'])('of another form (%j) gives nothing', (text) => {
    expect(parseProcessStat(text)).toBeNull();
  });
});

it.each([
  ['Name:\tnode\nVmPeak:\t  999 kB\nVmRSS:\t   51200 kB\nThreads:\t11\n', 52_428_800],
  ['Name:\tkthreadd\nThreads:\t1\n', 0],
])('resident memory of %j is %d bytes', (status, bytes) => {
  expect(residentBytes(status)).toBe(bytes);
});

it.each([
  [tcp, 8080, ['45321']],
  [tcp, 22, ['1454']],
  [tcp, 50_000, []],
  [tcp, 0x90, []],
  [tcp6, 8080, ['45999']],
  ['', 8080, []],
])('the sockets that listen on a port are found, those of connections are not', (text, port, inodes) => {
  expect(listeningSockets(text, port)).toEqual(inodes);
});
