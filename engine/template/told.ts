import type { Template, TemplatePart } from '../model/template.ts';
import { chooser } from './choose.ts';
import { RenderedTypeError } from './rendered-type.ts';
import type { Render, RenderScope } from './scope.ts';
import { masked } from '../model/masked.ts';
import { holdsSecret, isSecret } from './secret-parts.ts';

/** What was rendered, and the same as people may see it. */
export interface Told<T> {
  readonly value: T;
  readonly shown: T;
}

/** Renders once, and tells it in both forms. */
export type Tell<T> = (scope: RenderScope) => Told<T>;

type Renderer = (template: Template) => Render;

/** Renders a template once, and tells it in both forms. Made once per worker, for templates that hold a secret. */
export function toldRenderer(template: Template, renderer: Renderer): Tell<string> {
  if (!holdsSecret(template) || typeof template === 'string') return plain(renderer(template));
  const pieces = template.map((part) => toldPiece(part, renderer));
  return (scope) => {
    let [value, shown] = ['', ''];
    for (const piece of pieces) {
      const told = piece(scope);
      value += told.value;
      shown += told.shown;
    }
    return { value, shown };
  };
}

function toldPiece(part: TemplatePart, renderer: Renderer): Tell<string> {
  if (!isSecret(part) || typeof part === 'string') return plain(renderer([part]));
  if ('choice' in part) {
    const [choose, texts] = [
      chooser(part.choice, renderer),
      part.among.map((text) => toldRenderer(text, renderer)),
    ];
    return (scope) => texts[choose(scope)]?.(scope) ?? nothing;
  }
  if ('joined' in part && part.encode === undefined) {
    const texts = part.joined.map((text) => toldRenderer(text, renderer));
    return (scope) => {
      const told = texts.map((text) => text(scope)).filter(({ value }) => value !== '');
      const join = (form: keyof Told<string>) => told.map((one) => one[form]).join(part.separator);
      return { value: join('value'), shown: join('shown') };
    };
  }
  const render = renderer([part]);
  return (scope) => {
    const value = quotingNone(() => render(scope));
    return { value, shown: value === '' ? '' : masked };
  };
}

/** What is not of the type that stands there is not quoted. */
function quotingNone(render: () => string): string {
  try {
    return render();
  } catch (error) {
    throw error instanceof RenderedTypeError ? error.quoting(masked) : error;
  }
}

const nothing: Told<string> = { value: '', shown: '' };

/** What holds no secret is the same in both forms. */
export function plain<T>(render: (scope: RenderScope) => T): Tell<T> {
  return (scope) => {
    const value = render(scope);
    return { value, shown: value };
  };
}

/** A text that logs what it is made of: it logs the shown form, and gives the value. */
export function loggingRenderer(
  args: readonly Template[],
  make: (args: readonly Render[]) => Render,
  renderer: Renderer,
): Render {
  const told = args.map((text) => toldRenderer(text, renderer));
  let now: readonly Told<string>[] = [];
  const run = make(told.map((_, place) => () => now[place]?.shown ?? ''));
  return (scope) => {
    now = told.map((tell) => tell(scope));
    return run(scope) === '' ? '' : (now[0]?.value ?? '');
  };
}
