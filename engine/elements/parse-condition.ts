import jsep, { type Expression } from 'jsep';
import {
  conditionOperators,
  type Condition,
  type ConditionOperator,
  type TemplatePart,
} from '../model/template.ts';
import { parseTemplate } from '../template/parse.ts';

/** What is wrong with a condition, as a sentence. */
export class ConditionError extends Error {}

// Holes stand in the text as one identifier each, between characters of Unicode's private use.
const holeStart = '\uE000';
const holeEnd = '\uE001';
const holePattern = /\uE000(\d+)\uE001/;

/**
 * Parses a JavaScript comparison over `${variables}`: literals, `&& || !`, comparisons, arithmetic, parentheses.
 *
 * The value of a variable never becomes code. Throws a `ConditionError`, or the template's own error.
 */
export function parseCondition(text: string, nextSlot: () => number): Condition {
  const template = parseTemplate(text, nextSlot);
  const parts = typeof template === 'string' ? [template] : template;
  const code = parts
    .map((part, index) => (typeof part === 'string' ? part : `${holeStart}${index}${holeEnd}`))
    .join('');
  let tree: Expression;
  try {
    tree = jsep(code);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/ at character \d+$/, '') : String(error);
    throw new ConditionError(`"${text}" is not a comparison: ${readable(reason, parts)}`);
  }
  return condition(tree, parts, text);
}

function condition(node: Expression, parts: readonly TemplatePart[], text: string): Condition {
  const inner = (value: unknown) => condition(expression(value), parts, text);
  switch (node.type) {
    case 'Literal':
      return literal(node['value'], node['raw'], parts);
    case 'Identifier':
      return identifier(word(node['name']), parts, text);
    case 'UnaryExpression':
      return { operator: operator(node, ['!', '-'], text), operands: [inner(node['argument'])] };
    case 'BinaryExpression':
    case 'LogicalExpression':
      return {
        operator: operator(node, conditionOperators, text),
        operands: [inner(node['left']), inner(node['right'])],
      };
    default:
      throw new ConditionError(
        `"${text}" is more than a comparison. Use variables, texts, numbers, && || ! and == != < <= > >=.`,
      );
  }
}

/** A text may hold variables: `'${x}' == 'a'`. A number that a double would change stays text, which compares as a number. */
function literal(value: unknown, raw: unknown, parts: readonly TemplatePart[]): Condition {
  if (typeof value === 'number' && String(value) !== raw) return { template: word(raw) };
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return { literal: value };
  const pieces = word(value).split(holePattern);
  if (pieces.length === 1) return { literal: word(value) };
  const template = pieces.map((piece, index) => (index % 2 === 0 ? piece : (parts[Number(piece)] ?? '')));
  return { template: template.filter((piece) => piece !== '') };
}

function identifier(name: string, parts: readonly TemplatePart[], text: string): Condition {
  const hole = parts[Number(holePattern.exec(name)?.[1])];
  if (hole !== undefined && name.startsWith(holeStart) && name.endsWith(holeEnd)) return { template: [hole] };
  throw new ConditionError(
    `"${text}" uses the bare word ${readable(name, parts)}. Write \${${name}} for a variable, or '${name}' for a text.`,
  );
}

function operator(node: Expression, allowed: readonly ConditionOperator[], text: string): ConditionOperator {
  const found = allowed.find((one) => one === node['operator']);
  if (!found)
    throw new ConditionError(
      `"${text}" uses the operator ${word(node['operator'])}, which conditions do not have.`,
    );
  return found;
}

function expression(value: unknown): Expression {
  if (typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string') {
    return { ...value, type: value.type };
  }
  throw new ConditionError('incomplete comparison');
}

function readable(text: string, parts: readonly TemplatePart[]): string {
  return text.replaceAll(new RegExp(holePattern, 'g'), (_, index: string) => {
    const part = parts[Number(index)];
    return typeof part === 'object' && 'variable' in part ? `\${${part.variable}}` : '${…}';
  });
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
