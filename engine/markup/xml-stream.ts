import { SaxesParser } from 'saxes';

/** What is met on the way through a document. */
export interface XmlEvents {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
}

/**
 * Reads XML that comes in pieces, and goes on behind what is not well-formed, as far as it can: characters that XML cannot hold
 * are among what others write. `mistakes` are those that were met, the first of them only.
 */
export class XmlStream {
  readonly #parser = new SaxesParser();
  #mistake: string | null = null;

  constructor(events: XmlEvents) {
    this.#parser.on('error', (error) => {
      this.#mistake ??= error.message;
    });
    this.#parser.on('opentag', ({ name, attributes }) => events.open(name, attributes));
    this.#parser.on('text', (text) => events.text(text));
    this.#parser.on('cdata', (text) => events.text(text));
    this.#parser.on('closetag', ({ name }) => events.close(name));
  }

  write(piece: string): void {
    this.#parser.write(piece);
  }

  get mistake(): string | null {
    return this.#mistake;
  }
}
