import { didYouMean } from '../model/did-you-mean.ts';
import type { CompiledElement } from '../model/compiled-plan.ts';
import type { Position, Problem } from '../model/errors.ts';
import { maxSteps } from '../model/limits.ts';
import type { ElementSyntax } from '../model/language.ts';
import type { Plan, PlanElement } from '../model/plan.ts';
import type { ReadBytes } from '../model/ports.ts';
import type { FunctionPart, Template, TemplatePart } from '../model/template.ts';
import { callMistake, writtenOut, type TemplateFunction } from '../template/functions/function.ts';
import { templateFunctions } from '../template/functions/index.ts';
import { parseTemplate, TemplateError } from '../template/parse.ts';
import { dryCallMistake } from './dry-call.ts';
import { foreignTemplate, foreignVariable } from './foreign-template.ts';
import { foldConstants } from './fold.ts';
import type { SecretNames } from './secret-names.ts';
import { plainTemplate } from '../template/secret-parts.ts';
import { RecordedMetrics } from './recorded-metrics.ts';
import type { MatrixCell } from './matrix-cell.ts';
import { Sweeps } from './sweeps.ts';
import type { LiveProperties } from './live-properties.ts';

/** A file that a plan reads while it runs, by its path from the plan's folder. */
export interface PlanFile {
  readonly path: string;
  readonly at: Position;
  /** A function reads it: it may be one that the plan writes before. */
  readonly byFunction?: true;
}

/** Looks for mistakes, in files too; `read` throws for a file that is not there, which is told elsewhere. */
export type LateCheck = (read: ReadBytes) => readonly Problem[];

/**
 * What is known while one plan is compiled: constants, the variables that exist, and the mistakes found so far.
 */
export class Compilation {
  readonly plan: Plan;
  readonly samplers: ReadonlyMap<string, ElementSyntax>;
  readonly problems: Problem[] = [];
  /** Files that the plan reads while it runs. */
  readonly files: PlanFile[] = [];
  /** Files that the plan writes while it runs; null for one that only the run knows. */
  readonly written = new Set<string | null>();
  readonly lateChecks: LateCheck[] = [];
  readonly metrics: RecordedMetrics;
  readonly sweeps = new Sweeps();
  readonly properties: Readonly<Record<string, string>>;
  readonly live: LiveProperties;
  readonly secretNames: SecretNames;
  /** What functions give that are called with secrets. */
  readonly madeOfSecrets = new Set<string>();
  /** False: parts of the plan are missing, and what they may explain is not a mistake. */
  readonly complete: boolean;
  /** Variables that something sets during the run. A `*` at the end stands for anything. */
  readonly #setLater: ReadonlySet<string>;
  readonly #positions = new WeakMap<object, Map<string | number, Position>>();
  readonly #elements = new WeakMap<PlanElement, CompiledElement>();
  #slots = 0;
  /** Beginnings of the names that a family such as `x_*` may have. */
  readonly #families: readonly string[];
  #elementSlots = 0;
  #constants: ReadonlyMap<string, string>;
  #cell: MatrixCell | null = null;
  readonly #setElsewhere: ReadonlySet<string>;
  readonly #slotsByKey = new Map<string, number>();
  #steps = 0;

  constructor(
    plan: Plan,
    samplers: ReadonlyMap<string, ElementSyntax>,
    known: {
      readonly constants: ReadonlyMap<string, string>;
      readonly properties: Readonly<Record<string, string>>;
      readonly live: LiveProperties;
      readonly secretNames: SecretNames;
      readonly setLater: ReadonlySet<string>;
      /** Without what is set only for the steps inside: parameters of flows, axes. */
      readonly setElsewhere: ReadonlySet<string>;
      readonly complete: boolean;
    },
  ) {
    this.plan = plan;
    this.metrics = new RecordedMetrics(plan.metrics);
    this.samplers = samplers;
    this.#constants = known.constants;
    this.#setElsewhere = known.setElsewhere;
    this.properties = known.properties;
    this.live = known.live;
    this.secretNames = known.secretNames;
    this.complete = known.complete;
    this.#setLater = known.setLater;
    this.#families = [...known.setLater]
      .filter((name) => name.endsWith('*'))
      .map((name) => name.slice(0, -1));
  }

  get slots(): number {
    return this.#slots;
  }

  get elementSlots(): number {
    return this.#elementSlots;
  }

  /** Variables whose value is known before the run and does not change in it; in a cell of a matrix, its own too. */
  get constants(): ReadonlyMap<string, string> {
    return this.#constants;
  }

  /** The cell of a matrix that is being compiled; null outside of any. */
  get cell(): MatrixCell | null {
    return this.#cell;
  }

  /** Compiles what stands in a cell of a matrix. */
  inCell<T>(cell: MatrixCell, compile: () => T): T {
    const [constants, outer] = [this.#constants, this.#cell];
    this.#cell = cell;
    try {
      return this.#with(new Map([...constants, ...cell.constants]), compile);
    } finally {
      this.#cell = outer;
    }
  }

  /** Compiles what stands where these variables are set by something else. */
  without<T>(names: readonly string[], compile: () => T): T {
    return this.#with(new Map([...this.#constants].filter(([name]) => !names.includes(name))), compile);
  }

  #with<T>(constants: ReadonlyMap<string, string>, compile: () => T): T {
    const outer = this.#constants;
    this.#constants = constants;
    try {
      return compile();
    } finally {
      this.#constants = outer;
    }
  }

  /** Whether something in the plan sets a variable of that name for all that follows. */
  isSetElsewhere(name: string): boolean {
    return this.#setElsewhere.has(name);
  }

  /** An element is compiled once, wherever it applies: what it counts or remembers is then the same everywhere. */
  element(written: PlanElement, compile: () => CompiledElement): CompiledElement {
    const own = this.#cell?.element(written, compile);
    if (own) return own;
    const known = this.#elements.get(written) ?? compile();
    this.#elements.set(written, known);
    return known;
  }

  /** A number for an element; elements with the same key share one. */
  elementSlot(key: string | null = null): number {
    const known = key === null ? undefined : this.#slotsByKey.get(key);
    if (known !== undefined) return known;
    const slot = this.#elementSlots++;
    if (key !== null) this.#slotsByKey.set(key, slot);
    return slot;
  }

  /** Counts one more step; false when there are too many, which is said once. */
  addStep(at: Position): boolean {
    this.#steps += 1;
    if (this.#steps === maxSteps + 1) {
      this.problem(`the plan has more than ${maxSteps} steps once its flows are put in place`, at);
    }
    return this.#steps <= maxSteps;
  }

  /** Notes a file; one that is named once and applies to many steps is noted once. */
  file(file: PlanFile): void {
    if (!this.files.some(({ path, at }) => path === file.path && samePlace(at, file.at)))
      this.files.push(file);
  }

  problem(message: string, at?: Position): void {
    const mistake: Problem = at ? { at, message } : { message };
    if (!this.problems.some((known) => known.message === message && samePlace(known.at, at))) {
      this.problems.push(mistake);
    }
  }

  /** Where a value of the author's stands, also after it was merged with others. */
  locate(node: object, key?: string | number): Position | undefined {
    return (
      (key === undefined ? undefined : this.#positions.get(node)?.get(key)) ?? this.plan.locate(node, key)
    );
  }

  /** Remembers where a merged value came from. */
  place(node: object, key: string, at: Position | undefined): void {
    if (!at) return;
    const places = this.#positions.get(node) ?? new Map<string | number, Position>();
    this.#positions.set(node, places.set(key, at));
  }

  readonly nextSlot = (): number => this.#slots++;

  /** Parses a text with holes, puts constants in, and notes every mistake in it. */
  template(text: string, at: Position | undefined): Template {
    return plainTemplate(this.maskable(text, at));
  }

  /** The same for a text that may be shown: the secrets in it are parts of their own. In an address braces are no text. */
  maskable(text: string, at: Position | undefined, isAddress = false): Template {
    const isKnown = (name: string) => this.isKnown(name);
    const foreign = /\{\{|#\{/.test(text) ? foreignTemplate(text, { isKnown, isAddress }) : null;
    if (foreign !== null) this.problem(foreign, at);
    try {
      return this.checked(parseTemplate(text, this.nextSlot), at);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      this.problem(`${error.message} in "${shortened(text)}"`, at);
      return '';
    }
  }

  /** Notes unknown variables and functions; puts constants in. */
  checked(template: Template, at: Position | undefined): Template {
    if (typeof template === 'string') return template;
    this.#checkParts(template, at);
    return foldConstants(template, this);
  }

  #checkParts(template: Template, at: Position | undefined): void {
    if (typeof template !== 'string') for (const part of template) this.#checkPart(part, at);
  }

  #checkPart(part: TemplatePart, at: Position | undefined): void {
    if (typeof part === 'string' || 'secret' in part) return;
    if (!('variable' in part || 'function' in part)) {
      for (const text of 'choice' in part ? part.among : part.joined) this.#checkParts(text, at);
      return;
    }
    if ('variable' in part) {
      if (this.complete && !this.isKnown(part.variable))
        this.problem(this.#unknownVariable(part.variable), at);
      return;
    }
    for (const argument of part.args) this.#checkParts(argument, at);
    this.#checkCall(part, at);
  }

  #checkCall(part: FunctionPart, at: Position | undefined): void {
    const known = templateFunctions.get(part.function);
    const args = part.args.map(this.#folded);
    const mistake = known
      ? (callMistake(known, args) ?? dryCallMistake(known, args))
      : unknownFunction(part.function);
    if (mistake !== null) this.problem(mistake, at);
    else if (known) this.#noteFiles(known, args, at);
    const pool = known?.namesPool === undefined ? undefined : part.args[known.namesPool];
    if (typeof pool === 'string') this.checkPool(pool.trim(), at);
  }

  /** Notes the files that a call reads and writes. */
  #noteFiles(called: TemplateFunction, args: readonly Template[], at: Position | undefined): void {
    const path = called.readsFile?.(args) ?? null;
    if (path !== null && at) this.file({ path, at, byFunction: true });
    if (called.writesFile !== undefined) this.written.add(writtenOut(args[called.writesFile]));
  }

  /** An argument with what is known before the run put in. */
  readonly #folded = (argument: Template): Template =>
    typeof argument === 'string' ? argument : foldConstants(argument, this);

  /** Notes a name that no pool has. */
  checkPool(name: string, at: Position | undefined): void {
    const known = this.plan.pools.map((pool) => pool.name);
    if (!this.complete || known.includes(name)) return;
    const hint = didYouMean(name, known) || ' Declare it under pools at the top of the plan.';
    this.problem(`there is no pool "${name}".${hint}`, at);
  }

  /** Notes a family of variables, such as ids_1, ids_2 …, that nothing sets. */
  checkFamily(name: string, at: Position | undefined): void {
    if (!this.complete || this.isKnown(`${name}_1`)) return;
    const known = [...this.#families].map((family) => family.replace(/_$/, ''));
    const hint = didYouMean(name, known) || ` An extractor with match: all does.`;
    this.problem(`nothing sets the variables "${name}_1", "${name}_2" ….${hint}`, at);
  }

  isKnown(variable: string): boolean {
    if (this.constants.has(variable) || this.#setLater.has(variable)) return true;
    if (this.#cell?.variables.has(variable)) return true;
    if (variable.startsWith('__jm__')) return true;
    return this.#families.some((family) => variable.startsWith(family));
  }

  /** Families such as `x_*` left out. */
  knownVariables(): string[] {
    return [...this.constants.keys(), ...this.#setLater].filter((one) => !one.endsWith('*'));
  }

  #unknownVariable(name: string): string {
    if (this.plan.properties.some((property) => property.name === name))
      return `the property "${name}" has no value in this run. Set it with -J${name}=…, by an environment of the plan, or give it a default.`;
    const hint = name.startsWith('sandbox.') && !this.plan.sandbox ? noSandbox(this.plan, name) : '';
    return `nothing sets the variable "${name}".${hint || foreignVariable(name) || didYouMean(name, this.knownVariables()) || ' Declare it under properties or variables, or extract it.'}`;
  }
}

function noSandbox({ environment, switches, properties }: Plan, variable: string): string {
  const chosenBy = switches.find((one) => one.environment === environment)?.property;
  const asks = properties.find(({ value }) => value?.includes(`\${${variable}}`))?.name ?? chosenBy;
  if (chosenBy) return ` The environment ${environment} starts no sandbox: set -J${asks}=… too.`;
  return ' Write `sandbox: true` in the plan to start the sandbox.';
}

/** Functions of JMeter's that run code of another language. */
const languages = new Set(['__BeanShell', '__groovy', '__javaScript', '__jexl', '__jexl2', '__jexl3']);

function unknownFunction(name: string): string {
  if (languages.has(name)) {
    return `${name} is not here: it runs code in a template. Write a comparison (in if, while, when), or a script step.`;
  }
  const hint = didYouMean(name, templateFunctions.keys()) || ' `plan docs functions` lists them.';
  return `unknown function "${name}".${hint}`;
}

function samePlace(a: Position | undefined, b: Position | undefined): boolean {
  return a?.file === b?.file && a?.line === b?.line && a?.column === b?.column;
}

export function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** `plans/a.yaml:12:5`. */
export function placeText(at: Position): string {
  return `${at.file}:${at.line}:${at.column}`;
}
