import type { Infer } from '../../engine/model/json-schema.ts';

/** What all samplers of Google Cloud are told: the project, where the service is, and who asks. An empty text is as good as nothing. */
export const googleProperties = {
  project: {
    type: 'string',
    description: 'The project that is asked, and that pays.',
    examples: ['my-project'],
  },
  endpoint: {
    type: 'string',
    description:
      'Origin of a stand-in, such as the sandbox or an emulator; no credentials are used there, unless it is one of ' +
      'Google’s own (`https://….googleapis.com`). Not set, or empty: the real service.',
    examples: ['${sandbox.url}', 'http://127.0.0.1:9050'],
  },
  credentials: {
    type: 'object',
    additionalProperties: false,
    description:
      'Who asks. Not set: Application Default Credentials, which are looked for in the file that ' +
      '`GOOGLE_APPLICATION_CREDENTIALS` names, where `gcloud auth application-default login` leaves them, and at the metadata ' +
      'server of a machine of Google’s.',
    examples: [{ keyFile: '/secrets/load-test.json' }],
    properties: {
      keyFile: {
        type: 'string',
        description:
          'A file of credentials: a service account’s key, or one for workload identity federation. A relative path leads ' +
          'into the plan’s folder; an absolute one may lead anywhere.',
        examples: ['/secrets/load-test.json'],
      },
      impersonate: {
        type: 'string',
        description: 'E-mail of the service account to act as; who asks needs the role Token Creator on it.',
        examples: ['load-test@my-project.iam.gserviceaccount.com'],
      },
      quotaProject: {
        type: 'string',
        description: 'The project whose quota is used and that is billed for requests.',
        examples: ['my-billing-project'],
      },
    },
  },
} as const;

/** Where requests go and who asks, as a plan says it. */
export type GoogleConfig = Infer<{ type: 'object'; properties: typeof googleProperties }>;
