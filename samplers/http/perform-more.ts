import type { Outcome } from '../../engine/model/sample.ts';
import type { SampleContext } from '../../engine/model/sampler.ts';
import { cacheOf } from './cache-options.ts';
import type { Loaded } from './embedded.ts';
import { prepareEmbedded, withEmbedded } from './embedded.ts';
import { embeddedOf } from './embedded-options.ts';
import type { Operation } from './exchange.ts';
import { follow, leadsOn, type Send } from './follow.ts';
import { graphqlFailure } from './graphql.ts';
import { isFresh, renew, type Holdings } from './holdings.ts';
import { keepsAll, keepsMarkup } from './kept-bodies.ts';
import { fromCache, outcomeOf, withContent } from './outcome.ts';
import type { HttpRequest } from './request.ts';
import type { HttpConfig } from './schema.ts';

interface Means {
  readonly holdings: Holdings;
  readonly send: Send;
}

/** Whether a sample is more than one request and its redirects; few are, and the others pay nothing for it. */
export function asksForMore({ embedded, cache, cookies, graphql }: HttpConfig): boolean {
  return (
    embedded !== undefined ||
    cache !== undefined ||
    typeof cookies === 'object' ||
    graphql?.failOnErrors === true
  );
}

/** A sample with a cache, embedded resources, cookies that are cleared or an answer that is looked into. */
export async function performMore(
  request: HttpRequest,
  plain: Operation,
  { holdings, send }: Means,
): Promise<Outcome | null> {
  const { config, context } = plain;
  const embedded = embeddedOf(config.embedded);
  if (embedded !== null) prepareEmbedded();
  renew(holdings, config, { user: context.user, request });
  if (isFresh(holdings, config, request)) {
    return cacheOf(config.cache)?.onHit === 'sample' ? fromCache(request) : null;
  }
  const looksInside = config.graphql?.failOnErrors === true;
  const reading = { embeds: embedded !== null, looksInside };
  const loaded = await load(request, { ...plain, ...kept(plain, reading) }, send);
  if (looksInside) return withVerdict(loaded.outcome);
  if (embedded === null) return loaded.outcome;
  return withEmbedded(loaded, {
    options: embedded,
    context,
    load: async (next, part) =>
      isFresh(holdings, config, next)
        ? null
        : load(next, { ...plain, ...resource(part), startMs: performance.now() }, send),
  });
}

/** What is kept of the answer. What the sampler itself looks into is read, whoever else may want to see it. */
function kept(
  { context, keepsBody, onlyShown }: Operation,
  { embeds, looksInside }: { readonly embeds: boolean; readonly looksInside: boolean },
): Pick<Operation, 'keepsBody' | 'onlyShown'> {
  if (looksInside) return { keepsBody: keepsAll, onlyShown: false };
  return embeds
    ? { keepsBody: context.keepBody ? keepsBody : keepsMarkup, onlyShown: false }
    : { keepsBody, onlyShown };
}

async function load(request: HttpRequest, operation: Operation, send: Send): Promise<Loaded> {
  const answer = await send(request, operation);
  const isRedirected = leadsOn(answer, operation.config);
  const last = isRedirected ? await follow(answer, operation, send) : { answer, outcome: outcomeOf(answer) };
  return {
    answer: last.answer,
    outcome: await withContent(last.outcome, last.answer, operation),
    isRedirected,
  };
}

/** Of a resource is kept what is searched, or all where something reads the bodies of parts. */
function resource(context: SampleContext): Pick<Operation, 'context' | 'keepsBody' | 'onlyShown'> {
  return { context, onlyShown: false, keepsBody: context.keepBody ? keepsAll : keepsMarkup };
}

/** An answer of GraphQL with errors fails. */
function withVerdict(outcome: Outcome): Outcome {
  const failure = outcome.ok ? graphqlFailure(outcome) : null;
  return failure === null ? outcome : { ...outcome, ok: false, failure };
}
