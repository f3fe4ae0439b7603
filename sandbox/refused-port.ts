const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE:
    'is in use: another program listens there. Give another one with --port, or 0 for any that is free',
  EACCES: 'may not be used by this user: ports below 1024 usually need rights. Give another one with --port',
  EPERM: 'may not be used by this user. Give another one with --port',
  EADDRNOTAVAIL: 'cannot be had: this machine has no address 127.0.0.1',
};

/** Why a server cannot listen, as a sentence; null for any other error. */
export function refusedPort(error: unknown): string | null {
  if (!(error instanceof Error) || !('syscall' in error) || error.syscall !== 'listen') return null;
  const code = 'code' in error ? String(error.code) : '';
  const port = 'port' in error ? String(error.port) : '';
  return `port ${port} ${reasons[code] ?? `cannot be used (${code})`}`;
}
