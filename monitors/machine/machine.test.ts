import { createServer, connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { availableParallelism, totalmem } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { environment, opened, readUntil } from '../test-support/monitors.ts';
import { openElsewhere } from './elsewhere.ts';
import { machine } from './machine.ts';

const isLinux = process.platform === 'linux';

describe.runIf(isLinux)('machine', () => {
  it('reads memory and load at once, and rates from the second reading on', async () => {
    const monitor = await opened(machine, {});
    const first = await monitor.read();
    expect(Object.keys(first).sort()).toEqual(['machine_load', 'machine_memory', 'machine_memory_ratio']);
    expect(first['machine_memory']).toBeGreaterThan(10e6);
    expect(first['machine_memory']).toBeLessThan(totalmem());
    expect(first['machine_memory_ratio']).toBeCloseTo(first['machine_memory']! / totalmem(), 1);
    const second = await readUntil(monitor, (reading) => reading['machine_cpu'] !== undefined);
    expect(Object.keys(second).sort()).toEqual(Object.keys(machine.measures({})).sort());
  });

  it('sees a busy processor', async () => {
    const monitor = await opened(machine, {});
    await monitor.read();
    const endMs = performance.now() + 300;
    while (performance.now() < endMs) Math.sqrt(endMs);
    const { machine_cpu: busy = 0 } = await monitor.read();
    // One of the processors was ours, as far as others let it be.
    expect(busy).toBeGreaterThan(0.5 / availableParallelism());
    expect(busy).toBeLessThanOrEqual(1);
  });

  it('counts the bytes of an interface, and only of those that are wanted', async () => {
    const server = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const loopback = await opened(machine, { interfaces: ['lo'] });
    await loopback.read();
    const startMs = performance.now();
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await new Promise<void>((resolve) => socket.end(Buffer.alloc(20_000_000), resolve));
    await new Promise((resolve) => setTimeout(resolve, 60));
    const { machine_network_sent: perSecond = 0 } = await loopback.read();
    expect((perSecond * (performance.now() - startMs)) / 1000).toBeGreaterThan(19_000_000);
  });

  it.each([
    [{ disks: ['nvme99'] }, 'there is no disk "nvme99". Known: '],
    [{ interfaces: ['eth99', 'lo'] }, 'there is no network interface "eth99". Known: '],
  ])('refuses a run with %j', async (config, message) => {
    await expect(async () => machine.open(config, environment)).rejects.toThrow(message);
  });
});

describe('machine on other systems', () => {
  it.each([
    [
      'darwin',
      ['machine_cpu', 'machine_load', 'machine_memory', 'machine_memory_ratio'],
      'disks and network',
    ],
    ['win32', ['machine_cpu', 'machine_memory', 'machine_memory_ratio'], 'disks, network and load average'],
  ])('such as %s reads what Node tells, and says what it cannot', async (platform, metrics, without) => {
    const monitor = openElsewhere(environment, platform);
    expect(monitor.limits).toEqual([expect.stringContaining(`on ${platform} ${without} cannot be measured`)]);
    const reading = await readUntil(monitor, (one) => one['machine_cpu'] !== undefined);
    expect(Object.keys(reading).sort()).toEqual(metrics);
    expect(reading['machine_cpu']).toBeLessThanOrEqual(1);
  });
});
