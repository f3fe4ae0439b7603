import type { ListenerKind } from '../engine/model/listener.ts';
import { shownResult } from './shown-result.ts';
import { Summariser } from './summariser.ts';
import { renderSummary } from './summary-table.ts';

/** `summary`: JMeter's summariser lines while the run lasts, and the final table. */
export const summary: ListenerKind = {
  kind: 'summary',
  jmeter: 'Generate Summary Results',
  example: `
listeners:
  - summary
`,
  schema: {
    type: 'object',
    additionalProperties: false,
    description: 'Prints a line every now and then, and the final table.',
    properties: {},
  },
  create(_config, environment) {
    const say = (lines: readonly string[]) => {
      for (const line of lines) environment.say(line);
    };
    let summariser: Summariser | null = null;
    return {
      start({ startEpochMs }) {
        summariser = new Summariser(startEpochMs, environment.summaryIntervalMs);
      },
      window(window) {
        say(summariser?.window(window) ?? []);
      },
      end(result) {
        say(summariser?.end(result.endEpochMs) ?? []);
        const shown = shownResult(result, (text) => environment.redact(text));
        const { colours, columns } = environment;
        say(['', ...renderSummary(shown, { colours, columns }).split('\n')]);
      },
    };
  },
};
