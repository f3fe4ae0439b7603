import { defineSampler } from '../../engine/model/sampler.ts';
import { checkProcess, filesOfProcess } from './check.ts';
import { processMetrics } from './metrics.ts';
import { processSchema } from './schema.ts';

/**
 * `process`: one run of a command, as JMeter's OS Process Sampler performs it, or several.
 *
 * The command has a process group of its own, which ends with it: nothing that stays in the group outlives it. A run that
 * cannot begin, is ended by us or writes no result has a code that begins with `process.`.
 */
export const process = defineSampler({
  kind: 'process',
  jmeter: 'OS Process Sampler',
  example: `
- process: node --version
  extract: { version: { regex: 'v(\\d+)' } }
- process:
    command: [node, -e, 'process.stdin.pipe(process.stdout)']
    stdin: '{ "rows": 7 }'
    env: { LANG: C }
    timeout: 30s
    warmUp: 1
    iterations: 2
  name: Batch job
  expect: 0 # any exit codes that are a success
  extract: { rows: $.rows }
- process: { command: 'echo "[1, 2]" > result-\${__threadNum}.json', shell: true, read: { json: 'result-\${__threadNum}.json' } }
  assert: [{ jsonPath: '$[1]', equals: 2 }]
`,
  scalar: 'command',
  schema: processSchema,
  metrics: processMetrics,
  check: checkProcess,
  files: filesOfProcess,
  writesFiles: true,
  label: ({ command }) => (Array.isArray(command) ? command.join(' ') : String(command)),
  open: async (options) => new (await import('./process-sampler.ts')).ProcessSampler(options),
});
