/** What was sent or received is not what the server says it has. */
export class ChecksumError extends Error {
  override readonly name = 'ChecksumError';
}
