import type { CompiledPlan } from '../model/compiled-plan.ts';
import type { ListenerEnvironment } from '../model/listener.ts';
import type { NamedMonitor } from '../model/monitor.ts';
import type { NamedListener } from '../model/listener.ts';
import { listenerKinds } from '../../listeners/index.ts';
import { usualJtl } from '../../listeners/jtl-csv.ts';
import { monitorKinds } from '../../monitors/index.ts';

/**
 * The plan's listeners; a wish for a JTL brings it even if the plan does not ask for it. Without a folder nothing but that, and what
 * is said, is written.
 */
export function planListeners(
  { listeners }: Pick<CompiledPlan, 'listeners'>,
  { folder, ...environment }: Omit<ListenerEnvironment, 'folder'> & { readonly folder: string | null },
): NamedListener[] {
  const kept = folder === null ? listeners.filter(({ kind }) => saying.has(kind)) : listeners;
  const wanted =
    environment.jtl && !kept.some(({ kind, config }) => kind === 'jtl-csv' && config['file'] === usualJtl)
      ? [{ kind: 'jtl-csv', config: {} }, ...kept]
      : kept;
  return wanted.flatMap(({ kind, config }) => {
    const known = listenerKinds.find((one) => one.kind === kind);
    if (!known) return [];
    const listener = known.create(config, { ...environment, folder: folder ?? '' });
    return [{ kind, essential: known.essential ?? false, listener }];
  });
}

/** Those that write no file. */
const saying: ReadonlySet<string> = new Set(['summary']);

export function monitorsOf({ monitors = [] }: CompiledPlan): NamedMonitor[] {
  return monitors.flatMap(({ config, ...monitor }) => {
    const known = monitorKinds.find(({ kind }) => kind === monitor.kind);
    return known ? [{ ...monitor, open: (environment) => known.open(config, environment) }] : [];
  });
}
