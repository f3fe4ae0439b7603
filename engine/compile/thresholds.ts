import type { PlanThreshold } from '../model/plan.ts';
import type { TemplatePart } from '../model/template.ts';
import { holdsSecret } from '../template/secret-parts.ts';
import type { Compilation } from './compilation.ts';

/** A threshold whose text is known. */
export interface KnownThreshold extends PlanThreshold {
  /** What the author wrote, where that has holes. */
  readonly template?: string;
}

/** The thresholds of a plan, with what is known before the run put in. What is not known then is a mistake. */
export function compileThresholds(compilation: Compilation): KnownThreshold[] {
  return compilation.plan.thresholds.flatMap((written): KnownThreshold[] => {
    const { text, at } = written;
    if (!text.includes('${')) return [written];
    const earlier = compilation.problems.length;
    // Quotes of a selector have backslashes of their own, which a template would take away.
    const known = compilation.maskable(text.replace(/\\(?!\$)/g, '\\\\'), at);
    if (holdsSecret(known)) compilation.problem(secretIn(text), at);
    if (compilation.problems.length > earlier) return [];
    if (typeof known === 'string') return [{ ...written, text: known, template: text }];
    if (compilation.complete) compilation.problem(notKnown(text, known), at);
    return [];
  });
}

function secretIn(text: string): string {
  return `threshold "${text}": it holds a secret, and thresholds stand in every report. Use properties that are not secret.`;
}

function notKnown(text: string, parts: readonly TemplatePart[]): string {
  const holes = parts.flatMap((part) => {
    if (typeof part === 'string') return [];
    return 'variable' in part ? [`\${${part.variable}}`] : 'function' in part ? [part.function] : [];
  });
  const what = [...new Set(holes)].join(', ') || 'part of it';
  return `threshold "${text}": ${what} is not known before the run. Use properties and variables that nothing changes while the plan runs.`;
}
