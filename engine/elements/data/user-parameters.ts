import { defineDataSource } from '../element.ts';
import { setUserParameters, userParameterNames, userParametersSchema } from '../user-parameters.ts';

/** The same as under `before`, but once a pass: JMeter's "update once per iteration". */
export const userParametersData = defineDataSource({
  kind: 'userParameters',
  jmeter: 'User Parameters',
  example: `
- loop: 2
  data:
    - userParameters: # once a pass; under before: for every sampler
        - { user: ann } # the first user, the third …
        - { user: bob }
  steps:
    - get: { path: /echo, query: { user: '\${user}' } }
`,
  schema: userParametersSchema,
  sets: userParameterNames,
  build(config) {
    const assign = setUserParameters(config);
    return (user) => {
      assign(user);
      return 'next';
    };
  },
});
