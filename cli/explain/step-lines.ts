import type {
  CompiledController,
  CompiledElement,
  CompiledSampler,
  CompiledStep,
} from '../../engine/model/compiled-plan.ts';
import { masked } from '../../engine/model/masked.ts';
import { cellText, sweepText } from './sweep-text.ts';
import type { Choice, Condition, ConfigNode, Template } from '../../engine/model/template.ts';

/** Steps in long form, indented: every key with the value it has once scope is in. */
export function stepLines(steps: readonly CompiledStep[], depth: number): string[] {
  return steps.flatMap((step) =>
    step.type === 'sampler' ? samplerLines(step, depth) : controllerLines(step, depth),
  );
}

function samplerLines(step: CompiledSampler, depth: number): string[] {
  const indent = '  '.repeat(depth + 1);
  const tags = Object.entries(step.tags).map(([key, value]) => `${key}=${value}`);
  return [
    `${'  '.repeat(depth)}${step.sampler}: ${templateText(step.label)}`,
    ...ownLine(indent, configText(step.config)),
    ...(tags.length > 0 ? [`${indent}tags ${tags.join(', ')}`] : []),
    ...(step.expect ? [`${indent}expect ${step.expect.join(', ')}`] : []),
    ...step.before.map((one) => `${indent}before ${elementText(one)}`),
    ...step.timers.map((one) => `${indent}timer ${elementText(one)}`),
    ...step.extractors.map((one) => `${indent}extract ${one.variable}: ${elementText(one)}`),
    ...step.after.map((one) => `${indent}after ${elementText(one)}`),
    ...step.assertions.map((one) => `${indent}assert ${elementText(one)}`),
    ...step.checks.map(({ name, assertion }) => `${indent}check "${name}": ${elementText(assertion)}`),
    ...(step.export.length > 0 ? [`${indent}export ${step.export.join(', ')}`] : []),
  ];
}

/** Nothing for what has no options of its own. */
function ownLine(indent: string, text: string): string[] {
  return text === '{}' || text === '{  }' ? [] : [indent + text];
}

function controllerLines(step: CompiledController, depth: number): string[] {
  if (step.controller === 'matrix') return matrixLines(step, depth);
  const indent = '  '.repeat(depth);
  const [own = ''] = ownLine(' ', configText(step.config));
  const head = step.branches.length > 0 ? '' : own;
  return [
    `${indent}${step.controller}${head}`,
    ...step.data.map((one) => `${indent}  data ${elementText(one)}`),
    ...stepLines(step.steps, depth + 1),
    ...step.branches.flatMap((branch) => [
      `${indent}  - ${configText(branch.config)}`,
      ...stepLines(branch.steps, depth + 2),
    ]),
  ];
}

/** Rounds and samples, every cell, and the steps of the first in long form: the others differ in what the axes set. */
function matrixLines(step: CompiledController, depth: number): string[] {
  const indent = '  '.repeat(depth);
  const [first] = step.branches;
  return [
    `${indent}matrix ${templateText(step.label)} ${configText(step.config)}`,
    `${indent}  ${sweepText(step)}`,
    ...step.data.map((one) => `${indent}  data ${elementText(one)}`),
    ...step.branches.map(({ config }) => `${indent}  - ${cellText(config)}`),
    `${indent}  steps of the first cell`,
    ...stepLines(first?.steps ?? [], depth + 2),
  ];
}

function elementText({ config }: CompiledElement): string {
  return configText(config);
}

/** `{ method: GET, path: /issues/${id} }`. */
export function configText(node: ConfigNode): string {
  if ('constant' in node) return constantText('shown' in node ? node.shown : node.constant);
  if ('text' in node) return templateText(node.text);
  if ('condition' in node) return conditionText(node.condition);
  if ('choice' in node) return choiceText(node.choice, node.among.map(configText));
  if ('list' in node) return `[${node.list.map(configText).join(', ')}]`;
  return `{ ${node.object.map(([key, inner]) => `${key}: ${configText(inner)}`).join(', ')} }`;
}

function constantText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(constantText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => `${key}: ${constantText(inner)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return String(value);
}

export function templateText(template: Template): string {
  if (typeof template === 'string') return template;
  return template
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('secret' in part) return masked;
      if ('choice' in part) return choiceText(part.choice, part.among.map(templateText));
      if ('joined' in part) return part.joined.map(templateText).join(part.separator);
      if ('variable' in part) return `\${${part.variable}}`;
      if (part.masked) return `\${${part.function}(${masked})}`;
      return `\${${part.function}${part.args.length > 0 ? `(${part.args.map(templateText).join(',')})` : ''}}`;
    })
    .join('');
}

/** `⟨30%: …⟩`, `⟨if …: …⟩` or `⟨${type} GCS: … | else: …⟩`. */
function choiceText(choice: Choice, among: readonly string[]): string {
  const [first = ''] = among;
  if ('chance' in choice) return `⟨${templateText(choice.chance)}: ${first}⟩`;
  if ('when' in choice) return `⟨if ${conditionText(choice.when)}: ${first}⟩`;
  const cases = among.map((text, index) => `${choice.cases[index] ?? 'else'}: ${text}`);
  return `⟨${templateText(choice.switch)} ${cases.join(' | ')}⟩`;
}

function conditionText(condition: Condition): string {
  if ('literal' in condition) return JSON.stringify(condition.literal);
  if ('template' in condition) return templateText(condition.template);
  const [first, second] = condition.operands.map(conditionText);
  return second === undefined
    ? `${condition.operator}${first ?? ''}`
    : `(${first ?? ''} ${condition.operator} ${second})`;
}
