import { defineDataSource } from '../element.ts';
import { setUserParameters, userParameterNames, userParametersSchema } from '../user-parameters.ts';

/** The same as under `before`, but once a pass: JMeter's "update once per iteration". */
export const userParametersData = defineDataSource({
  kind: 'userParameters',
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
