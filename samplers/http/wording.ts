/** How far an exchange had come. */
export type Stage = 'connect' | 'tunnel' | 'handshake' | 'answer' | 'body';

/** What is known when an exchange fails. */
export interface Circumstances {
  /** `127.0.0.1:8080`. */
  readonly host: string;
  readonly stage: Stage;
  /** The connection had served a request before. */
  readonly reused: boolean;
  readonly bodyBytes: number;
  /** From Content-Length; null when there is none. */
  readonly expectedBytes: number | null;
  /** The limit that was exceeded; 0 when none was. */
  readonly limitMs: number;
  /** What the system or a library said. */
  readonly detail: string;
}

/** What is said of a cause. */
export interface Wording {
  /** The Java class that JMeter's HttpClient4 would report. */
  readonly exception: string;
  readonly message: (c: Circumstances) => string;
  readonly sentence: (c: Circumstances) => string;
}
