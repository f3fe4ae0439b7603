import type { Listener } from '../../engine/model/listener.ts';
import type { Sample } from '../../engine/model/sample.ts';
import type { TraceEvent, TraceNote } from '../../engine/model/trace.ts';
import type { AccessMask } from '../access.ts';
import { painter, type Paint } from '../paint.ts';
import { noteLines, type ToldLine } from './note-lines.ts';
import { answerOf, failureOf, headOf, requestOf, timesOf } from './sample-lines.ts';
import { StepHeads } from './step-heads.ts';
import { wrapped } from './wrapped.ts';
import type { PlanWords } from './words.ts';

export interface OnceOptions {
  say(line: string): void;
  readonly colours: boolean;
  readonly width: number;
  readonly access: AccessMask;
  readonly words: PlanWords;
}

/** `· left after 10 passes …`. */
function leftLoop(passes: number): string {
  const often = `${passes} pass${passes === 1 ? '' : 'es'}`;
  return `· left after ${often}; a load would go on (--once-passes ${passes * 10} goes on here)`;
}

/** `onError is stopThread: the user ends here`. */
function afterFailure(onError: string): ToldLine {
  const what: Readonly<Record<string, string>> = {
    startNextLoop: 'the rest of this loop is left out',
    stopThread: 'the user ends here',
  };
  return { text: `· onError is ${onError}: ${what[onError] ?? 'the run ends here'}`, mood: 'bad' };
}

/** Later passes of a loop are one line for each sample that succeeds. */
const wholePasses = 2;

/** What one user does when it goes through a plan once, for a person: step by step, with requests and answers. */
export class OnceReport implements Listener {
  /** Samples that count for the outcome, and those of them that failed. */
  samplesTaken = 0;
  samplesFailed = 0;
  /** Places of the groups that were begun. */
  readonly begun = new Set<number>();
  readonly #options: OnceOptions;
  readonly #paint: Paint;
  readonly #heads = new StepHeads();
  /** The request of the last sample. */
  #asked: string | null = null;

  constructor(options: OnceOptions) {
    this.#options = options;
    this.#paint = painter(options.colours);
  }

  samples(batch: readonly Sample[]): void {
    for (const sample of batch) {
      this.#options.access.learn(sample);
      this.#sample(sample);
    }
  }

  trace(event: TraceEvent): void {
    const { words, access } = this.#options;
    switch (event.kind) {
      case 'group':
        this.begun.add(event.group);
        if (event.begins) this.#group(event.group);
        break;
      case 'enter':
        this.#heads.enter(`▸ ${access.mask(words.entered(event))}`, event.isLeaf);
        break;
      case 'leave':
        for (const { text, depth } of this.#heads.leave()) this.#line({ text }, depth);
        break;
      case 'pass':
        this.#heads.pass(event.pass);
        break;
      case 'passesOver':
        this.#tell({ text: leftLoop(event.passes) });
        break;
      case 'leftOut':
        this.#tell({ text: `· ${access.mask(event.label)}: left out, as its guard (when) does not hold` });
        break;
      case 'pause':
        this.#tell({ text: `· ${words.pause(event)}: not waited for` });
        break;
      case 'onError':
        this.#tell(afterFailure(event.onError));
        break;
      case 'notes':
        this.#notes(event.notes);
    }
  }

  #group(index: number): void {
    const { head, asWritten } = this.#options.words.group(index);
    this.#options.say('');
    for (const line of this.#wrapped(head, 0)) this.#options.say(this.#paint('bold', line));
    if (asWritten !== null) this.#line({ text: asWritten }, 1);
  }

  #notes(notes: readonly TraceNote[], deeper = 0): void {
    const { words, access } = this.#options;
    access.learnNotes(notes);
    const isSecret = (name: string) => access.isSecretVariable(name);
    for (const line of noteLines(notes, { words, mask: access.mask, isSecret })) this.#tell(line, deeper);
  }

  #sample(sample: Sample): void {
    this.#count(sample);
    const { mask } = this.#options.access;
    const notes = sample.detail?.notes ?? [];
    const sent = notes.findIndex(({ kind }) => kind === 'sent');
    const isWhole = !sample.ok || this.#heads.passes <= wholePasses;
    if (isWhole) this.#notes(notes.slice(0, sent + 1));
    this.#tell(headOf(sample, mask));
    for (const line of failureOf(sample, mask)) this.#tell(line, 1);
    if (!isWhole) return;
    this.#content(sample);
    this.#notes(notes.slice(sent + 1), 1);
  }

  #count({ kind, ok }: Sample): void {
    if (kind === 'sub' || kind === 'cut') return;
    this.samplesTaken += 1;
    if (!ok) this.samplesFailed += 1;
  }

  /** A part that sent the request of the whole, as the last of several redirects, is told with that. */
  #isTold({ kind, detail }: Sample): boolean {
    const request = detail?.request ?? null;
    const asked = request && `${request.method} ${request.url}`;
    if (kind === 'sub') return asked !== null && asked === this.#asked;
    this.#asked = asked;
    return false;
  }

  #content(sample: Sample): void {
    const { kind, detail } = sample;
    if (this.#isTold(sample)) return;
    const { mask } = this.#options.access;
    if (kind !== 'transaction') for (const line of timesOf(sample)) this.#tell(line, 1);
    if (!detail) return;
    for (const text of requestOf(detail, mask)) this.#tell({ text }, 1);
    for (const text of answerOf(sample, detail, mask)) this.#tell({ text }, 1);
  }

  /** A line in its place, after the headings of the steps that it is in. */
  #tell(line: ToldLine, deeper = 0): void {
    for (const { text, depth } of this.#heads.unsaid()) this.#line({ text }, depth);
    this.#line(line, this.#heads.depth + deeper);
  }

  #line({ text, mood }: ToldLine, depth: number): void {
    const colour = mood === 'good' ? 'green' : 'red';
    for (const line of this.#wrapped(text, depth + 1)) {
      this.#options.say(mood === undefined ? line : this.#paint(colour, line));
    }
  }

  #wrapped(text: string, depth: number): string[] {
    const indent = '  '.repeat(Math.min(depth, deepest));
    const mark = /^[<>] /.exec(text)?.[0] ?? '';
    return text.split('\n').flatMap((line, index) => {
      const first = indent + (index === 0 ? '' : `${mark}  `);
      return wrapped(line, this.#options.width, { first, next: `${indent}${mark}  ` });
    });
  }
}

/** Deeper steps are not set in further: there must be room for what is told of them. */
const deepest = 6;
