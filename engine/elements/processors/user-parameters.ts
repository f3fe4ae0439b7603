import { defineProcessor } from '../element.ts';
import { setUserParameters, userParameterNames, userParametersSchema } from '../user-parameters.ts';

/** `{ userParameters: [{ name: ann }, { name: bob }] }`: variables by the user's number, before every sampler. */
export const userParameters = defineProcessor({
  kind: 'userParameters',
  reads: [],
  schema: userParametersSchema,
  sets: userParameterNames,
  build: setUserParameters,
});
