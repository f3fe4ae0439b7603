import { describe, expect, it } from 'vitest';
import { controlGroups, MachineFiles, residentBytes, throttledMs, usedRatio } from './read-machine.ts';

describe('what Linux tells', () => {
  it.each([
    ['usage_usec 10\nnr_throttled 3\nthrottled_usec 250000\n', 250],
    ['nr_periods 9\nnr_throttled 3\nthrottled_time 1500000000\n', 1500],
    ['usage_usec 10\n', null],
    ['', null],
  ])('throttled: %j', (text, ms) => {
    expect(throttledMs(text)).toBe(ms);
  });

  it('control groups of version 2, and those above', () => {
    expect(controlGroups('0::/kubepods/pod1\n')).toEqual({
      cpu: ['/kubepods/pod1', '/kubepods', ''].map((path) => `/sys/fs/cgroup${path}/cpu.stat`),
      memory: ['/kubepods/pod1', '/kubepods', ''].map((path) => `/sys/fs/cgroup${path}/memory.max`),
    });
  });

  it('control groups of version 1', () => {
    expect(controlGroups('5:devices:/\n4:memory:/a\n1:cpu,cpuacct:/\n')).toEqual({
      cpu: ['/sys/fs/cgroup/cpu,cpuacct/cpu.stat'],
      memory: [
        '/sys/fs/cgroup/memory/a/memory.limit_in_bytes',
        '/sys/fs/cgroup/memory/memory.limit_in_bytes',
      ],
    });
  });

  it('memory', () => {
    expect(usedRatio('MemTotal:       1000 kB\nMemFree: 1 kB\nMemAvailable:    250 kB\n')).toBe(0.75);
    expect(usedRatio('')).toBe(0);
    expect(residentBytes('VmHWM:\t 300 kB\nVmRSS:\t  200 kB\n')).toBe(204_800);
  });

  it('reads this machine, whatever it is', () => {
    const files = new MachineFiles();
    const { memoryRatio } = files.read();
    files.close();
    expect(memoryRatio).toBeGreaterThanOrEqual(0);
  });
});
