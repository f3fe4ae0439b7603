/** The codes with which a system says that it has no more of something, and what is then counted. */
const systemCodes: Readonly<Record<string, string>> = {
  EMFILE: 'local.fd_exhausted',
  ENFILE: 'local.fd_exhausted',
  EAGAIN: 'local.memory_exhausted',
  ENOMEM: 'local.memory_exhausted',
};

/**
 * Why a sample failed on this machine (`local.fd_exhausted`); null when the reason lies elsewhere. Samplers begin their
 * failure with the cause; that of a page tells the cause of the resource after it, and what could not open a file or
 * start a program says so in Node's words.
 */
export function localCause(failure: string): string | null {
  const said = /(?:^|: )(local\.[a-z_]+): /.exec(failure)?.[1];
  if (said !== undefined) return said;
  const code = /(?:^|: )(?:spawn \S+ (EMFILE|ENFILE|EAGAIN|ENOMEM)\b|(EMFILE|ENFILE): )/.exec(failure);
  return systemCodes[code?.[1] ?? code?.[2] ?? ''] ?? null;
}
