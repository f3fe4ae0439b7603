import type { ConfigNode } from '../model/template.ts';
import { configRenderer } from './render.ts';
import type { RenderScope } from './scope.ts';
import { configHoldsSecret, toldConfigRenderer } from './told-config.ts';
import type { Told } from './told.ts';
import { withoutSecrets } from './without-secrets.ts';

/** Renders an element's configuration for a user. What has no templates is the same object every time. */
export interface ElementConfig {
  render(user: RenderScope): unknown;
  /** The same as people may see it: for what is only written down. */
  shown(user: RenderScope): unknown;
  /** A text that quotes what was rendered last, as people may see it; null where no secret is in it. */
  readonly mask: ((text: string) => string) | null;
}

export function elementConfig(node: ConfigNode): ElementConfig {
  if (!configHoldsSecret(node)) {
    const render = configRenderer(node);
    return { render, shown: render, mask: null };
  }
  const tell = toldConfigRenderer(node);
  let last: Told<unknown> = { value: undefined, shown: undefined };
  return {
    render: (user) => (last = tell(user)).value,
    shown: (user) => tell(user).shown,
    mask: (text) => withoutSecrets(text, last),
  };
}
