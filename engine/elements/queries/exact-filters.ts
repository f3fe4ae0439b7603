import { jsonpath, JSONPathNodeList, type JSONPathQuery } from 'json-p3';
import { compareNumbers, isNumber, sameJson } from '../../json/compare-json.ts';
import { exactNumber, isExactNumber, type ExactJson, type ExactNumber } from '../../json/exact-number.ts';

const { compare, FilterQuery, FunctionExtension, InfixExpression, LogicalExpression } = jsonpath.expressions;
const { NumberLiteral, PrefixExpression } = jsonpath.expressions;
type FilterExpression = InstanceType<typeof InfixExpression>['left'];
type FilterContext = Parameters<FilterExpression['evaluate']>[0];
type Comparison = InstanceType<typeof InfixExpression>;

/** Lets the filters of a path compare numbers with all their digits; values without such numbers, as the package does. */
export function compareExactly(query: JSONPathQuery): JSONPathQuery {
  for (const { selectors } of query.segments) {
    for (const selector of selectors) {
      if (selector instanceof jsonpath.selectors.FilterSelector) visit(selector.expression);
    }
  }
  return query;
}

function visit(expression: FilterExpression): void {
  if (expression instanceof LogicalExpression) visit(expression.expression);
  else if (expression instanceof PrefixExpression) visit(expression.right);
  else if (expression instanceof FunctionExtension) expression.args.forEach(visit);
  else if (expression instanceof FilterQuery) compareExactly(expression.path);
  else if (expression instanceof InfixExpression) {
    visit(expression.left);
    visit(expression.right);
    if (!expression.logical) replaceComparison(expression);
  }
}

function replaceComparison(comparison: Comparison): void {
  const [left, right] = [operand(comparison.left), operand(comparison.right)];
  const { operator } = comparison;
  comparison.evaluate = (context) => {
    const [a, b] = [left(context), right(context)];
    return isExact(a) || isExact(b) ? compared(a, operator, b) : compare(a, operator, b);
  };
}

/** A literal keeps the digits that the author wrote. */
function operand(expression: FilterExpression): (context: FilterContext) => unknown {
  if (expression instanceof NumberLiteral) {
    const { value, token } = expression;
    const literal = String(value) === token.value ? value : exactNumber(token.value);
    return () => literal;
  }
  return (context) => {
    const value = expression.evaluate(context);
    return value instanceof JSONPathNodeList && value.nodes.length === 1 ? value.nodes[0]?.value : value;
  };
}

/** What the package does not compare rightly: such a number, and what may hold one. */
function isExact(value: unknown): value is ExactNumber | ExactJson[] | { [key: string]: ExactJson } {
  if (isExactNumber(value) || Array.isArray(value)) return true;
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function compared(left: unknown, operator: string, right: unknown): boolean {
  const order = isNumber(left) && isNumber(right) ? compareNumbers(left, right) : NaN;
  const same = order === 0 || (isJson(left) && isJson(right) && sameJson(left, right));
  return holds[operator]?.(order, same) ?? false;
}

const holds: Readonly<Record<string, (order: number, same: boolean) => boolean>> = {
  '==': (_, same) => same,
  '!=': (_, same) => !same,
  '<': (order) => order < 0,
  '>': (order) => order > 0,
  '<=': (order, same) => order < 0 || same,
  '>=': (order, same) => order > 0 || same,
};

/** Not what the package has for nothing found. */
function isJson(value: unknown): value is ExactJson {
  if (isNumber(value) || Array.isArray(value) || value === null) return true;
  return typeof value === 'string' || typeof value === 'boolean' || isExact(value);
}
