/** How rows are told apart in the bytes of a file. */
export interface RowForm {
  /**
   * Where the row that begins at `from` ends, its line end not included, and where the next one begins; null when that is not
   * within the bytes.
   */
  end(bytes: Uint8Array, from: number): RowEnd | null;
  /** Whether what stands there is passed over. */
  blank(bytes: Uint8Array, from: number, to: number): boolean;
}

export interface RowEnd {
  readonly end: number;
  readonly next: number;
}

const [lineFeed, carriageReturn, quote, space] = [10, 13, 34, 32];

function endOfLine(bytes: Uint8Array, from: number): RowEnd | null {
  const feed = bytes.indexOf(lineFeed, from);
  if (feed < 0) return null;
  return { end: feed > from && bytes[feed - 1] === carriageReturn ? feed - 1 : feed, next: feed + 1 };
}

/** A row ends with `\n`, `\r\n` or `\r`, as Java's `readLine` takes them. Empty ones are passed over. */
export const lineForm: RowForm = {
  end: (bytes, from) => {
    const line = endOfLine(bytes, from);
    // Within the line alone: a file without a `\r` is not searched again for each row.
    const found = bytes.subarray(from, line?.end).indexOf(carriageReturn);
    // At the end of the bytes it may be half of `\r\n`.
    if (found < 0 || from + found + 1 === bytes.length) return line;
    return { end: from + found, next: from + found + 1 };
  },
  blank: (bytes, from, to) => from === to || (to === from + 1 && bytes[from] === carriageReturn),
};

/** A row is a line. Those without a visible character are passed over. */
export const jsonLineForm: RowForm = {
  end: endOfLine,
  blank: (bytes, from, to) => {
    for (let at = from; at < to; at++) if ((bytes[at] ?? 0) > space) return false;
    return true;
  },
};

/** Fields may stand in double quotes, line ends within them; a quote inside is doubled. A row ends with `\n`, `\r\n` or `\r`. */
export function quotedForm(delimiter: Uint8Array): RowForm {
  return {
    end: (bytes, from) => endOfQuotedRow(bytes, from, delimiter),
    blank: (_, from, to) => from === to,
  };
}

function endOfQuotedRow(bytes: Uint8Array, from: number, delimiter: Uint8Array): RowEnd | null {
  const first = delimiter[0];
  let fieldStart = true;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === quote && fieldStart) {
      at = closingQuote(bytes, at + 1);
      if (at < 0) return null;
      fieldStart = false;
    } else if (byte === first && startsWith(bytes, at, delimiter)) {
      at += delimiter.length - 1;
      fieldStart = true;
    } else if (byte === lineFeed) return { end: at, next: at + 1 };
    else if (byte === carriageReturn) {
      if (at + 1 === bytes.length) return null;
      return { end: at, next: bytes[at + 1] === lineFeed ? at + 2 : at + 1 };
    } else fieldStart = false;
  }
  return null;
}

/** The place of the quote that ends a field; -1 when it is not there. The last byte may be half of a doubled one. */
function closingQuote(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(quote, from);
  while (at >= 0 && bytes[at + 1] === quote) at = bytes.indexOf(quote, at + 2);
  return at + 1 < bytes.length ? at : -1;
}

function startsWith(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let n = 1; n < wanted.length; n++) if (bytes[at + n] !== wanted[n]) return false;
  return true;
}
