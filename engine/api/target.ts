import type { Plan } from '../model/plan.ts';

type Described = Pick<Plan, 'sandbox' | 'environment' | 'switches' | 'properties'>;

/** What a plan runs against: `the embedded sandbox`, `project (project_id=my-project)`. Null: the plan does not say. */
export function targetOf({ sandbox, environment, switches, properties }: Described): string | null {
  if (sandbox) return 'the embedded sandbox';
  if (environment === null) return null;
  const chosenBy = switches.find((one) => one.environment === environment)?.property;
  const property = properties.find(({ name }) => name === chosenBy);
  if (!property?.value || property.from === 'default') return environment;
  return `${environment} (${property.name}=${property.secret ? '***' : property.value})`;
}

/** ` on the embedded sandbox`, ` in project (project_id=my-project)`; empty if unsaid. */
export function whereText(plan: Described): string {
  const target = targetOf(plan);
  return target === null ? '' : ` ${plan.sandbox ? 'on' : 'in'} ${target}`;
}

/** The same with what would lead elsewhere: ` on the embedded sandbox (-Jproject_id=… runs it in project)`, ` in project (project_id=my-project)`; empty if unsaid. */
export function targetText(plan: Described): string {
  if (!plan.sandbox) return whereText(plan);
  const others = plan.switches.filter(({ environment }) => environment !== plan.environment);
  const hints = others.map(({ property, environment }) => `-J${property}=… runs it in ${environment}`);
  return `${whereText(plan)}${hints.length > 0 ? ` (${hints.join(', ')})` : ''}`;
}
