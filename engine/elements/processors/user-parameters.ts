import { defineProcessor } from '../element.ts';
import { setUserParameters, userParameterNames, userParametersSchema } from '../user-parameters.ts';

/** `{ userParameters: [{ name: ann }, { name: bob }] }`: variables by the user's number, before every sampler. */
export const userParameters = defineProcessor({
  kind: 'userParameters',
  jmeter: 'User Parameters',
  example: `
- get: { path: /healing/issues, query: { limit: '\${limit}' }, headers: { X-User: '\${user}' } }
  before:
    - userParameters:
        - { user: ann, limit: 5 } # the first user, the third …
        - { user: bob, limit: 10 }
`,
  reads: [],
  schema: userParametersSchema,
  sets: userParameterNames,
  build: setUserParameters,
});
