import type { Stage } from './fault.ts';
import { TransportError } from './transport-error.ts';

/** What happened, by the code that the system or undici gives and by how far the exchange had come. */
type Cause = string | Readonly<Record<Stage, string>>;

const reset: Cause = {
  connect: 'connect.reset',
  tunnel: 'proxy.reset',
  handshake: 'tls.reset',
  answer: 'reset.before_headers',
  body: 'reset.mid_body',
};

const closed: Cause = {
  connect: 'connect.reset',
  tunnel: 'proxy.closed',
  handshake: 'tls.reset',
  answer: 'closed.before_headers',
  body: 'truncated',
};

const causes: Readonly<Record<string, Cause>> = {
  ECONNREFUSED: 'connect.refused',
  ETIMEDOUT: {
    connect: 'connect.timeout',
    tunnel: 'proxy.timeout',
    handshake: 'tls.timeout',
    answer: 'reset.before_headers',
    body: 'reset.mid_body',
  },
  EHOSTUNREACH: 'connect.unreachable',
  ENETUNREACH: 'connect.unreachable',
  ENOTFOUND: 'dns.notfound',
  EAI_AGAIN: 'dns.unavailable',
  EADDRNOTAVAIL: 'local.ports_exhausted',
  EADDRINUSE: 'local.ports_exhausted',
  EMFILE: 'local.fd_exhausted',
  ENFILE: 'local.fd_exhausted',
  ENOBUFS: 'local.memory_exhausted',
  ENOMEM: 'local.memory_exhausted',
  ECONNRESET: reset,
  EPIPE: reset,
  UND_ERR_SOCKET: closed,
  UND_ERR_HEADERS_OVERFLOW: 'protocol.header_overflow',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'protocol.content_length',
  ERR_ASSERTION: 'protocol.status',
  UND_ERR_INVALID_ARG: 'request.invalid',
  UND_ERR_NOT_SUPPORTED: 'request.invalid',
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: 'request.invalid',
  UND_ERR_DESTROYED: 'interrupted',
  UND_ERR_CLOSED: 'interrupted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls.self_signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls.self_signed',
  CERT_HAS_EXPIRED: 'tls.expired',
  CERT_NOT_YET_VALID: 'tls.not_yet_valid',
  CERT_REVOKED: 'tls.revoked',
  UNABLE_TO_GET_ISSUER_CERT: 'tls.unknown_issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls.unknown_issuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls.unknown_issuer',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls.wrong_name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls.not_tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'tls.not_tls',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'tls.version',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'tls.version',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'tls.certificate_required',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'tls.certificate_refused',
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'tls.certificate_refused',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: 'tls.certificate_refused',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: 'tls.certificate_refused',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED: 'tls.certificate_refused',
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: 'tls.protocol',
};

/** Our name for an error of the transport. `isShort` tells that the body has fewer bytes than announced. */
export function causeOf(error: Error, stage: Stage, isShort: boolean): string {
  if (error instanceof TransportError) return error.code;
  if (error.name === 'HTTPParserError') return parserCause(error, stage);
  const code = 'code' in error ? String(error.code) : error.name;
  const cause = exceptions[code]?.(error, isShort) ?? causes[code];
  if (cause !== undefined) return typeof cause === 'string' ? cause : cause[stage];
  if (/^ERR_(SSL|TLS)_/.test(code) || stage === 'handshake') return 'tls.handshake';
  return `transport.${code.toLowerCase()}`;
}

/** Codes that mean something else under circumstances. */
const exceptions: Readonly<Record<string, (error: Error, isShort: boolean) => string | undefined>> = {
  UND_ERR_SOCKET: ({ message }) => socketCauses[message],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: (_, isShort) => (isShort ? 'truncated' : undefined),
  EADDRNOTAVAIL: (error) => (isOfBind(error) ? 'local.source_address' : undefined),
};

/** The source address is to blame, not the ports: with several addresses to try, each try says so. */
function isOfBind(error: Error): boolean {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error && 'syscall' in first && first.syscall === 'bind';
}

/** What undici says of its own accord, with the plain code of a closed socket. */
const socketCauses: Readonly<Record<string, string>> = {
  'bad upgrade': 'protocol.upgrade',
};

/** The parser gives no code: `Response does not match the HTTP/1.1 protocol (Invalid character in chunk size)`. */
function parserCause(error: Error, stage: Stage): string {
  const reason = parserReason(error.message).toLowerCase();
  if (reason.startsWith('invalid eof')) return stage === 'body' ? 'truncated' : 'closed.before_headers';
  if (reason.startsWith('expected http')) return 'protocol.not_http';
  return `protocol.${reason.replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '') || 'other'}`;
}

/** OpenSSL begins with the number of the thread and of the error, and ends with its source: `40A7…:error:0A00010B:SSL routines:f:REASON:file.c:350:`. */
const openSsl = /^[0-9A-F]+:error:[0-9A-F]+:[^:]*:[^:]*:([^:]+)(?::[^:]*:\d+:.*)?$/;

/** What to quote of an error: one line, without undici's preamble. */
export function detailOf(error: Error): string {
  const [line = ''] = parserReason(error.message).split('\n', 1);
  return openSsl.exec(line)?.[1] ?? line;
}

function parserReason(message: string): string {
  return /^Response does not match the HTTP\/1\.1 protocol \((.*)\)$/s.exec(message)?.[1] ?? message;
}
