import { compareDecimals } from '../json/compare-decimals.ts';
import type { Condition, ConditionOperator, Template } from '../model/template.ts';
import type { Render, RenderScope } from './scope.ts';

type Value = string | number | boolean | null;
type Evaluate = (scope: RenderScope) => Value;

/**
 * Turns a condition into a function, once per worker.
 *
 * Values are text unless written as numbers. `==` and `<` compare as numbers, with all their digits, when both sides are
 * numbers or look like them, else as text. `+` adds numbers and joins text; sums and products of whole numbers are
 * exact. False are: the empty text, `false`, `0`, `null`.
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
  if (!second) return (scope) => calculate('-', 0, first(scope));
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
    looksNumeric(left) && looksNumeric(right) ? calculate('+', left, right) : toText(left) + toText(right),
  '-': (left, right) => calculate('-', left, right),
  '*': (left, right) => calculate('*', left, right),
  '/': (left, right) => toNumber(left) / toNumber(right),
  '%': (left, right) => calculate('%', left, right),
};

/** Negative, zero or positive. Where two numbers are the same double, their digits decide. */
function compare(left: Value, right: Value): number {
  const [a, b] = [toText(left), toText(right)];
  if (!looksNumeric(left) || !looksNumeric(right)) return a === b ? 0 : a < b ? -1 : 1;
  const [x, y] = [Number(left), Number(right)];
  if (x !== y) return x - y;
  return a === b ? 0 : compareDecimals(a, b);
}

/** In doubles, or in whole numbers without a limit where a double would lose a digit. */
function calculate(operator: keyof typeof inDoubles, left: Value, right: Value): Value {
  const [a, b] = [toNumber(left), toNumber(right)];
  const result = inDoubles[operator](a, b);
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b) && Number.isSafeInteger(result)) return result;
  if (!isWhole(left) || !isWhole(right) || (operator === '%' && b === 0)) return result;
  const [n, m] = [wholeNumber(left), wholeNumber(right)];
  return String(inWholeNumbers[operator](n, m));
}

const inDoubles = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '%': (a: number, b: number) => a % b,
};

const inWholeNumbers = {
  '+': (a: bigint, b: bigint) => a + b,
  '-': (a: bigint, b: bigint) => a - b,
  '*': (a: bigint, b: bigint) => a * b,
  '%': (a: bigint, b: bigint) => a % b,
};

function isWhole(value: Value): boolean {
  return typeof value === 'number' ? Number.isInteger(value) : /^\s*[-+]?\d+\s*$/.test(toText(value));
}

function wholeNumber(value: Value): bigint {
  return BigInt(toText(value).trim().replace(/^\+/, ''));
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
