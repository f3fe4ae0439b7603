import { assertions, controllers, dataSources, extractors, processors, timers } from '../elements/index.ts';
import type { Language } from '../model/language.ts';
import { listenerKinds } from '../../listeners/index.ts';
import { monitorKinds } from '../../monitors/index.ts';
import { samplers } from '../../samplers/index.ts';

/** Every word of the plan language, from the kinds that exist, with what documents say of them. */
export const language = {
  samplers: [...samplers.values()],
  controllers: [...controllers.values()],
  extractors: [...extractors.values()],
  assertions: [...assertions.values()],
  timers: [...timers.values()],
  processors: [...processors.values()],
  data: [...dataSources.values()],
  listeners: listenerKinds,
  monitors: monitorKinds,
} satisfies Language;
