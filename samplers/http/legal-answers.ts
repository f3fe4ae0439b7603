import type { Socket } from 'node:net';
import { findHeader, findHeaders, isNamed } from './response-headers.ts';

/** What is touched of the parser of undici 7.30.2 (`client-h1.js`). */
interface Parser {
  /** Its llhttp 9, compiled to WebAssembly. */
  readonly llhttp: Llhttp;
  /** Where in the memory of `llhttp` its state is. */
  readonly ptr: number;
  /** Names and values of the message that is being read. */
  readonly headers: readonly Buffer[];
  /** Values of Content-Length, one behind the other. */
  contentLength: string;
  readonly onHeaderField: (this: Parser, name: Buffer) => number;
  readonly onHeadersComplete: (this: Parser, status: number, upgrade: boolean, keepsAlive: boolean) => number;
}

interface Llhttp {
  readonly memory: { readonly buffer: ArrayBufferLike };
  llhttp_get_status_code(ptr: number): number;
  llhttp_set_lenient_chunked_length(ptr: number, enabled: number): void;
  llhttp_set_lenient_optional_cr_before_lf(ptr: number, enabled: number): void;
  llhttp_set_lenient_spaces_after_chunk_size(ptr: number, enabled: number): void;
}

/** Places in llhttp's state (`llhttp.h` of llhttp 9, for 32 bits). */
const headerStateAt = 44;
const flagsAt = 50;
const statusAt = 52;
const generalHeader = 0;
const transferEncodingFlag = 0x200;

/**
 * Makes undici take on a connection what RFC 9112 allows a server to send and its parser refuses: a Content-Length in answers
 * without a body, a `100 Continue` that nobody asked for, Content-Length beside Transfer-Encoding (§6.3), the same
 * length twice, lines that end in LF alone (§2.2) and spaces behind a chunk's size.
 *
 * undici has no option for any of it; its own parser has. If a later undici is built differently, nothing is changed.
 */
export function takeLegalAnswers(socket: Socket): void {
  const symbol = Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'parser');
  const parser: unknown = symbol === undefined ? undefined : Reflect.get(socket, symbol);
  if (!isParser(parser)) return;
  const { llhttp, ptr } = parser;
  llhttp.llhttp_set_lenient_chunked_length(ptr, 1);
  llhttp.llhttp_set_lenient_optional_cr_before_lf(ptr, 1);
  llhttp.llhttp_set_lenient_spaces_after_chunk_size(ptr, 1);
  if (legal === undefined) legal = isAsExpected(parser) ? legalParser(parser) : null;
  if (legal !== null) Object.setPrototypeOf(parser, legal);
}

/** What such parsers inherit from; made of the first one. Null: undici's are not as expected. */
let legal: object | null | undefined;

function isParser(value: unknown): value is Parser {
  if (typeof value !== 'object' || value === null || !('llhttp' in value) || !('ptr' in value)) return false;
  const { llhttp, ptr } = value;
  return (
    typeof llhttp === 'object' &&
    llhttp !== null &&
    typeof ptr === 'number' &&
    lenientSetters.every((name) => name in llhttp)
  );
}

const lenientSetters = [
  'llhttp_set_lenient_chunked_length',
  'llhttp_set_lenient_optional_cr_before_lf',
  'llhttp_set_lenient_spaces_after_chunk_size',
];

/** Whether the state lies where it is written to: the status, which llhttp tells, lies beside it. */
function isAsExpected(parser: Parser): boolean {
  const state = stateOf(parser);
  const before = state.getUint16(statusAt, true);
  state.setUint16(statusAt, 299, true);
  const isThere = parser.llhttp.llhttp_get_status_code(parser.ptr) === 299;
  state.setUint16(statusAt, before, true);
  return isThere;
}

function legalParser(first: Parser): object {
  const { onHeaderField, onHeadersComplete } = first;
  const made = {
    onHeaderField(this: Parser, name: Buffer): number {
      const result = onHeaderField.call(this, name);
      // A second length is read as any header is, and compared once all are there.
      if (this.contentLength !== '' && isNamed(this.headers.at(-1), 'content-length')) {
        stateOf(this).setUint8(headerStateAt, generalHeader);
      }
      return result;
    },
    onHeadersComplete(this: Parser, status: number, upgrade: boolean, keepsAlive: boolean): number {
      if (this.contentLength !== '') settleLength(this, status);
      // At a 100 undici ends the connection; any other status below 200 it takes as one that an answer follows.
      return onHeadersComplete.call(this, status === 100 ? 102 : status, upgrade, keepsAlive);
    },
  };
  Object.setPrototypeOf(made, Reflect.getPrototypeOf(first));
  return made;
}

/** Leaves the parser the length that holds: undici compares the body with it. */
function settleLength(parser: Parser, status: number): void {
  const { headers, contentLength } = parser;
  const coding = findHeader(headers, 'transfer-encoding')?.toString('latin1').trim().toLowerCase();
  if (coding === 'identity') {
    // An older standard's word for none; llhttp would wait for the end of the connection.
    const state = stateOf(parser);
    state.setUint16(flagsAt, state.getUint16(flagsAt, true) & ~transferEncodingFlag, true);
  } else if (coding !== undefined || status === 204 || status === 304) {
    parser.contentLength = '';
    return;
  }
  const first = findHeader(headers, 'content-length')?.toString('latin1') ?? '';
  if (first.length === contentLength.length) return;
  const isOne = findHeaders(headers, 'content-length').every((length) => length.trim() === first.trim());
  if (isOne) parser.contentLength = first;
}

function stateOf({ llhttp, ptr }: Parser): DataView {
  return new DataView(llhttp.memory.buffer, ptr);
}
