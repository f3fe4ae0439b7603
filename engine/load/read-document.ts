import { UserError } from '../model/errors.ts';
import type { JsonSchema } from '../model/json-schema.ts';
import { parseYaml } from './parse-yaml.ts';
import { Positions } from './positions.ts';
import { Problems } from './problems.ts';
import { readText } from './read-text.ts';
import { check } from './reading.ts';

/**
 * The value of a YAML or JSON file that is not a plan. Throws one UserError with everything in it that does not fit the
 * schema. `what` is its name in messages.
 */
export async function readDocument(file: string, what: string, schema: JsonSchema): Promise<unknown> {
  const read = await readText(file);
  if ('refusal' in read) throw new UserError(read.refusal);
  const [positions, problems] = [new Positions(), new Problems()];
  const value = parseYaml({ text: read.text, file }, positions, problems);
  if (problems.count === 0) check({ positions, problems, missing: [] }, schema, value, { what });
  problems.throwIfAny();
  return value;
}
