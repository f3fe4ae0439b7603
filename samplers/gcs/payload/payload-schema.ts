import { dataSetKeys } from '../../../engine/generate/written.ts';

/** What an upload holds: one of these. */
export const payloads = ['file', 'text', 'json', 'generate', 'stream'] as const;

export const payloadProperties = {
  file: {
    type: 'string',
    minLength: 1,
    description: 'Uploads a file of the plan’s folder, streamed.',
    examples: ['data/orders.csv'],
  },
  text: {
    type: 'string',
    description: 'Uploads this text, in UTF-8.',
    examples: ['id,name\n1,Ann\n'],
  },
  json: {
    description: 'Uploads this value, as JSON.',
    render: 'json',
    examples: [{ id: '${id}', name: 'orders' }],
  },
  ...dataSetKeys,
  generate: {
    type: 'string',
    minLength: 1,
    description:
      'Uploads generated rows of this schema, made before the sample’s time begins: as many as `rows` says, in the `format`. The last few files are kept, ' +
      'those of more than 64MiB in the temporary folder (TMPDIR). ' +
      dataSetKeys.generate.description,
    examples: ['facts'],
  },
  stream: {
    type: 'object',
    additionalProperties: false,
    required: ['size'],
    description:
      'Uploads bytes that are made before the sample’s time begins: any amount, without a disk and in constant memory. After 64MiB they repeat themselves.',
    properties: {
      size: {
        type: 'string',
        unit: 'bytes',
        minimum: 0,
        description: 'How many. GB, MB and KB are powers of 1000, GiB, MiB and KiB of 1024.',
        examples: ['10GB', '512MiB'],
      },
      compressibility: {
        type: 'number',
        minimum: 0,
        maximum: 1,
        description: 'The share of the bytes that compression such as gzip saves.',
        default: 0,
        examples: [0.7],
      },
      seed: {
        type: 'integer',
        description: 'The same seed gives the same bytes.',
        default: 1,
        examples: [42],
      },
    },
    examples: [{ size: '10GB', compressibility: 0.5, seed: 42 }],
  },
} as const;
