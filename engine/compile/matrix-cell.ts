import type { AxisValue, Cell } from '../model/axis.ts';
import type { CompiledElement } from '../model/compiled-plan.ts';
import type { SweepStep } from '../model/sweep.ts';
import type { PlanElement } from '../model/plan.ts';
import type { ConfigNode, Template } from '../model/template.ts';

/** An axis of a matrix, with what each of its values stands for. */
export interface WrittenAxis {
  readonly name: string;
  readonly values: readonly WrittenValue[];
}

export interface WrittenValue extends AxisValue {
  /** `size`, `size.magnitude`, `size.file` …: the variables of a cell with this value. */
  readonly variables: ReadonlyMap<string, Template>;
}

/** The cell of a matrix whose steps are being compiled: what is known in it, and how it shows in labels. */
export class MatrixCell {
  readonly cell: Cell;
  /** Its variables that are known before the run. */
  readonly constants: ReadonlyMap<string, string>;
  /** All of them. */
  readonly variables: ReadonlyMap<string, Template>;
  readonly #elements = new WeakMap<PlanElement, CompiledElement>();
  readonly #mentions: ReadonlyMap<string, RegExp>;

  constructor(cell: Cell, axes: readonly WrittenAxis[]) {
    this.cell = cell;
    this.variables = new Map(
      axes.flatMap(({ name, values }) => [
        ...(values.find((value) => value.name === cell[name])?.variables ?? []),
      ]),
    );
    this.constants = new Map(
      [...this.variables].flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
    );
    this.#mentions = new Map(axes.map(({ name }) => [name, new RegExp(`\\$\\{${name}(\\.[^}]*)?\\}`, 'g')]));
  }

  /** An element that mentions an axis is another one in each cell; null: it mentions none. */
  element(written: PlanElement, compile: () => CompiledElement): CompiledElement | null {
    const text = JSON.stringify(written.config);
    if (![...this.#mentions.values()].some((pattern) => text.search(pattern) >= 0)) return null;
    const known = this.#elements.get(written) ?? compile();
    this.#elements.set(written, known);
    return known;
  }

  /** Its steps whose label is known. */
  readonly steps: SweepStep[] = [];

  /** The label with the values of the axes that its text does not mention: `Upload [small csv]`. */
  labelled(label: Template, text: string, kind: SweepStep['kind'] = 'sample'): Template {
    const own = this.#withValues(label, text);
    const isNoted = this.steps.some((one) => one.label === own && one.kind === kind);
    if (typeof own === 'string' && !isNoted) {
      this.steps.push({ step: this.#withoutAxes(text), label: own, kind });
    }
    return own;
  }

  #withoutAxes(text: string): string {
    const plain = [...this.#mentions.values()].reduce((rest, pattern) => rest.replaceAll(pattern, ''), text);
    return plain.replaceAll(/\s+/g, ' ').trim() || text;
  }

  #withValues(label: Template, text: string): Template {
    const silent = [...this.#mentions].filter(([, pattern]) => text.search(pattern) < 0);
    const values = silent.map(([axis]) => this.cell[axis] ?? '');
    if (values.length === 0) return label;
    const suffix = ` [${values.join(' ')}]`;
    return typeof label === 'string' ? label + suffix : [...label, suffix];
  }

  /** The configuration of the branch that the cell becomes. */
  config(): ConfigNode {
    const variables = [...this.variables].map(([name, text]): [string, ConfigNode] => [
      name,
      typeof text === 'string' ? { constant: text } : { text, as: 'string', path: name },
    ]);
    return {
      object: [
        ['cell', { constant: this.cell }],
        ['variables', { object: variables }],
      ],
    };
  }
}
