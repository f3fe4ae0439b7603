import type { Axis } from '../model/axis.ts';
import type { CompiledSweep } from '../model/sweep.ts';

/** The matrices of a plan while it is compiled. */
export class Sweeps {
  readonly #byText = new Map<string, CompiledSweep>();

  /** Gives what is wrong with it beside the others, or null. */
  add(sweep: CompiledSweep): string | null {
    this.#byText.set(JSON.stringify(sweep), sweep);
    const sizes = new Map<string, number | null>();
    const axes = this.all().flatMap((one) => one.axes);
    const all = axes.flatMap(({ name, values }) => values.map((value) => ({ ...value, axis: name })));
    for (const { axis, name, magnitude } of all) {
      const key = `${axis} "${name}"`;
      if (sizes.has(key) && sizes.get(key) !== magnitude)
        return `${key} has another magnitude in another matrix. Call one of the axes otherwise.`;
      sizes.set(key, magnitude);
    }
    return null;
  }

  /** Whether an axis sets a variable of that name in its cells. */
  sets(variable: string): boolean {
    const [name] = variable.split('.');
    return this.all().some(({ axes }) => axes.some((axis) => axis.name === name));
  }

  all(): CompiledSweep[] {
    return [...this.#byText.values()];
  }
}

/** The axes of all matrices, those of the same name together. */
export function axesOf(sweeps: readonly CompiledSweep[]): Axis[] {
  const axes = new Map<string, Axis>();
  for (const { name, values } of sweeps.flatMap((sweep) => sweep.axes)) {
    const known = axes.get(name)?.values ?? [];
    const more = values.filter((value) => !known.some((one) => one.name === value.name));
    axes.set(name, { name, values: [...known, ...more] });
  }
  return [...axes.values()];
}
