import { assertions, controllers, extractors } from '../engine/elements/index.ts';
import type { Language } from '../engine/model/language.ts';
import { listenerKinds } from '../listeners/index.ts';
import { samplers } from '../samplers/index.ts';

/** Every word of the plan language, from the kinds that exist. */
export const language: Language = {
  samplers: [...samplers.values()],
  controllers: [...controllers.values()],
  extractors: [...extractors.values()],
  assertions: [...assertions.values()],
  listeners: listenerKinds,
};
