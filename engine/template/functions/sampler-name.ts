import { reading } from '../function-forms.ts';

/** `${__samplerName(variable)}`: the label of the sampler at hand (`SamplerName.java`). */
export const samplerName = reading('__samplerName', (scope) => scope.samplerName, true);
