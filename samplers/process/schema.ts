import type { Infer } from '../../engine/model/json-schema.ts';

/** What an author may say of a command. */
export const processSchema = {
  type: 'object',
  description:
    'Runs a command and waits for its end. Its code is the exit code: 0 is a success unless `expect` says otherwise. The answer is what it writes to its standard output, or to a file; the end of its errors is the header `stderr`, and the answer of a command that failed and says nothing else. Needs a POSIX system.',
  additionalProperties: false,
  required: ['command'],
  properties: {
    command: {
      anyOf: [
        { type: 'string', minLength: 1 },
        { type: 'array', minItems: 1, items: { type: 'string' } },
      ],
      description:
        'Program and arguments: a list; or a text, which is split at spaces after variables were put in, with quotes as in a shell, and in which nothing is expanded. No shell is asked unless `shell` is set.',
      examples: [['pytest', '-q', 'tests/test_${area}.py'], "python3 -c 'print(1)'"],
    },
    shell: {
      type: 'boolean',
      default: false,
      description:
        'Gives the command, which must be a text, to `sh -c`: pipes, variables and wildcards work, and whatever a variable of the plan holds is code.',
      examples: [true],
    },
    cwd: {
      type: 'string',
      default: '.',
      description:
        "The folder in which it runs, from the plan's folder. It may lie outside, since a command can go anywhere.",
      examples: ['../backend'],
    },
    env: {
      type: 'object',
      additionalProperties: { type: 'string' },
      default: {},
      description: 'Environment variables, added to those of `plan`.',
      examples: [{ API_URL: '${api_url}' }],
    },
    stdin: {
      description: "What it reads: a text, or a file of the plan's folder. Without it, nothing.",
      anyOf: [
        { type: 'string' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['file'],
          properties: {
            file: {
              type: 'string',
              minLength: 1,
              description: "A file of the plan's folder.",
              examples: ['data/orders.csv'],
            },
          },
        },
      ],
      examples: ['${orders}', { file: 'data/orders.csv' }],
    },
    timeout: {
      type: 'string',
      unit: 'ms',
      default: '0',
      description:
        'Time after which it is asked to end (SIGTERM), with all that it has started; the sample has failed. 0: no limit.',
      examples: ['10m'],
    },
    killAfter: {
      type: 'string',
      unit: 'ms',
      default: '5s',
      description: 'Time from that until it is killed (SIGKILL), as in `timeout --kill-after`.',
      examples: ['30s'],
    },
    warmUp: {
      type: 'integer',
      minimum: 0,
      maximum: 1000,
      default: 0,
      description: 'Runs before the sample begins, which are not measured. One that fails fails the sample.',
      examples: [2],
    },
    iterations: {
      type: 'integer',
      minimum: 1,
      maximum: 1000,
      default: 1,
      description:
        'Runs that make one sample: its time is that of all of them, each is a sub-sample and a value of `process_wall`. The first that does not end with 0 is the last. For a sample a run, put the step into a `loop`.',
      examples: [10],
    },
    read: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
      description:
        'A file that the command writes, from `cwd`, becomes the answer instead of its output. One that it did not write fails the sample.',
      examples: [{ json: 'out/summary.json' }, { junit: 'report.xml' }],
      properties: {
        json: {
          type: 'string',
          minLength: 1,
          description: 'It must be JSON.',
          examples: ['out/summary.json'],
        },
        junit: {
          type: 'string',
          minLength: 1,
          description:
            'A JUnit report: of a single run each test case becomes a sub-sample with the time that the report gives, one after the other; counted by process_tests, process_failures, process_errors and process_skipped.',
          examples: ['report.xml'],
        },
        file: { type: 'string', minLength: 1, description: 'Anything.', examples: ['out/summary.csv'] },
      },
    },
    maxOutput: {
      type: 'integer',
      minimum: 0,
      default: 1_048_576,
      description:
        'Bytes kept of the end of its standard output, and of its errors. More is counted and dropped, and the message of the sample says so.',
      examples: [65_536],
    },
  },
} as const;

export type ProcessConfig = Infer<typeof processSchema>;
