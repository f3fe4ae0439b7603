import type { Infer } from '../../engine/model/json-schema.ts';

const username = { type: 'string', description: 'The user’s name.', examples: ['ann'] } as const;
const password = {
  type: 'string',
  description: 'The user’s password; best a property with `secret: true`.',
  examples: ['${password}'],
} as const;
const account = {
  type: 'object',
  additionalProperties: false,
  required: ['username', 'password'],
  properties: { username, password },
} as const;

/** What an author may say of credentials. */
export const authSchema = {
  description:
    'Credentials, in place of an Authorization header. They go to the origin of the request, not to another one ' +
    'that it is redirected to. `none` takes back what stands in outer defaults.',
  anyOf: [
    { const: 'none', description: 'No credentials.' },
    {
      type: 'object',
      description: 'One way to prove who asks.',
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
      properties: {
        basic: {
          ...account,
          description: 'Basic (RFC 7617), sent with the first request, unasked.',
          examples: [{ username: 'ann', password: '${password}' }],
        },
        digest: {
          ...account,
          description:
            'Digest (RFC 7616), sent once the server has asked for it: MD5, SHA-256 or SHA-512-256, with qop auth or none. ' +
            'The challenge is remembered for the user; asking and answering are one sample.',
          examples: [{ username: 'ann', password: '${password}' }],
        },
        bearer: {
          type: 'string',
          description: 'A token (RFC 6750), sent unasked.',
          examples: ['${token}'],
        },
      },
    },
  ],
  examples: [{ basic: { username: 'ann', password: '${password}' } }, 'none'],
} as const;

export type Auth = Exclude<Infer<typeof authSchema>, 'none'>;

/** The Authorization header that is sent unasked; empty when there is none. */
export function unaskedAuthorization({ basic, bearer }: Auth): string {
  if (basic !== undefined) {
    return `Basic ${Buffer.from(`${basic.username}:${basic.password}`).toString('base64')}`;
  }
  return bearer === undefined ? '' : `Bearer ${bearer}`;
}
