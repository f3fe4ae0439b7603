import type { Choice, Template } from '../model/template.ts';
import { parseRatio } from '../model/units.ts';
import { conditionRenderer } from './condition.ts';
import type { Render, RenderScope } from './scope.ts';

/** Gives which of the alternatives is taken now, by its index; past the last: none. Made once per worker. */
export function chooser(
  choice: Choice,
  render: (template: Template) => Render,
): (scope: RenderScope) => number {
  if ('chance' in choice) {
    const holds = chanceRenderer(choice.chance, render);
    return (scope) => (holds(scope) ? 0 : 1);
  }
  if ('when' in choice) {
    const holds = conditionRenderer(choice.when, render);
    return (scope) => (holds(scope) ? 0 : 1);
  }
  const places = new Map(choice.cases.map((text, index) => [text, index]));
  const text = render(choice.switch);
  return (scope) => places.get(text(scope)) ?? places.size;
}

function chanceRenderer(
  chance: Template,
  render: (template: Template) => Render,
): (scope: RenderScope) => boolean {
  if (typeof chance === 'string') {
    const ratio = ratioOf(chance);
    return (scope) => scope.random() < ratio;
  }
  const text = render(chance);
  return (scope) => scope.random() < ratioOf(text(scope));
}

/** A chance as rendered, 0 to 1. Throws a `RangeError` that says what was expected. */
export function ratioOf(text: string): number {
  const ratio = parseRatio(text);
  if (ratio === null || ratio > 1) {
    throw new RangeError(`expected a chance from 0% to 100%, such as 30% or 0.3, found "${text}"`);
  }
  return ratio;
}
