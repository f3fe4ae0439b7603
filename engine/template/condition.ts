import type { Condition, ConditionOperator, Template } from '../model/template.ts';
import type { Render, RenderScope } from './scope.ts';

type Value = string | number | boolean | null;
type Evaluate = (scope: RenderScope) => Value;

/**
 * Turns a condition into a function, once per worker.
 *
 * Values are text unless written as numbers. `==` and `<` compare as numbers when both sides are numbers or
 * look like them, else as text. `+` adds numbers and joins text. False are: the empty text, `false`, `0`, `null`.
 */
export function conditionRenderer(
  condition: Condition,
  render: (template: Template) => Render,
): (scope: RenderScope) => boolean {
  const evaluate = evaluator(condition, render);
  return (scope) => isTrue(evaluate(scope));
}

function evaluator(condition: Condition, render: (template: Template) => Render): Evaluate {
  if ('literal' in condition) return () => condition.literal;
  if ('template' in condition) return templateValue(condition.template, render);
  const [first = () => null, second] = condition.operands.map((operand) => evaluator(operand, render));
  const { operator } = condition;
  if (operator === '!') return (scope) => !isTrue(first(scope));
  if (!second) return (scope) => -toNumber(first(scope));
  if (operator === '&&') return (scope) => isTrue(first(scope)) && isTrue(second(scope));
  if (operator === '||') return (scope) => isTrue(first(scope)) || isTrue(second(scope));
  const apply = binary[operator];
  return (scope) => apply(first(scope), second(scope));
}

/** A lone variable that is not set is the empty text; inside longer text, too. */
function templateValue(template: Template, render: (template: Template) => Render): Evaluate {
  if (typeof template === 'string') return () => template;
  const pieces = template.map((part): Evaluate => {
    if (typeof part === 'string') return () => part;
    if ('variable' in part) return (scope) => scope.get(part.variable) ?? '';
    return render([part]);
  });
  const [only, more] = pieces;
  if (only && !more) return only;
  return (scope) => pieces.map((piece) => piece(scope)).join('');
}

const binary: Readonly<
  Record<Exclude<ConditionOperator, '!' | '&&' | '||'>, (left: Value, right: Value) => Value>
> = {
  '==': (left, right) => compare(left, right) === 0,
  '===': (left, right) => compare(left, right) === 0,
  '!=': (left, right) => compare(left, right) !== 0,
  '!==': (left, right) => compare(left, right) !== 0,
  '<': (left, right) => compare(left, right) < 0,
  '<=': (left, right) => compare(left, right) <= 0,
  '>': (left, right) => compare(left, right) > 0,
  '>=': (left, right) => compare(left, right) >= 0,
  '+': (left, right) =>
    looksNumeric(left) && looksNumeric(right)
      ? toNumber(left) + toNumber(right)
      : toText(left) + toText(right),
  '-': (left, right) => toNumber(left) - toNumber(right),
  '*': (left, right) => toNumber(left) * toNumber(right),
  '/': (left, right) => toNumber(left) / toNumber(right),
  '%': (left, right) => toNumber(left) % toNumber(right),
};

/** Negative, zero or positive; NaN (so every comparison but `!=` is false) when a number is not one. */
function compare(left: Value, right: Value): number {
  if (looksNumeric(left) && looksNumeric(right)) return toNumber(left) - toNumber(right);
  const [a, b] = [toText(left), toText(right)];
  return a === b ? 0 : a < b ? -1 : 1;
}

function looksNumeric(value: Value): boolean {
  return (
    typeof value === 'number' ||
    (typeof value === 'string' && /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(value))
  );
}

function toNumber(value: Value): number {
  return typeof value === 'number' ? value : looksNumeric(value) ? Number(value) : NaN;
}

function toText(value: Value): string {
  return value === null ? '' : String(value);
}

function isTrue(value: Value): boolean {
  return (
    value !== null &&
    value !== '' &&
    value !== 'false' &&
    value !== false &&
    !(looksNumeric(value) && toNumber(value) === 0)
  );
}
