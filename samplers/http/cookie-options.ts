import type { Infer } from '../../engine/model/json-schema.ts';

const preset = {
  type: 'object',
  description: 'A cookie that a user has from the start.',
  additionalProperties: false,
  required: ['name', 'value'],
  properties: {
    name: { type: 'string', description: 'The cookie’s name.', examples: ['consent'] },
    value: { type: 'string', description: 'The cookie’s value.', examples: ['all'] },
    domain: {
      type: 'string',
      description: 'The host it is for, with those beneath it. Not set: the host of the request alone.',
      examples: ['example.com'],
    },
    path: {
      type: 'string',
      description: 'The path under which it is sent. Not set: /.',
      examples: ['/shop'],
    },
    secure: {
      type: 'boolean',
      description: 'Sent over https only. Not set: false.',
      examples: [true],
    },
  },
} as const;

/** What an author may say of cookies. */
export const cookiesSchema = {
  description: 'Keep the cookies that servers set, one jar for each user, and send them back; or how to.',
  default: true,
  anyOf: [
    { type: 'boolean', description: 'Whether to.' },
    {
      type: 'object',
      description: 'How to.',
      additionalProperties: false,
      properties: {
        policy: {
          enum: ['standard', 'compatibility', 'ignore'],
          description:
            'Which cookies are taken. Not set or `standard`: what RFC 6265 allows. `compatibility`: those without a name as well, ' +
            'as browsers do. `ignore`: none, and none is sent.',
          examples: ['compatibility'],
        },
        clearEachIteration: {
          type: 'boolean',
          description:
            'Begin each iteration of the thread group with the cookies of `preset` alone. Not set: false.',
          examples: [true],
        },
        preset: {
          type: 'array',
          description:
            'Cookies put into a user’s jar with its first request of that kind, and again after each clearing: ' +
            'JMeter’s user-defined cookies.',
          items: preset,
          examples: [[{ name: 'consent', value: 'all' }]],
        },
      },
    },
  ],
  examples: [false, { clearEachIteration: true }],
} as const;

export type CookieOptions = Infer<typeof cookiesSchema>;

export type PresetCookie = Infer<typeof preset>;

/** Whether cookies are kept and sent. */
export function keepsCookies(cookies: CookieOptions): boolean {
  return typeof cookies === 'object' ? cookies.policy !== 'ignore' : cookies;
}

/** Whether cookies that RFC 6265 refuses for their form are taken. */
export function isLenient(cookies: CookieOptions): boolean {
  return typeof cookies === 'object' && cookies.policy === 'compatibility';
}
