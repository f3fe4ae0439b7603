import { writeFileSync } from 'node:fs';
import type { Listener } from '../../engine/model/listener.ts';
import type { Sample } from '../../engine/model/sample.ts';
import type { AccessMask } from '../access.ts';
import { writeWhole } from '../write-whole.ts';
import { harRequest, harResponse } from './har-message.ts';

export interface HarOptions {
  readonly file: string;
  readonly version: string;
  readonly access: AccessMask;
}

/**
 * The requests of a run as an HTTP archive, which browsers and proxies read: HAR 1.2
 * (http://www.softwareishard.com/blog/har-12-spec/). Where a sample has parts with requests of their own, such as
 * redirects, these are its entries.
 */
export class HarFile implements Listener {
  readonly #options: HarOptions;
  readonly #entries: object[] = [];
  #whole: Sample | null = null;
  #parts: Sample[] = [];

  constructor(options: HarOptions) {
    this.#options = options;
  }

  samples(batch: readonly Sample[]): void {
    for (const sample of batch) {
      this.#options.access.learn(sample);
      if (sample.kind === 'sub') {
        if (isExchange(sample)) this.#parts.push(sample);
        continue;
      }
      this.#settle();
      this.#whole = sample;
    }
  }

  /** Requests that could be written so far. */
  get count(): number {
    this.#settle();
    return this.#entries.length;
  }

  async end(): Promise<void> {
    await writeWhole(this.#options.file, this.#text());
  }

  abandon(): void {
    writeFileSync(this.#options.file, this.#text());
  }

  #settle(): void {
    const samples = this.#parts.length > 0 ? this.#parts : this.#whole ? [this.#whole] : [];
    this.#entries.push(...samples.filter(isExchange).map((sample) => entryOf(sample, this.#options.access)));
    [this.#whole, this.#parts] = [null, []];
  }

  #text(): string {
    this.#settle();
    const creator = { name: 'Loadplan', version: this.#options.version };
    const log = { version: '1.2', creator, pages: [], entries: this.#entries };
    return `${JSON.stringify({ log }, null, 2)}\n`;
  }
}

function isExchange({ detail }: Sample): boolean {
  return /^https?:/.test(detail?.request?.url ?? '');
}

function entryOf(sample: Sample, { mask }: AccessMask): object {
  const { detail, label, startEpochMs, failure } = sample;
  const timings = timingsOf(sample);
  const { connect, send, wait, receive } = timings;
  return {
    startedDateTime: new Date(startEpochMs).toISOString(),
    time: Math.max(0, connect) + send + wait + receive,
    request: detail ? harRequest(detail, mask) : {},
    response: detail ? harResponse(sample, detail, mask) : {},
    cache: {},
    timings,
    comment: mask(failure === '' ? label : `${label}: ${failure}`),
  };
}

/** What is not known is -1, as the format has it; sending is a part of the wait. */
function timingsOf({ elapsedMs, latencyMs, connectMs }: Sample) {
  const round = (ms: number) => Math.round(Math.max(0, ms) * 1000) / 1000;
  const firstByteMs = latencyMs > 0 ? Math.min(latencyMs, elapsedMs) : elapsedMs;
  return {
    blocked: -1,
    dns: -1,
    connect: connectMs > 0 ? round(connectMs) : -1,
    ssl: -1,
    send: 0,
    wait: round(firstByteMs - connectMs),
    receive: round(elapsedMs - firstByteMs),
  };
}
