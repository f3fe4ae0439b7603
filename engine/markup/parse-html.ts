import { DomHandler, Parser } from 'htmlparser2';
import { refuseTooDeep } from './depth.ts';

export interface HtmlDocument {
  readonly children: DomHandler['root']['children'];
  /** How deep its elements lie in each other. */
  readonly depth: number;
}

/** Any text as an HTML document, as a browser would read it. Throws a `RangeError` for one that is too deep. */
export function parseHtml(text: string): HtmlDocument {
  const handler = new CountingHandler();
  new Parser(handler).end(text);
  return { children: handler.root.children, depth: handler.deepest };
}

class CountingHandler extends DomHandler {
  deepest = 0;

  override onopentag(name: string, attributes: Record<string, string>): void {
    super.onopentag(name, attributes);
    // The document itself lies at the bottom of the stack.
    const depth = this.tagStack.length - 1;
    if (depth > this.deepest) this.deepest = depth;
    refuseTooDeep(depth);
  }
}
