import type { CompiledPlan } from '../engine/model/compiled-plan.ts';
import type { ListenerEnvironment } from '../engine/model/listener.ts';
import type { NamedMonitor } from '../engine/model/monitor.ts';
import type { NamedListener } from '../engine/run/fan-out.ts';
import { listenerKinds } from '../listeners/index.ts';
import { usualJtl } from '../listeners/jtl-csv.ts';
import { monitorKinds } from '../monitors/index.ts';
import type { Once } from './once/once.ts';

/** The plan's listeners; `-l` brings the JTL even if the plan does not ask for it. */
export function runListeners(
  compiled: CompiledPlan,
  once: Once | null,
  { folder, ...environment }: Omit<ListenerEnvironment, 'folder'> & { readonly folder: string | null },
): NamedListener[] {
  if (!once) return planListeners(compiled, { ...environment, folder: folder ?? '' });
  // Without a folder -l alone writes, to where it says.
  const kept = compiled.listeners.filter(({ kind }) => folder !== null && kind !== 'summary');
  const own = planListeners({ ...compiled, listeners: kept }, { ...environment, folder: folder ?? '' });
  return [...own, ...once.listeners];
}

function planListeners({ listeners }: CompiledPlan, environment: ListenerEnvironment): NamedListener[] {
  const wanted =
    environment.jtl &&
    !listeners.some(({ kind, config }) => kind === 'jtl-csv' && config['file'] === usualJtl)
      ? [{ kind: 'jtl-csv', config: {} }, ...listeners]
      : listeners;
  return wanted.flatMap(({ kind, config }) => {
    const known = listenerKinds.find((one) => one.kind === kind);
    if (!known) return [];
    return [{ kind, essential: known.essential ?? false, listener: known.create(config, environment) }];
  });
}

export function monitorsOf({ monitors = [] }: CompiledPlan): NamedMonitor[] {
  return monitors.flatMap(({ config, ...monitor }) => {
    const known = monitorKinds.find(({ kind }) => kind === monitor.kind);
    return known ? [{ ...monitor, open: (environment) => known.open(config, environment) }] : [];
  });
}
