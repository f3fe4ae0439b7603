import { defineMonitor } from '../../engine/model/monitor.ts';
import { intervalKey, nameKey } from '../monitor-keys.ts';

const waysToFind = ['pid', 'port', 'command', 'self'] as const;

/** `process`: processor time, memory, threads, files and disk traffic of one process. */
export const processMonitor = defineMonitor({
  kind: 'process',
  schema: {
    type: 'object',
    additionalProperties: false,
    description:
      'Reads what a process of this machine uses: `process_cpu_ratio` (100% is one processor; two busy ones are 200%), `process_memory` (resident), `process_threads`, `process_open_files`, `process_disk_read`, `process_disk_write`. It is found by exactly one of pid, port, command and self, and must be there when the run starts. Linux only, but for self.',
    properties: {
      name: nameKey('it is `pid-NUMBER`, `port-NUMBER`, the command or `self`'),
      interval: intervalKey,
      pid: {
        type: 'integer',
        minimum: 1,
        description: 'Its number. That of the embedded sandbox is `${sandbox.pid}`.',
        examples: [4711, '${sandbox.pid}'],
      },
      port: {
        type: 'integer',
        minimum: 1,
        maximum: 65535,
        description:
          'A TCP port on which it listens. If it is started anew during the run, it is found again. Of several that share the port it is the one that started the others.',
        examples: [8080],
      },
      command: {
        type: 'string',
        minLength: 1,
        description:
          'The name of its program, without folder; only one such process may run. It is found again, too.',
        examples: ['postgres'],
      },
      self: {
        const: true,
        description: 'The process that makes the load.',
        examples: [true],
      },
      children: {
        type: 'boolean',
        default: false,
        description: 'Whether the processes that it has started, and those that these have, count with it.',
        examples: [true],
      },
    },
  },
  example: `
threadGroups:
  - name: Readers
    loops: 3
    steps: [{ get: /healing/issues }]
monitors:
  - process: { pid: '\${sandbox.pid}', name: sandbox, interval: 500ms }
  - process: { self: true, name: generator }
thresholds:
  - max(process_memory){monitor=sandbox} < 4GB
`,
  check(config) {
    const given = waysToFind.filter((key) => config[key] !== undefined);
    const [one, another] = given;
    if (one === undefined) return `a process monitor needs one of ${waysToFind.join(', ')}.`;
    if (another === undefined) return null;
    return `${given.join(' and ')} exclude each other: a process monitor watches one process. Keep one of them.`;
  },
  measures: () => ({
    process_cpu_ratio: {
      type: 'trend',
      unit: 'ratio',
      description: 'Processor time; 100% is one processor.',
    },
    process_memory: { type: 'trend', unit: 'bytes', description: 'Resident memory.' },
    process_threads: { type: 'trend', unit: 'threads', description: 'Threads.' },
    process_open_files: { type: 'trend', unit: 'files', description: 'Open files and connections.' },
    process_disk_read: { type: 'trend', unit: 'bytes/s', description: 'Read from disks.' },
    process_disk_write: { type: 'trend', unit: 'bytes/s', description: 'Written to disks.' },
  }),
  nameOf({ name, pid, port, command }) {
    if (name !== undefined) return name;
    if (pid !== undefined) return `pid-${String(pid)}`;
    if (port !== undefined) return `port-${String(port)}`;
    return command ?? 'self';
  },
  async open(config, environment) {
    if (process.platform === 'linux') return (await import('./linux.ts')).openLinux(config, environment);
    return (await import('./elsewhere.ts')).openElsewhere(config, environment);
  },
});
