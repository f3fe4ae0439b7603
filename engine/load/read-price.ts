import type { Scope } from '../model/plan.ts';
import type { Positions } from './positions.ts';
import { check, type Reading } from './reading.ts';
import { isMapping, mappingOrEmpty, type Mapping } from './shapes.ts';

/**
 * `price` of a plan: the same as that option in the `defaults` of every sampler that has it; what stands there is nearer,
 * and its prices win.
 */
export function withPrice(reading: Reading, plan: Mapping, scope: Scope): Scope {
  const { language, positions, problems } = reading;
  const { price } = plan;
  if (price === undefined) return scope;
  const defaults: Record<string, object> = { ...scope.defaults };
  for (const { kind, schema } of language.samplers) {
    const priceSchema = schema.properties?.['price'];
    if (priceSchema === undefined) continue;
    const earlier = problems.count;
    check(reading, priceSchema, price, { what: 'price', holder: plan, key: 'price' });
    if (problems.count === earlier)
      defaults[kind] = overPrice(mappingOrEmpty(defaults[kind]), plan, positions);
  }
  return { ...scope, defaults };
}

function overPrice(near: Mapping, plan: Mapping, positions: Positions): Mapping {
  const layers = [plan['price'], near['price']].filter(isMapping);
  const price = joined(layers, positions);
  const config = joined([near], positions);
  config['price'] = price;
  positions.copyEntry(plan, 'price', config, 'price');
  return config;
}

function joined(layers: readonly Mapping[], positions: Positions): Record<string, unknown> {
  const whole: Record<string, unknown> = {};
  for (const layer of layers)
    for (const [key, value] of Object.entries(layer)) {
      whole[key] = value;
      positions.copyEntry(layer, key, whole, key);
    }
  return whole;
}
