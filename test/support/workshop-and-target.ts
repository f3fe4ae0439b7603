import { afterEach, beforeEach } from 'vitest';
import { Workshop } from './plan-command.ts';
import { Target } from './target.ts';

/** A folder to run plans in, new for each test of the file that imports it. */
export let workshop: Workshop;
/** A server to run them against, new for each test. */
export let target: Target;

beforeEach(async () => {
  workshop = new Workshop();
  target = await Target.start();
});

afterEach(async () => {
  workshop.clean();
  await target.stop();
});
