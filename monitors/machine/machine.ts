import { defineMonitor } from '../../engine/model/monitor.ts';
import { intervalKey, nameKey } from '../monitor-keys.ts';

const names = {
  type: 'array',
  items: { type: 'string', minLength: 1 },
  minItems: 1,
} as const;

const share = (description: string) => ({ type: 'trend', unit: 'ratio', description }) as const;
const bytes = (description: string) => ({ type: 'trend', unit: 'bytes', description }) as const;
const bytesPerSecond = (description: string) => ({ type: 'trend', unit: 'bytes/s', description }) as const;

/** `machine`: processors, memory, disks and network of the machine that makes the load. */
export const machine = defineMonitor({
  kind: 'machine',
  jmeter: 'PerfMon Metrics Collector',
  scalar: 'interval',
  schema: {
    type: 'object',
    additionalProperties: false,
    description:
      'Reads processors, memory, disks and network of this machine: `machine_cpu` (all processors together), `machine_load` (the last minute), `machine_memory` and `machine_memory_ratio` (used, file cache left out), `machine_disk_read`, `machine_disk_write`, `machine_network_received`, `machine_network_sent`. Disks and network on Linux only. In a container it is the machine around it.',
    properties: {
      name: nameKey('it is `machine`'),
      interval: intervalKey,
      disks: {
        ...names,
        description: 'The disks that count, as `lsblk` names them. Without it all whole disks.',
        examples: [['sda', 'nvme0n1']],
      },
      interfaces: {
        ...names,
        description: 'The network interfaces that count. Without it all but loopback.',
        examples: [['eth0'], ['lo']],
      },
    },
  },
  example: `
threadGroups:
  - name: Readers
    loops: 3
    steps: [{ get: /healing/issues }]
monitors:
  - machine: 500ms
thresholds:
  - max(machine_memory_ratio) < 100%
`,
  measures: () => ({
    machine_cpu: share('How busy all processors were.'),
    machine_load: { type: 'trend', unit: '', description: 'Load average of the last minute.' },
    machine_memory: bytes('Memory in use, without the file cache.'),
    machine_memory_ratio: share('Share of the memory in use.'),
    machine_disk_read: bytesPerSecond('Read from disks.'),
    machine_disk_write: bytesPerSecond('Written to disks.'),
    machine_network_received: bytesPerSecond('Received over the network.'),
    machine_network_sent: bytesPerSecond('Sent over the network.'),
  }),
  nameOf: ({ name = 'machine' }) => name,
  async open(config, environment) {
    if (process.platform === 'linux') return (await import('./linux.ts')).openLinux(config, environment);
    return (await import('./elsewhere.ts')).openElsewhere(environment);
  },
});
