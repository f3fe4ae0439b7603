/** An error of ours on the way to a server. Its code is the cause that is reported: `proxy.refused`. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly code: string;
  /** The key of the configuration that is wrong, or what the error is about. */
  readonly subject: string;

  constructor(cause: string, message: string, subject = '') {
    super(message);
    this.code = cause;
    this.subject = subject;
  }
}
