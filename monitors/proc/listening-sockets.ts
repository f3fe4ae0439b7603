/** The state LISTEN in `/proc/net/tcp` (include/net/tcp_states.h). */
const listening = '0A';

/**
 * The sockets (inodes) that listen on a port, by `/proc/net/tcp` or `/proc/net/tcp6`:
 * `sl local_address:PORT remote_address:PORT state … uid timeout inode`, addresses and ports in hexadecimal.
 */
export function listeningSockets(text: string, port: number): string[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return text.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    return state === listening && local.endsWith(wanted) && inode !== undefined ? [inode] : [];
  });
}
