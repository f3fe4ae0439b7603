import { configRenderer } from '../../template/render.ts';
import { testScope } from '../../template/test-support/scope.ts';
import type { ElementUser, Processor } from '../element.ts';

/** What a processor with this configuration, defaults left to the caller, makes of a user's variables. */
export function processed(
  processor: Processor,
  config: Readonly<Record<string, unknown>>,
  given: Parameters<typeof testScope>[0] = {},
): Record<string, string> {
  const scope = testScope(given);
  const site = { slot: 0, at: 'plan.yaml:1:1' };
  void processor.build(
    { render: configRenderer({ constant: config }) },
    site,
    {},
  )(scope as unknown as ElementUser, null);
  return Object.fromEntries(scope.variables);
}
