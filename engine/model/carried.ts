/**
 * What listeners ask of samples besides what every sample says.
 *
 * Known before the run and told to the workers, which alone see variables and answers: a plan without such listeners
 * pays nothing.
 */
export interface Carried {
  /** Variables of the user, as they are when the sample is done. */
  readonly variables: readonly string[];
  readonly contents: readonly ContentWish[];
}

/** Which requests and answers a listener wants to see, and how much of them. */
export interface ContentWish {
  readonly of: 'all' | 'ok' | 'failed';
  /** Empty: any. */
  readonly labels: readonly string[];
  readonly request: boolean;
  /** Headers and body of the answer. */
  readonly headers: boolean;
  readonly body: boolean;
  /** The same of the parts of the sample, too; absent: not. */
  readonly parts?: boolean;
  /** The most that is sent of a body, that of the request included. */
  readonly limitBytes: number;
  /** How many of each label and code a worker sends; null: no limit of its own. */
  readonly perLabelAndCode: number | null;
  /** How many a worker sends, and how many bytes of bodies; null: without end. Then nothing is kept for this any more. */
  readonly most: number | null;
  readonly mostBytes: number | null;
}
