const remedies: Readonly<Record<string, string>> = {
  'connect.refused': 'Does the server run, and is this its port?',
  'connect.timeout': 'Check the address and the firewalls on the way; connectTimeout sets the limit',
  'connect.reset':
    'Look at the firewalls and balancers on the way, and at how many connections the server accepts',
  'connect.unreachable': 'Check the address, and the routes of this machine',
  'dns.notfound': 'Check its spelling; dns: { NAME: ADDRESS } gives an address without asking',
  'dns.unavailable':
    'Check the name servers of this machine; dns: { NAME: ADDRESS } gives an address without asking',
  'local.memory_exhausted': 'Use fewer connections, or raise net.ipv4.tcp_mem',
  'local.source_address': 'Give the address to this machine, or name one that it has',
  proxy:
    'Check proxy: (or HTTP_PROXY and HTTPS_PROXY), or name hosts that need none under noProxy: (or NO_PROXY)',
  'proxy.auth_required': '',
  'http2.refused':
    'The server may allow fewer streams at a time; http2: false gives each request a connection',
  http2: 'Its log may say why; http2: false speaks HTTP/1.1',
  'reset.before_headers': 'Look at the logs of the server, and of balancers before it',
  'reset.mid_body': 'Look at the logs of the server, and of balancers before it',
  'closed.before_headers': 'Look at the logs of the server, and of balancers before it',
  truncated: 'Look at the logs of the server, and of balancers before it',
  'timeout.first_byte': 'firstByteTimeout sets the limit',
  'timeout.idle': 'idleTimeout sets the limit',
  'timeout.total': 'timeout sets the limit',
  'tls.timeout': 'connectTimeout sets the limit',
  'tls.reset': 'It may want a certificate:, another tlsVersion, or another serverName',
  'tls.not_tls': 'Write http://, or the port that speaks TLS',
  'tls.self_signed': 'Give it to ca: as a file, or set insecure: true where that is enough',
  'tls.unknown_issuer': 'Give the certificate of its issuer to ca: as a file, or set insecure: true',
  'tls.expired': 'Renew it, or set insecure: true to test all the same',
  'tls.not_yet_valid': 'Compare the clocks of both machines, or set insecure: true',
  'tls.revoked': 'Renew it, or set insecure: true to test all the same',
  'tls.wrong_name': 'Use a name that the certificate has, or set serverName to one',
  'tls.version': 'Set tlsVersion to one that both speak',
  'tls.certificate_required': 'Give one: certificate: { cert: FILE, key: FILE }',
  'tls.certificate_refused': 'Give one that the server trusts: certificate: { cert: FILE, key: FILE }',
  'tls.protocol': 'Set http2: false',
  'tls.certificate': '',
  'tls.ca': '',
  tls: 'Check tlsVersion, ca and certificate',
  protocol: 'See what it sends, for example with curl -v',
  'decode.unsupported': '',
  decode: 'headers: { Accept-Encoding: identity } asks for it as it is',
  'response.too_large': 'maxResponseSize raises the limit',
  'redirect.limit': 'maxRedirects raises the limit; followRedirects: false shows the first answer',
  'redirect.location': 'followRedirects: false takes the answer as it is',
  'redirect.target': 'followRedirects: false takes the answer as it is',
};

/** What to do about a cause, by its name or the first part of it, in the options of `http`; empty where its sentence says so. */
export function remedyOf(cause: string): string {
  return remedies[cause] ?? remedies[cause.split('.', 1)[0] ?? ''] ?? '';
}
