import { extractors } from '../elements/index.ts';
import type { CompiledElement } from '../model/compiled-plan.ts';
import { elementConfig } from '../template/element-config.ts';
import type { LazyAnswer } from './answer.ts';
import type { User } from './user.ts';

/** Runs an extractor: notes at the answer that it found nothing, and gives the failure as a sentence where it is required. */
export function extractorRun(element: CompiledElement): (answer: LazyAnswer, user: User) => string | null {
  const { kind, variable } = element;
  const config = elementConfig(element.config);
  const extract = extractors.get(kind)?.build(variable, config);
  if (!extract) throw new Error(`unknown extractor ${kind}`);
  return (answer, user) => {
    if (extract(answer, user)) return null;
    answer.misses.push(variable);
    const asked = new Map(Object.entries(config.shown(user) ?? {}));
    return asked.get('required') === true ? missed(element, asked, { answer, user }) : null;
  };
}

function missed(
  { kind, variable }: CompiledElement,
  asked: ReadonlyMap<string, unknown>,
  { answer, user }: { readonly answer: LazyAnswer; readonly user: User },
): string {
  const matches = Number(user.get(`${variable}_matchNr`));
  const found =
    matches === 0 ? 'nothing' : `only ${matches} where match ${String(asked.get('match'))} is asked for,`;
  const [path, source] = [asked.get(kind), asked.get('source')];
  const what = typeof path === 'string' ? path : JSON.stringify(path);
  const where =
    typeof source === 'string'
      ? `the variable ${source}`
      : `the answer (status ${answer.code}, ${answer.bodyBytes} bytes)`;
  return `required variable ${variable}: ${kind} ${what} found ${found} in ${where}`;
}
