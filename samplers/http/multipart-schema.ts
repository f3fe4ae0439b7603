const part = {
  type: 'object',
  description: 'One part: a file of the plan’s folder, or a text that stands here.',
  additionalProperties: false,
  properties: {
    file: {
      type: 'string',
      description: 'A file of the plan’s folder, sent byte for byte.',
      examples: ['data/report.pdf'],
    },
    value: {
      type: 'string',
      description: 'The content as text, sent in UTF-8 unless `charset` says otherwise.',
      examples: ['{"title":"Q3"}'],
    },
    type: {
      type: 'string',
      description:
        'The content type. Not set: application/octet-stream for files, text/plain with the charset for texts.',
      examples: ['application/pdf'],
    },
    filename: {
      type: 'string',
      description:
        'The name that the server is told. Not set: the file’s own; a text without one is a field.',
      examples: ['report.pdf'],
    },
  },
} as const;

const text = { type: 'string', description: 'A field.', examples: ['Quarterly report'] } as const;
const number = { type: 'number', description: 'A field.', examples: [3] } as const;
const flag = { type: 'boolean', description: 'A field.', examples: [true] } as const;

/** What an author may say of a multipart body. */
export const multipartSchema = {
  type: 'object',
  description:
    'A body of fields and files (multipart/form-data), sent in the order in which they are written. ' +
    'A Content-Type header of the author’s is not sent.',
  additionalProperties: {
    anyOf: [text, number, flag, part, { type: 'array', items: { anyOf: [text, number, flag, part] } }],
  },
  examples: [{ title: 'Quarterly report', report: { file: 'data/report.pdf', type: 'application/pdf' } }],
} as const;
