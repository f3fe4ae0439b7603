import type { Outcome } from '../../engine/model/sample.ts';
import type { OpenPart, SampleContext } from '../../engine/model/sampler.ts';
import { textOf } from '../../engine/text/read-text.ts';
import { type EmbeddedOptions, urlPattern } from './embedded-options.ts';
import type { Answer } from './exchange.ts';
import type { Fault } from './fault.ts';
import { circumstances, faultOf } from './fault.ts';
import { markupKind } from './kept-bodies.ts';
import { failed } from './outcome.ts';
import { redirected } from './redirect.ts';
import type { HttpRequest } from './request.ts';
import { urlOf } from './target.ts';

/** A whole operation: the last answer, and what it amounts to. */
export interface Loaded {
  readonly answer: Answer;
  readonly outcome: Outcome;
  /** Its hops are parts. */
  readonly isRedirected: boolean;
}

interface Resource {
  readonly url: string;
  readonly parent: HttpRequest;
  /** 0 in the page itself. */
  readonly depth: number;
}

export interface EmbeddedSite {
  readonly options: EmbeddedOptions;
  readonly context: SampleContext;
  /** Null: the cache spared it. */
  load(request: HttpRequest, context: SampleContext): Promise<Loaded | null>;
}

const keepNothing = { keepBody: false, keepHeaders: false, keepRequest: false };
const defaultParallel = 6;
const maxDepth = 5;

const markup = () => import('../../engine/markup/embedded-urls.ts');

/** Begins to load the parser, so that it is there once a page is. */
export function prepareEmbedded(): void {
  void markup();
}

/**
 * Loads what a page embeds, as JMeter does: the page and each resource become parts, side by side, and the outcome
 * has the bytes of all. A page without resources, or that failed, stays as it is.
 *
 * Pages and style sheets among the resources are searched in turn; all are parts of the one sample.
 */
export async function withEmbedded(page: Loaded, site: EmbeddedSite): Promise<Outcome> {
  const downloads = new Downloads(site);
  await downloads.search(page, 0);
  if (downloads.isEmpty) return page.outcome;
  // Followed redirects are parts already, and the page is the last of them.
  if (!page.isRedirected) site.context.part(page.outcome);
  await downloads.run();
  return downloads.sum(page.outcome);
}

/** The downloads of one sample. */
class Downloads {
  readonly #site: EmbeddedSite;
  readonly #include: RegExp | null;
  readonly #exclude: RegExp | null;
  readonly #queue: Resource[] = [];
  readonly #seen = new Set<string>();
  readonly #failures: Outcome[] = [];
  #bytesReceived = 0;
  #bytesSent = 0;
  #isStopped = false;

  constructor(site: EmbeddedSite) {
    const { include, exclude } = site.options;
    this.#site = site;
    this.#include = include === undefined ? null : urlPattern(include);
    this.#exclude = exclude === undefined ? null : urlPattern(exclude);
  }

  get isEmpty(): boolean {
    return this.#queue.length === 0;
  }

  /** Queues what an answer refers to. */
  async search({ answer, outcome }: Loaded, depth: number): Promise<void> {
    const kind = markupKind(answer.headers);
    const { body, contentType } = outcome;
    if (!outcome.ok || kind === null || body === undefined) return;
    const { embeddedUrls } = await markup();
    const pageUrl = urlOf(answer.request.target);
    this.#seen.add(pageUrl);
    for (const url of embeddedUrls(kind, textOf(body, contentType), pageUrl)) {
      if (this.#seen.has(url) || this.#include?.test(url) === false || this.#exclude?.test(url)) continue;
      this.#seen.add(url);
      this.#queue.push({ url, parent: answer.request, depth });
    }
  }

  /** Resolves when nothing is left to load. */
  run(): Promise<void> {
    const { parallel = defaultParallel } = this.#site.options;
    let running = 0;
    return new Promise((resolve, reject) => {
      const next = () => {
        while (running < parallel && !this.#isStopped) {
          const resource = this.#queue.shift();
          if (resource === undefined) break;
          running += 1;
          this.#load(resource).then(() => {
            running -= 1;
            next();
          }, reject);
        }
        if (running === 0) resolve();
      };
      next();
    });
  }

  /** The page's outcome with the bytes of all; a failure when one failed and that matters. */
  sum(page: Outcome): Outcome {
    const bytes = {
      bytesReceived: page.bytesReceived + this.#bytesReceived,
      bytesSent: page.bytesSent + this.#bytesSent,
    };
    const [first] = this.#failures;
    if (first === undefined || this.#site.options.ignoreFailures) return { ...page, ...bytes };
    const list = this.#failures.map(
      ({ url, code, message }) => `${url ?? ''} code:${code} message:${message}, `,
    );
    return {
      ...page,
      ...bytes,
      ok: false,
      message: `Embedded resource download error:${list.join('')}`,
      failure:
        `embedded: ${this.#failures.length} of the page's resources failed, first ${first.url ?? ''}: ` +
        (first.failure ?? `${first.code} ${first.message}`),
    };
  }

  async #load({ url, parent, depth }: Resource): Promise<void> {
    const part = this.#site.context.begin();
    const request = redirected(parent, 303, url);
    const isTooDeep = depth >= maxDepth;
    if ('cause' in request || isTooDeep) {
      this.#end(part, { ...failed('cause' in request ? request : tooDeep(parent)), url });
      return;
    }
    const loaded = await this.#site.load(request, partContext(this.#site.context, part));
    if (loaded === null) return;
    this.#isStopped ||= loaded.answer.fault?.cause === 'interrupted';
    this.#end(part, loaded.outcome);
    await this.search(loaded, depth + 1);
  }

  #end(part: OpenPart, outcome: Outcome): void {
    part.end(outcome);
    this.#bytesReceived += outcome.bytesReceived;
    this.#bytesSent += outcome.bytesSent;
    if (!outcome.ok) this.#failures.push(outcome);
  }
}

function tooDeep({ target }: HttpRequest): Fault {
  return faultOf('embedded.depth', circumstances(target.origin.host, String(maxDepth)));
}

/** What a resource says of its times belongs to its part; the hops of its redirects are no parts. */
function partContext(whole: SampleContext, part: OpenPart): SampleContext {
  const { user, keepOfParts } = whole;
  return {
    user,
    ...(keepOfParts ?? keepNothing),
    keepOfParts: null,
    connected: () => part.connected(),
    firstByte: () => part.firstByte(),
    staleReuse: () => whole.staleReuse?.(),
    ready: () => undefined,
    done: () => undefined,
    part: () => undefined,
    begin: () => part,
  };
}
