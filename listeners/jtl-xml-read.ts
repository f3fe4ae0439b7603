import { XmlStream } from '../engine/markup/xml-stream.ts';
import { UserError } from '../engine/model/errors.ts';
import type { Sample } from '../engine/model/sample.ts';
import { jtlColumns } from './jtl-columns.ts';
import { jtlHeader } from './jtl-line.ts';
import type { RowReader } from './jtl-row.ts';

/** JMeter's attribute for each column that has one. */
const attributes: Readonly<Record<string, string>> = Object.fromEntries(
  jtlColumns.flatMap(({ name, attribute, usual }) => (attribute && usual ? [[name, attribute]] : [])),
);

/** The columns of samples in XML, in the order in which `xmlSamples` gives them to the reader of rows. */
export const xmlColumns: readonly string[] = jtlHeader.split(',');

/** Those that the first sample of a text has; null without one. */
export function xmlColumnsOf(head: string): readonly string[] | null {
  const [, tag] = /<(?:httpSample|sample)\s([^>]*)>/.exec(head) ?? [];
  if (tag === undefined) return null;
  const has = (name: string) => new RegExp(`(?:^|\\s)${attributes[name] ?? name}=`).test(tag);
  return xmlColumns.filter((name) => !(name in attributes) || has(name));
}

/** An element that is a sample, while it is open. */
interface Open {
  readonly attributes: Readonly<Record<string, string>>;
  readonly parts: Open[];
  failure: string;
  url: string;
}

const sampleNames: ReadonlySet<string> = new Set(['sample', 'httpSample']);

/**
 * The samples of JMeter's JTL in XML, or ours, each before its parts. `left` is told, once at the end, what could not be
 * read. Throws a `UserError` for other XML.
 */
export async function* xmlSamples(
  pieces: AsyncIterable<string>,
  {
    name,
    read,
    warn,
  }: { readonly name: string; readonly read: RowReader; readonly warn: (message: string) => void },
): AsyncGenerator<Sample> {
  const whole: Open[] = [];
  const reader = new TreeReader((tree) => whole.push(tree));
  const stream = new XmlStream(reader);
  const wrong: string[] = [];
  let given = 0;
  for await (const piece of pieces) {
    stream.write(piece);
    if (reader.root !== null && reader.root !== 'testResults')
      throw new UserError(`${name}: expected a JTL, found XML of another kind (<${reader.root}>).`);
    for (const tree of whole.splice(0)) {
      for (const sample of samplesOf(tree, read, wrong)) {
        given += 1;
        yield sample;
      }
    }
  }
  tell({ name, given, wrong, warn, mistake: stream.mistake, isOpen: !reader.isDone });
}

interface Ending {
  readonly name: string;
  readonly given: number;
  readonly wrong: readonly string[];
  readonly mistake: string | null;
  readonly isOpen: boolean;
  readonly warn: (message: string) => void;
}

function tell({ name, given, wrong, mistake, isOpen, warn }: Ending): void {
  const [first] = wrong;
  if (given === 0 && first !== undefined) throw new UserError(`${name}: ${first}. No element was a sample`);
  if (given === 0 && mistake !== null) throw new UserError(`${name}: the XML cannot be read: ${mistake}`);
  if (first !== undefined) warn(`${name}: ${first}. Elements left out: ${wrong.length}`);
  if (isOpen) warn(`${name}: the file is not finished; what is torn at its end was left out`);
}

/** Builds the elements that are samples, and gives the outermost when they are whole. */
class TreeReader {
  readonly #given: (tree: Open) => void;
  readonly #open: Open[] = [];
  readonly #path: string[] = [];
  #text = '';
  root: string | null = null;
  isDone = false;

  constructor(given: (tree: Open) => void) {
    this.#given = given;
  }

  open(name: string, found: Readonly<Record<string, string>>): void {
    this.root ??= name;
    this.#path.push(name);
    this.#text = '';
    if (sampleNames.has(name)) this.#open.push({ attributes: found, parts: [], failure: '', url: 'null' });
  }

  text(text: string): void {
    const inner = this.#path.at(-1);
    if (inner === 'failureMessage' || inner === 'java.net.URL') this.#text += text;
  }

  close(name: string): void {
    this.#path.pop();
    if (this.#path.length === 0) this.isDone = true;
    const sample = this.#open.at(-1);
    if (!sample) return;
    if (name === 'failureMessage' && sample.failure === '') sample.failure = this.#text;
    if (name === 'java.net.URL') sample.url = this.#text;
    if (!sampleNames.has(name)) return;
    this.#open.pop();
    const around = this.#open.at(-1);
    if (around) around.parts.push(sample);
    else this.#given(sample);
  }
}

/**
 * A sample and its parts. The steps of JMeter's transactions, which are inside them, are samples of their own, as they are in
 * CSV.
 */
function* samplesOf(tree: Open, read: RowReader, wrong: string[], isPart = false): Generator<Sample> {
  const text = (name: string) => tree.attributes[attributes[name] ?? ''] ?? '';
  const own: Readonly<Record<string, string>> = { failureMessage: tree.failure, URL: tree.url };
  const sample = read(xmlColumns.map((name) => own[name] ?? text(name)));
  if (typeof sample === 'string') {
    wrong.push(
      `<${text('label') === '' ? 'sample' : `sample lb="${text('label')}"`} ts="${text('timeStamp')}">: ${sample}`,
    );
    return;
  }
  const shown: Sample = isPart ? { ...sample, kind: 'sub' } : sample;
  yield shown;
  const arePartsOfIt = shown.kind !== 'transaction' && shown.kind !== 'cut';
  for (const part of tree.parts) yield* samplesOf(part, read, wrong, arePartsOfIt);
}
