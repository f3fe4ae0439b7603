/** An XPath expression and the prefixes in it. */
export const xpathSchema = {
  xpath: {
    type: 'string',
    minLength: 1,
    description: 'An XPath 1.0 expression.',
    examples: ['//item[1]/@id'],
  },
  namespaces: {
    type: 'object',
    additionalProperties: { type: 'string' },
    default: {},
    description:
      'Prefixes in the expression and what they stand for. Without one, those of the document count.',
    examples: [{ s: 'http://schemas.xmlsoap.org/soap/envelope/' }],
  },
} as const;
