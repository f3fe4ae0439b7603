/** Which part of the answer an extractor of texts looks at. */
export const fromSchema = {
  from: {
    enum: ['body', 'headers', 'requestHeaders', 'url', 'code', 'message', 'unescaped'],
    default: 'body',
    description:
      'What to look at. `headers` starts with the status line; `unescaped` is the body with the entities of HTML decoded.',
    examples: ['headers'],
  },
} as const;
