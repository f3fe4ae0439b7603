import type { Plan } from '../model/plan.ts';
import type { FunctionPart, Template, TemplatePart } from '../model/template.ts';
import { templateFunctions } from '../template/functions/index.ts';
import { parseTemplate, TemplateError } from '../template/parse.ts';
import { settingsOf } from './settings.ts';

/** Variables and properties whose values are secrets, or are made of them. */
export interface SecretNames {
  readonly variables: ReadonlySet<string>;
  readonly properties: ReadonlySet<string>;
}

/**
 * The names under which secrets go about in a plan: properties with `secret: true`, and whatever a template sets from
 * them before the run or in it. By name, wherever it is set: a name is secret as soon as one place makes it so.
 */
export function secretNames(plan: Plan): SecretNames {
  const properties = new Set(plan.properties.flatMap(({ name, secret }) => (secret ? [name] : [])));
  const names = { properties, variables: new Set(properties) };
  if (properties.size === 0) return names;
  const settings = [...settingsOf(plan)];
  for (let before = -1; before < sizeOf(names);) {
    before = sizeOf(names);
    for (const { from, variables = [], property } of settings) {
      if (!from.some((text) => mentions(text, names))) continue;
      for (const name of variables) names.variables.add(name);
      if (property !== undefined) names.properties.add(property);
    }
  }
  return names;
}

function sizeOf({ variables, properties }: SecretNames): number {
  return variables.size + properties.size;
}

function mentions(text: string, names: SecretNames): boolean {
  try {
    return isMadeOfAny(
      parseTemplate(text, () => 0),
      names,
    );
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return false;
  }
}

function isMadeOfAny(template: Template, names: SecretNames): boolean {
  return typeof template !== 'string' && template.some((part) => isMadeOf(part, names));
}

/** Functions that read the variable whose name they are given. */
const readsVariable: ReadonlySet<string> = new Set(['__V', '__evalVar']);

/** Whether what a part gives is made of a secret. Of a choice, the texts say so themselves. */
export function isMadeOf(part: TemplatePart, names: SecretNames): boolean {
  if (typeof part === 'string' || 'choice' in part || 'joined' in part) return false;
  if ('secret' in part) return true;
  return 'variable' in part ? names.variables.has(part.variable) : isCallOnSecret(part, names);
}

function isCallOnSecret({ function: name, args }: FunctionPart, names: SecretNames): boolean {
  const place = templateFunctions.get(name)?.readsProperty;
  const isRead = (argument: Template | undefined, among: ReadonlySet<string>) =>
    typeof argument === 'string' && among.has(argument.trim());
  if (place !== undefined && isRead(args[place], names.properties)) return true;
  if (readsVariable.has(name) && isRead(args[0], names.variables)) return true;
  return args.some((argument) => isMadeOfAny(argument, names));
}
