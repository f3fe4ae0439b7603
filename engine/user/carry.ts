import type { Carried, ContentWish } from '../model/carried.ts';
import type { CompiledSampler } from '../model/compiled-plan.ts';
import type { Outcome, Sample, SampleDetail } from '../model/sample.ts';
import type { Keep } from '../model/sampler.ts';
import { masked } from '../model/masked.ts';
import type { RenderScope } from '../template/scope.ts';

/** What of the answers of a sample is kept: absent is nothing of parts. */
export type KeepOfStep = Keep & Partial<Pick<CompiledSampler, 'keepOfParts'>>;

/** What the samples of one worker carry for listeners. Only made for plans whose listeners ask for something. */
export class Carry {
  readonly #variables: readonly string[];
  readonly #wishes: readonly OpenWish[];
  readonly #secretNames: ReadonlySet<string>;

  /** Of variables whose names are secret, only `***` is carried. */
  constructor({ variables, contents }: Carried, secretNames: readonly string[] = []) {
    this.#secretNames = new Set(secretNames);
    this.#variables = variables;
    this.#wishes = contents.map((wish) => new OpenWish(wish));
  }

  /** The sample with the variables that are asked for; one that has them keeps those of its own time. */
  withVariables(sample: Sample, user: Pick<RenderScope, 'get'>): Sample {
    if (this.#variables.length === 0 || sample.variables) return sample;
    const variables: Record<string, string> = {};
    for (const name of this.#variables) {
      const value = user.get(name);
      if (value !== undefined) variables[name] = value && this.#secretNames.has(name) ? masked : value;
    }
    return { ...sample, variables };
  }

  /** What is asked of the answers of a step; null when nothing is. */
  contentsOf(step: CompiledSampler): StepContents | null {
    const wishes = this.#wishes.filter(({ wish: { labels } }) => labels.length === 0 || mayBe(step, labels));
    return wishes.length === 0 ? null : new StepContents(step, wishes);
  }
}

/** A label with holes may become any. */
function mayBe({ label }: CompiledSampler, labels: readonly string[]): boolean {
  return typeof label !== 'string' || labels.includes(label);
}

/** A wish, and how much of it this worker has fulfilled. */
class OpenWish {
  readonly wish: ContentWish;
  readonly #counts = new Map<string, number>();
  #taken = 0;
  #takenBytes = 0;

  constructor(wish: ContentWish) {
    this.wish = wish;
  }

  get isFull(): boolean {
    const { most, mostBytes } = this.wish;
    return this.#taken >= (most ?? Infinity) || this.#takenBytes >= (mostBytes ?? Infinity);
  }

  /** Whether the sample is wanted; if so, it is counted. */
  takes({ ok, label, code }: Sample, bodyBytes: number): boolean {
    const { of, labels, perLabelAndCode } = this.wish;
    if (this.isFull || (of !== 'all' && ok !== (of === 'ok'))) return false;
    if (labels.length > 0 && !labels.includes(label)) return false;
    if (perLabelAndCode !== null) {
      const key = `${label}\n${code}`;
      const before = this.#counts.get(key) ?? 0;
      if (before >= perLabelAndCode) return false;
      this.#counts.set(key, before + 1);
    }
    this.#taken += 1;
    if (this.wish.body) this.#takenBytes += Math.min(bodyBytes, this.wish.limitBytes);
    return true;
  }
}

/** What listeners ask of the answers of one step: what the sampler keeps for it, and what becomes of it. */
export class StepContents {
  readonly #step: CompiledSampler;
  #open: readonly OpenWish[];
  #keep: KeepOfStep;

  constructor(step: CompiledSampler, wishes: readonly OpenWish[]) {
    this.#step = step;
    this.#open = wishes;
    this.#keep = keepFor(step, wishes);
  }

  /** Less, once what was asked for has been sent. */
  get keep(): KeepOfStep {
    if (this.#open.some(({ isFull }) => isFull)) {
      this.#open = this.#open.filter(({ isFull }) => !isFull);
      this.#keep = keepFor(this.#step, this.#open);
    }
    return this.#keep;
  }

  /** The sample with its request and answer, where somebody asks for those of this sample. */
  withDetail(sample: Sample, outcome: Outcome): Sample {
    const bodyBytes = outcome.body?.length ?? 0;
    const taking = this.#open.filter((open) => open.takes(sample, bodyBytes)).map(({ wish }) => wish);
    return taking.length === 0 ? sample : { ...sample, detail: detailOf(outcome, taking) };
  }

  /** The request and answer of a part, where somebody asks for them. */
  detailOfPart(outcome: Outcome): SampleDetail | undefined {
    const taking = this.#open.flatMap(({ wish }) => (wish.parts ? [wish] : []));
    return taking.length === 0 ? undefined : detailOf(outcome, taking);
  }
}

function keepFor(step: CompiledSampler, wishes: readonly OpenWish[]): KeepOfStep {
  return {
    ...keepOfParts(step, wishes),
    keepBody: step.keepBody || wishes.some(({ wish }) => wish.body),
    onlyShown: !step.keepBody,
    keepHeaders: step.keepHeaders || wishes.some(({ wish }) => wish.headers),
    keepRequest: step.keepRequest || wishes.some(({ wish }) => wish.request),
  };
}

const everything: Keep = { keepBody: true, keepHeaders: true, keepRequest: true };

function keepOfParts(
  { keepOfParts: own }: CompiledSampler,
  wishes: readonly OpenWish[],
): Pick<KeepOfStep, 'keepOfParts'> {
  if (wishes.some(({ wish }) => wish.parts)) return { keepOfParts: everything };
  return own ? { keepOfParts: own } : {};
}

const nothing = new Uint8Array();

/** As much as the most demanding wish asks for. Bodies are copied: a view would take all it looks at with it to the other thread. */
function detailOf(
  { request: asked, shown, headers, body = nothing, contentType }: Outcome,
  wishes: readonly ContentWish[],
): SampleDetail {
  const limitOf = (asks: (wish: ContentWish) => boolean) =>
    Math.max(0, ...wishes.filter(asks).map(({ limitBytes }) => limitBytes));
  const request = shown ? shown.request : asked;
  const requestLimit = limitOf((wish) => wish.request);
  const sent = requestLimit > 0 ? request : undefined;
  return {
    request: sent ? { ...sent, body: sent.body.slice(0, requestLimit) } : null,
    requestIsCut: (sent?.body.length ?? 0) > requestLimit,
    headers: wishes.some((wish) => wish.headers) ? (headers ?? []) : [],
    body: new Uint8Array(
      body.subarray(
        0,
        limitOf((wish) => wish.body),
      ),
    ),
    bodyBytes: body.length,
    ...(contentType !== undefined && { contentType }),
  };
}
