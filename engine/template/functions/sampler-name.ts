import { reading } from '../function-forms.ts';

/** `${__samplerName(variable)}`: the label of the sampler at hand (`SamplerName.java`). */
export const samplerName = reading(
  {
    name: '__samplerName',
    description: 'The label of the sampler that is prepared, or was performed last.',
    example: { template: '${__samplerName}', gives: 'Sampler', varies: true },
  },
  (scope) => scope.samplerName,
  true,
);
