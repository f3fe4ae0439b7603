import { ConditionError, parseCondition } from '../elements/parse-condition.ts';
import type { Position } from '../model/errors.ts';
import type { Condition } from '../model/template.ts';
import { TemplateError } from '../template/parse.ts';
import { type Compilation } from './compilation.ts';

/** A comparison of the author's, parsed and checked, constants put in. Mistakes are noted in the compilation. */
export function compileCondition(
  value: unknown,
  at: Position | undefined,
  compilation: Compilation,
): Condition {
  if (typeof value !== 'string') return { literal: value === true };
  try {
    return checkedCondition(parseCondition(value, compilation.nextSlot), at, compilation);
  } catch (error) {
    if (!(error instanceof ConditionError) && !(error instanceof TemplateError)) throw error;
    compilation.problem(error.message, at);
    return { literal: false };
  }
}

function checkedCondition(
  condition: Condition,
  at: Position | undefined,
  compilation: Compilation,
): Condition {
  if ('template' in condition) return { template: compilation.checked(condition.template, at) };
  if ('literal' in condition) return condition;
  return {
    ...condition,
    operands: condition.operands.map((operand) => checkedCondition(operand, at, compilation)),
  };
}
