import type { Listener } from '../model/listener.ts';
import type { RunWindow } from '../model/metrics.ts';
import type { Sample } from '../model/sample.ts';
import type { NamedListener } from '../model/listener.ts';
import type { RunEvents } from './run-events.ts';

type Redact = (text: string) => string;

/** Turns what listeners get into events. Samples are only asked for where somebody wants them. */
export function eventListener(events: RunEvents, redact: Redact, wantsSamples: boolean): NamedListener {
  const listener: Listener = {
    window: (window) => events.emit({ type: 'window', window: shownWindow(window, redact) }),
  };
  const withSamples: Listener = {
    ...listener,
    samples: (batch) =>
      events.emit({ type: 'samples', samples: batch.map((sample) => shownSample(sample, redact)) }),
  };
  return { kind: 'events', essential: false, listener: wantsSamples ? withSamples : listener };
}

/** Labels and tags are free of secrets already; what servers say of failures is not. */
function shownWindow(window: RunWindow, redact: Redact): RunWindow {
  const failures = (counts: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(counts).map(([failure, count]) => [redact(failure), count]));
  return {
    ...window,
    series: window.series.map((series) => ({ ...series, failures: failures(series.failures) })),
    ...(window.metrics && {
      metrics: window.metrics.map((metric) => ({ ...metric, failures: failures(metric.failures) })),
    }),
  };
}

/** Without requests, answers and variables: they are kept for some listener, and are not masked. */
function shownSample(sample: Sample, redact: Redact): Sample {
  const shown = {
    ...sample,
    message: redact(sample.message),
    failure: redact(sample.failure),
    url: sample.url === null ? null : redact(sample.url),
  };
  for (const name of ['detail', 'variables']) Reflect.deleteProperty(shown, name);
  return shown;
}
