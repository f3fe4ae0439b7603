import type { ConfigNode, Template } from '../model/template.ts';
import { chooser } from './choose.ts';
import { configRenderer, frozen, renderer } from './render.ts';
import { converter } from './rendered-type.ts';
import { masked } from '../model/masked.ts';
import { holdsSecret } from './secret-parts.ts';
import { plain, toldRenderer, type Tell } from './told.ts';

/** Whether a secret stands in a configuration, or will. */
export function configHoldsSecret(node: ConfigNode): boolean {
  if ('constant' in node) return 'shown' in node;
  if ('text' in node) return holdsSecret(node.text);
  if ('list' in node) return node.list.some(configHoldsSecret);
  if ('object' in node) return node.object.some(([, child]) => configHoldsSecret(child));
  return 'choice' in node && node.among.some(configHoldsSecret);
}

/** The same for a configuration. Parts without a secret are the same object in both forms. */
export function toldConfigRenderer(node: ConfigNode): Tell<unknown> {
  if (!configHoldsSecret(node)) return plain(configRenderer(node));
  if ('constant' in node) {
    const told = { value: frozen(node.constant), shown: frozen(node.shown) };
    return () => told;
  }
  if ('text' in node) return toldText(node);
  if ('list' in node) {
    const items = node.list.map(toldConfigRenderer);
    return (scope) => {
      const told = items.map((item) => item(scope));
      return { value: told.map(({ value }) => value), shown: told.map(({ shown }) => shown) };
    };
  }
  if ('object' in node) return toldObject(node.object);
  if (!('choice' in node)) return plain(configRenderer(node));
  const [choose, values] = [chooser(node.choice, renderer), node.among.map(toldConfigRenderer)];
  return (scope) => values[choose(scope)]?.(scope) ?? { value: undefined, shown: undefined };
}

function toldText(node: Extract<ConfigNode, { readonly text: Template }>): Tell<unknown> {
  const [text, convert] = [toldRenderer(node.text, renderer), converter(node)];
  if (convert === null) return text;
  return (scope) => {
    const { value, shown } = text(scope);
    return { value: convert(value, shown), shown: node.as === 'string' ? shown : masked };
  };
}

/** What a choice leaves out has no key. */
function toldObject(entries: readonly (readonly [key: string, node: ConfigNode])[]): Tell<unknown> {
  const told = entries.map(([key, child]) => [key, toldConfigRenderer(child)] as const);
  return (scope) => {
    const value: Record<string, unknown> = {};
    const shown: Record<string, unknown> = {};
    for (const [key, tell] of told) {
      const one = tell(scope);
      if (one.value === undefined) continue;
      value[key] = one.value;
      shown[key] = one.shown;
    }
    return { value, shown };
  };
}
