import { UserError } from '../../engine/model/errors.ts';
import { jsonProblem, type JsonProblem } from '../json-result.ts';
import { prepareRequest, type PlanOptions } from '../options.ts';
import { preparePlan } from '../../engine/api/prepare.ts';

/** What the check of one plan came to. */
export interface CheckedPlan {
  readonly file: string;
  readonly valid: boolean;
  readonly name: string | null;
  readonly threadGroups: number | null;
  readonly thresholds: number | null;
  /** What is no mistake, and worth knowing. */
  readonly notes: readonly string[];
  readonly problems: readonly JsonProblem[];
}

const notValid = { valid: false, name: null, threadGroups: null, thresholds: null, notes: [] };

/** A folder that holds no plan is a mistake, too. */
export function withoutPlan(folder: string): CheckedPlan {
  const message = `there is no plan in "${folder}": no file in YAML or JSON there has "threadGroups".`;
  return { file: folder, ...notValid, problems: [{ message }] };
}

/** Checks a plan as `plan run` would before it runs it. */
export async function validatePlan(file: string, options: PlanOptions): Promise<CheckedPlan> {
  try {
    const { plan, compiled, withoutLimit } = await preparePlan(prepareRequest(file, options));
    return {
      file,
      valid: true,
      name: plan.name,
      threadGroups: compiled.groups.filter(({ phase }) => phase === 'main').length,
      thresholds: compiled.thresholds.length,
      notes: withoutLimit,
      problems: [],
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { file, ...notValid, problems: error.problems.map(jsonProblem) };
  }
}

/** The problems as lines. Of one plan among several, those that stand in no file begin with its name. */
export function problemLines({ file, problems }: CheckedPlan, isOneOfSeveral: boolean): string[] {
  return problems.map(({ message, ...place }) => {
    if (place.file !== undefined) return `${place.file}:${place.line}:${place.column}: ${message}`;
    return isOneOfSeveral && !message.includes(file) ? `${file}: ${message}` : message;
  });
}
