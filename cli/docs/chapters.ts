import { elementChapters } from './element-pages.ts';
import { functionChapter } from './function-pages.ts';
import type { Chapter } from './page.ts';
import { planChapter } from './plan-pages.ts';
import { thresholdChapter } from './threshold-page.ts';

/** All that there is to say of the plan language, from the schemas and examples of its parts. */
export function chapters(): Chapter[] {
  return [planChapter(), ...elementChapters(), thresholdChapter(), functionChapter()];
}
