import type { Carried } from '../model/carried.ts';
import type { CompiledListener } from '../model/compiled-plan.ts';
import { didYouMean } from '../model/did-you-mean.ts';
import type { Position } from '../model/errors.ts';
import type { ElementSyntax } from '../model/language.ts';
import { type Compilation } from './compilation.ts';
import { knownOptions } from './known-options.ts';

/** The listeners of a plan, and what samples carry for them. */
export interface CompiledListeners {
  readonly listeners: readonly CompiledListener[];
  readonly carried?: Carried;
  readonly showsSums?: true;
}

/** Listeners have no user: their configuration is known before the run. */
export function compileListeners(
  compilation: Compilation,
  kinds: readonly ElementSyntax[],
): CompiledListeners {
  const places = new Map([
    ['run.json', 'the result of the run'],
    ['plan.yaml', 'the copy of the plan'],
  ]);
  const compiled = compilation.plan.listeners.map(({ kind, config: written, at }) => {
    const syntax = kinds.find((one) => one.kind === kind);
    const place = compilation.locate(written) ?? at;
    const config = knownOptions({ what: `listener ${kind}`, written, at: place }, syntax, compilation) ?? {};
    noteFile({ kind, config, at: place }, places, compilation);
    return {
      listener: { kind, config },
      showsSums: syntax?.showsSums ?? false,
      carried: carriedFor(syntax, { config, at: place }, compilation),
    };
  });
  const listeners = compiled.map(({ listener }) => listener);
  const variables = new Set(compiled.flatMap(({ carried }) => carried.variables ?? []));
  const contents = compiled.flatMap(({ carried }) => carried.contents ?? []);
  return {
    listeners,
    ...(compiled.some(({ showsSums }) => showsSums) && { showsSums: true }),
    ...(variables.size + contents.length > 0 && { carried: { variables: [...variables], contents } }),
  };
}

/** What samples are to carry for a listener; nothing for one with a mistake, which is noted. */
function carriedFor(
  syntax: ElementSyntax | undefined,
  { config, at }: Pick<CompiledListener, 'config'> & { readonly at: Position },
  compilation: Compilation,
): Partial<Carried> {
  const mistake = syntax?.check?.(config, compilation.complete) ?? null;
  if (mistake) {
    compilation.problem(mistake, at);
    return {};
  }
  const carried = syntax?.carries?.(config) ?? {};
  for (const name of carried.variables ?? []) checkVariable(name, at, compilation);
  return carried;
}

/** Two listeners must not write the same file or folder: `file` and `folder` are names inside the results folder. */
function noteFile(
  { kind, config, at }: CompiledListener & { readonly at: Position },
  places: Map<string, string>,
  compilation: Compilation,
): void {
  const place = config['file'] ?? config['folder'];
  if (typeof place !== 'string') return;
  const other = places.get(place);
  if (other !== undefined) {
    const key = config['file'] === undefined ? 'folder' : 'file';
    compilation.problem(`${place} is taken by ${other}: give the listener ${kind} another ${key}`, at);
  }
  places.set(place, `the listener ${kind}`);
}

function checkVariable(name: string, at: Position, compilation: Compilation): void {
  if (!compilation.complete || compilation.isKnown(name) || compilation.sweeps.sets(name)) return;
  const near = didYouMean(name, compilation.knownVariables());
  compilation.problem(`nothing sets the variable "${name}", which samples are to carry.${near}`, at);
}
