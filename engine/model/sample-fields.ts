import { samplePhases } from './sample-phase.ts';

/*
 * The fields that every sample has, by type, each with its value where there is nothing to say. What crosses threads
 * (`run/packed-samples.ts`) is made from these tables, and a JTL by the names in them (`listeners/jtl-columns.ts`): a new
 * field is a line here, and a line where it is measured.
 */

/** Fields that are one of a few words; the first is the usual one. */
const choices = {
  /**
   * `sub`: part of a sample, such as one hop of a redirect; written to the JTL and not counted.
   * `transaction`: the sum of several samples; has its own row and is not counted in the total.
   * `cut`: a transaction that the end of the user's time, or of the run, cut off; written to the JTL, with a message that
   * says so (`transaction-message.ts`), and only counted as cut off.
   */
  kind: ['sample', 'sub', 'transaction', 'cut'],
  /** When it was taken: under load, or in set-up, warm-up, tear-down or clean-up, which do not count with the load. */
  phase: samplePhases,
  dataType: ['', 'text', 'bin'],
} as const;

export const textFields = {
  label: '',
  /** JMeter's thread name: `<group> <group number>-<thread number>`. */
  threadName: '',
  code: '',
  message: '',
  /** Why it failed: the first failed assertion, or the cause of a transport error. Empty when ok. */
  failure: '',
};

/** Times in milliseconds, sizes in bytes. */
export const numberFields = {
  dueEpochMs: 0,
  startEpochMs: 0,
  elapsedMs: 0,
  /** Time inside a transaction that was not spent sampling. */
  idleMs: 0,
  /** From start to the first byte of the answer; 0 when none came. */
  latencyMs: 0,
  /** Resolving, connecting and the TLS handshake; 0 on a reused connection. */
  connectMs: 0,
  bytesReceived: 0,
  bytesSent: 0,
  /** Users of the group, and of all groups, active when the sample ended. */
  groupThreads: 0,
  allThreads: 0,
};

export const flagFields = { ok: true };

/** The fields of `choiceFields`. */
export type Choices = { [Name in keyof typeof choices]: (typeof choices)[Name][number] };
export const choiceFields: { readonly [Name in keyof Choices]: readonly Choices[Name][] } = choices;

/** What every sample has. */
export type SampleFields = Readonly<Choices> &
  Readonly<typeof textFields & typeof numberFields & typeof flagFields> & {
    /** Shared by all samples of a step. */
    readonly tags: Readonly<Record<string, string>>;
    /** Null: it has none. */
    readonly url: string | null;
  };

/** The names of a table of fields. */
export function fieldNames<Table extends object>(table: Table): (keyof Table & string)[] {
  return Object.keys(table).filter((name): name is keyof Table & string => name in table);
}

/** A sample of which nothing is known. */
export const blankSample: SampleFields = {
  kind: 'sample',
  phase: 'load',
  dataType: '',
  ...textFields,
  ...numberFields,
  ...flagFields,
  tags: {},
  url: null,
};
