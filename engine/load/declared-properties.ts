import type { Position } from '../model/errors.ts';
import type { Property } from '../model/plan.ts';
import { parseMs } from '../model/units.ts';
import type { Positions } from './positions.ts';
import { propertyTypes } from './settings-keys.ts';
import type { Source } from './read-sources.ts';
import { scalarText } from './read-settings.ts';
import { isMapping, mappingOrEmpty, type Mapping } from './shapes.ts';

export type PropertyType = Property['type'];

/** A property as the plan declares it, before anything sets it. */
export interface DeclaredProperty {
  readonly name: string;
  readonly type: PropertyType;
  /** Whether the type follows from the default, as the author named none. */
  readonly isInferred: boolean;
  readonly description: string;
  readonly default: string | undefined;
  readonly required: boolean;
  readonly secret: boolean;
  /** The environment variable that sets it. */
  readonly env: string;
  readonly at: Position;
  readonly defaultAt: Position | undefined;
}

/** The declared properties by name, in the order of the plan; the including file wins. */
export function declaredProperties(
  sources: readonly Source[],
  positions: Positions,
): Map<string, DeclaredProperty> {
  const declared = new Map<string, DeclaredProperty>();
  for (const { root } of sources) {
    const own = mappingOrEmpty(root['properties']);
    for (const name of Object.keys(own)) {
      const property = declared.has(name) ? null : declare(name, own, positions);
      if (property) declared.set(name, property);
    }
  }
  return declared;
}

function declare(name: string, own: Mapping, positions: Positions): DeclaredProperty | null {
  const raw = own[name];
  const [full, holder, key] = isMapping(raw) ? [raw, raw, 'default'] : [{}, own, name];
  const { type, description, required, secret, env }: Mapping = full;
  const hasDefault = Object.hasOwn(holder, key) && holder[key] !== null;
  const value = hasDefault ? scalarText(holder, key, positions) : undefined;
  const at = positions.locateKey(own, name);
  if (!at) return null;
  return {
    name,
    type: propertyTypes.find((each) => each === type) ?? inferType(holder[key]),
    isInferred: type === undefined,
    description: typeof description === 'string' ? description : '',
    default: value,
    required: required === true,
    secret: secret === true,
    env: typeof env === 'string' ? env : `LOADPLAN_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`,
    at,
    defaultAt: positions.locate(holder, key),
  };
}

function inferType(value: unknown): PropertyType {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  const isDuration = typeof value === 'string' && value.trim() !== '0' && parseMs(value) !== null;
  return isDuration ? 'duration' : 'string';
}
