/** A module that is loaded only for plans that use it: the parsers together take 150 ms of a start. */
export interface OnDemand<T> {
  readonly load: () => Promise<void>;
  /** The module; throws when it was not loaded, which is a defect. */
  readonly use: T;
}

export function onDemand<T>(load: () => Promise<T>): OnDemand<T> {
  let loaded: T | undefined;
  return {
    load: async () => {
      loaded ??= await load();
    },
    get use() {
      if (loaded === undefined) throw new Error('a parser was used before it was loaded');
      return loaded;
    },
  };
}
