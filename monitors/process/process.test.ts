import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BusyProcess } from '../test-support/busy-process.ts';
import { environment, opened, readUntil } from '../test-support/monitors.ts';
import { openElsewhere } from './elsewhere.ts';
import { processMonitor } from './process.ts';

describe.runIf(process.platform === 'linux')('process', () => {
  it('reads memory, threads and open files at once', async () => {
    const busy = await BusyProcess.start();
    const reading = await (await opened(processMonitor, { pid: busy.pid })).read();
    expect(reading['process_memory']).toBeGreaterThan(10e6);
    expect(reading['process_threads']).toBeGreaterThanOrEqual(2);
    expect(reading['process_open_files']).toBeGreaterThan(3);
    expect(reading['process_cpu_ratio']).toBeUndefined();
  });

  it('sees what a process takes: memory, files, processor time, disk', async () => {
    const busy = await BusyProcess.start();
    const monitor = await opened(processMonitor, { pid: busy.pid });
    const before = await monitor.read();
    await busy.does('allocate');
    await busy.does('open');
    const after = await monitor.read();
    expect(after['process_memory']! - before['process_memory']!).toBeGreaterThan(60e6);
    expect(after['process_open_files']! - before['process_open_files']!).toBe(50);
    await busy.does('burn');
    const burning = await readUntil(monitor, (reading) => (reading['process_cpu_ratio'] ?? 0) > 0.2);
    expect(burning['process_cpu_ratio']).toBeLessThan(2);
    await busy.does('write');
    const writing = await readUntil(monitor, (reading) => (reading['process_disk_write'] ?? 0) > 100_000);
    expect(writing['process_disk_write']).toBeLessThan(100e6);
  });

  it('finds a process by the port that it listens on, and by its command', async () => {
    const busy = await BusyProcess.start('loadplan-busy');
    const port = Number(await busy.does('listen'));
    const byPid = (await (await opened(processMonitor, { pid: busy.pid })).read())['process_open_files'];
    const byPort = await (await opened(processMonitor, { port })).read();
    const byCommand = await (await opened(processMonitor, { command: 'loadplan-busy' })).read();
    expect([byPort['process_open_files'], byCommand['process_open_files']]).toEqual([byPid, byPid]);
  });

  it('counts the processes that it has started, if asked to', async () => {
    const busy = await BusyProcess.start();
    const alone = await opened(processMonitor, { pid: busy.pid });
    const all = await opened(processMonitor, { pid: busy.pid, children: true });
    await busy.does('fork');
    const { process_memory: own = 0, process_threads: threads = 0 } = await alone.read();
    const family = await readUntil(all, (reading) => reading['process_memory']! > own + 60e6);
    expect(family['process_threads']).toBeGreaterThan(threads);
  });

  it('fails with words when the process has ended, and goes on when another takes its port', async () => {
    const first = await BusyProcess.start();
    const port = Number(await first.does('listen'));
    let nowEpochMs = 0;
    const monitor = await processMonitor.open({ port }, { nowEpochMs: () => nowEpochMs });
    await monitor.read();
    await first.end();
    nowEpochMs += 1000;
    await expect(monitor.read()).rejects.toThrow(`the process on port ${port} has ended`);
    await expect(monitor.read()).rejects.toThrow('has ended');
    const heir = createServer().listen(port, '127.0.0.1');
    onTestFinished(() => void heir.close());
    await new Promise((resolve) => heir.once('listening', resolve));
    await expect(monitor.read()).rejects.toThrow('has ended');
    nowEpochMs += 5000;
    expect((await monitor.read())['process_memory']).toBeGreaterThan(10e6);
    await monitor.close?.();
  });

  it('watches our own process', async () => {
    const reading = await (await opened(processMonitor, { self: true })).read();
    const ratio = reading['process_memory']! / process.memoryUsage.rss();
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.4);
  });

  it.each([
    [{ pid: 4_194_304 }, 'there is no process 4194304. Start it before the run, or leave the monitor out.'],
    [{ port: 1 }, 'no process of this machine listens on port 1.'],
    [{ command: 'no-such-program' }, 'no process "no-such-program" runs on this machine.'],
  ])('refuses a run with %j', async (config, message) => {
    await expect(async () => processMonitor.open(config, environment)).rejects.toThrow(message);
  });

  it('names the processes when several are called the same', async () => {
    const one = await BusyProcess.start('loadplan-twins');
    const two = await BusyProcess.start('loadplan-twins');
    await expect(async () => processMonitor.open({ command: 'loadplan-twins' }, environment)).rejects.toThrow(
      `processes ${[one.pid, two.pid].sort((a, b) => a - b).join(', ')} are called "loadplan-twins"; name one by its pid`,
    );
  });
});

describe('a process monitor', () => {
  it.each([
    [{}, 'needs one of pid, port, command, self'],
    [{ pid: 1, port: 2 }, 'pid and port exclude each other'],
    [{ self: true }, null],
  ])('with %j is checked before the run', (config, message) => {
    const mistake = processMonitor.check?.(config) ?? null;
    if (message === null) expect(mistake).toBeNull();
    else expect(mistake).toContain(message);
  });

  it.each([
    [{ pid: 7 }, 'pid-7'],
    [{ port: 8080 }, 'port-8080'],
    [{ command: 'postgres' }, 'postgres'],
    [{ self: true }, 'self'],
    [{ port: 8080, name: 'api' }, 'api'],
  ])('of %j is called %s', (config, name) => {
    expect(processMonitor.nameOf(config)).toBe(name);
  });
});

describe('process on other systems', () => {
  it('reads our own processor time and memory', async () => {
    const monitor = openElsewhere({ self: true, children: false }, environment, 'darwin');
    expect(monitor.limits).toEqual(['on darwin only processor time and memory of a process can be measured']);
    const reading = await readUntil(monitor, (one) => one['process_cpu_ratio'] !== undefined);
    expect(Object.keys(reading)).toEqual(['process_cpu_ratio', 'process_memory']);
  });

  it('says that others cannot be watched, and has no values', async () => {
    const monitor = openElsewhere({ port: 8080, children: false }, environment, 'darwin');
    expect(monitor.limits[0]).toContain('the process on port 8080 cannot be watched on darwin');
    expect(await monitor.read()).toEqual({});
  });
});
