import type { World } from './world.ts';

const ofWorlds = new WeakMap<World, Map<string, Promise<void>>>();

/** Takes a lock of this worker by its name, first come, first served; gives what releases it. */
export async function takeLock(world: World, name: string): Promise<() => void> {
  const queues = ofWorlds.get(world) ?? new Map<string, Promise<void>>();
  ofWorlds.set(world, queues);
  const before = queues.get(name);
  let release: () => void = () => undefined;
  const mine = new Promise<void>((resolve) => (release = resolve));
  queues.set(name, mine);
  await before;
  return () => {
    if (queues.get(name) === mine) queues.delete(name);
    release();
  };
}
