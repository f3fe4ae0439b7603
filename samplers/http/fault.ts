import { formatMs } from '../../engine/model/units.ts';
import { remedyOf } from './remedies.ts';
import { connectionWordings } from './connection-wordings.ts';
import type { Circumstances, Stage, Wording } from './wording.ts';

export type { Circumstances, Stage };

/** Why there is no whole response, in three voices. */
export interface Fault {
  /** Ours: `reset.mid_body`. */
  readonly cause: string;
  /** JMeter's, as reporters group it: `Non HTTP response code: java.net.SocketException`. */
  readonly code: string;
  readonly message: string;
  /** For people: the cause, then a sentence. */
  readonly failure: string;
}

const other: Wording = {
  exception: 'java.io.IOException',
  message: ({ detail }) => detail,
  sentence: (c) => `the exchange with ${c.host} failed ${soFar(c)}: ${c.detail}`,
};

/** By cause, or by its first part. */
export const wordings: Readonly<Record<string, Wording>> = {
  'connect.refused': say('java.net.ConnectException', 'Connection refused', 'refused the connection'),
  'connect.timeout': {
    exception: 'org.apache.http.conn.ConnectTimeoutException',
    message: ({ host }) => `Connect to ${host} failed: connect timed out`,
    sentence: ({ host, limitMs }) => `${host} accepted no connection${within(limitMs)}`,
  },
  'connect.reset': say('java.net.SocketException', 'Connection reset', 'reset the connection attempt'),
  'connect.unreachable': say(
    'java.net.NoRouteToHostException',
    'No route to host (Host unreachable)',
    'cannot be reached from this machine',
  ),
  'dns.notfound': {
    exception: 'java.net.UnknownHostException',
    message: ({ host }) => `${host}: Name or service not known`,
    sentence: ({ host }) => `no address is known for ${host}`,
  },
  'dns.unavailable': {
    exception: 'java.net.UnknownHostException',
    message: ({ host }) => `${host}: Temporary failure in name resolution`,
    sentence: ({ host }) => `the name service did not answer for ${host}`,
  },
  'local.ports_exhausted': {
    exception: 'java.net.NoRouteToHostException',
    message: () => 'Cannot assign requested address (Address not available)',
    sentence: ({ host }) =>
      `the load generator, not the server, is at fault: it has no local port left to connect to ${host}. ` +
      'Use fewer connections, or widen net.ipv4.ip_local_port_range',
  },
  'local.fd_exhausted': {
    exception: 'java.net.SocketException',
    message: () => 'Too many open files',
    sentence: ({ host }) =>
      `the load generator, not the server, is at fault: it may open no more files to connect to ${host}. ` +
      'Raise ulimit -n',
  },
  'local.memory_exhausted': {
    exception: 'java.net.SocketException',
    message: () => 'No buffer space available',
    sentence: ({ host }) =>
      `the load generator, not the server, is at fault: its system has no memory left to connect to ${host}`,
  },
  'local.source_address': {
    exception: 'java.net.BindException',
    message: () => 'Cannot assign requested address',
    sentence: ({ host }) =>
      `no connection to ${host}: the load generator does not have the sourceAddress it is to come from`,
  },
  ...connectionWordings,
  'reset.before_headers': say(
    'java.net.SocketException',
    'Connection reset',
    'reset the connection before it answered',
  ),
  'reset.mid_body': {
    exception: 'java.net.SocketException',
    message: () => 'Connection reset',
    sentence: (c) => `${c.host} reset the connection ${soFar(c)}`,
  },
  'closed.before_headers': {
    exception: 'org.apache.http.NoHttpResponseException',
    message: ({ host }) => `${host} failed to respond`,
    sentence: ({ host }) => `${host} closed the connection before it answered`,
  },
  truncated: {
    exception: 'org.apache.http.ConnectionClosedException',
    message: ({ expectedBytes, bodyBytes }) =>
      expectedBytes === null
        ? 'Premature end of chunk coded message body: closing chunk expected'
        : 'Premature end of Content-Length delimited message body ' +
          `(expected: ${expectedBytes}; received: ${bodyBytes})`,
    sentence: (c) => `${c.host} closed the connection ${soFar(c)}`,
  },
  'timeout.first_byte': timedOut(
    ({ host, limitMs }) => `${host} sent no complete response headers${within(limitMs)}`,
  ),
  'timeout.idle': timedOut((c) => `${c.host} fell silent for ${formatMs(c.limitMs)} ${soFar(c)}`),
  'timeout.total': timedOut(
    (c) => `the operation on ${c.host} was not over${within(c.limitMs)}, given up ${soFar(c)}`,
  ),
  'tls.timeout': timedOut(
    ({ host, limitMs }) => `the TLS handshake with ${host} was not over${within(limitMs)}`,
  ),
  'tls.reset': say(
    'javax.net.ssl.SSLHandshakeException',
    'Remote host terminated the handshake',
    'broke off the TLS handshake',
  ),
  'tls.not_tls': say(
    'javax.net.ssl.SSLException',
    'Unsupported or unrecognized SSL message',
    'does not speak TLS on this port',
  ),
  tls: {
    exception: 'javax.net.ssl.SSLHandshakeException',
    message: ({ detail }) => detail,
    sentence: ({ host, detail }) => `no TLS connection to ${host}: ${detail}`,
  },
  protocol: {
    exception: 'org.apache.http.client.ClientProtocolException',
    message: ({ detail }) => detail,
    sentence: (c) => `${c.host} broke HTTP ${soFar(c)}: ${c.detail}`,
  },
  'decode.unsupported': {
    exception: 'org.apache.http.HttpException',
    message: ({ detail }) => `Unsupported Content-Encoding: ${detail}`,
    sentence: ({ host, detail }) =>
      `the body that ${host} sent has the Content-Encoding "${detail}", which cannot be undone here; ` +
      'send an Accept-Encoding header without it',
  },
  decode: {
    exception: 'java.util.zip.ZipException',
    message: ({ detail }) => detail,
    sentence: ({ host, detail, bodyBytes }) =>
      `the ${bodyBytes} bytes of body that ${host} sent cannot be decompressed: ${detail}`,
  },
  'response.too_large': {
    exception: 'java.io.IOException',
    message: ({ detail }) => `Response too large: ${detail}`,
    sentence: (c) => `${c.host} sent more than ${c.detail}, given up ${soFar(c)}`,
  },
  'redirect.limit': {
    exception: 'java.io.IOException',
    message: ({ detail }) => `Exceeded maximum number of redirects: ${detail}`,
    sentence: ({ host, detail }) => `${host} redirects again after ${detail} redirects were followed`,
  },
  'redirect.location': {
    exception: 'java.lang.IllegalArgumentException',
    message: ({ detail }) => `Missing location header in redirect for ${detail}`,
    sentence: ({ host, detail }) => `${host} redirects ${detail} without saying where to`,
  },
  'redirect.target': {
    exception: 'java.net.MalformedURLException',
    message: ({ detail }) => `unusable redirect target: ${detail}`,
    sentence: ({ host, detail }) => `${host} redirects to "${detail}"; only http and https URLs are followed`,
  },
  'embedded.depth': {
    exception: 'java.lang.Exception',
    message: () => 'Maximum frame/iframe nesting depth exceeded.',
    sentence: ({ detail }) =>
      `what this page embeds is nested more than ${detail} levels deep and was not loaded`,
  },
  'request.invalid': {
    exception: 'java.lang.IllegalArgumentException',
    message: ({ detail }) => detail,
    sentence: ({ host, detail }) => `the request to ${host} cannot be sent: ${detail}`,
  },
  interrupted: {
    exception: 'org.apache.http.impl.execchain.RequestAbortedException',
    message: () => 'Request aborted',
    sentence: (c) => `the run stopped this request to ${c.host} ${soFar(c)}`,
  },
};

/** The fault of a cause under given circumstances, and what to do about it in the options of `http`. */
export function faultOf(cause: string, circumstances: Circumstances): Fault {
  return plainFault(cause, circumstances, remedyOf(cause));
}

/** The same for others who speak HTTP, with options of their own. */
export function plainFault(cause: string, circumstances: Circumstances, remedy = ''): Fault {
  const wording = wordings[cause] ?? wordings[cause.split('.', 1)[0] ?? ''] ?? other;
  const sentence = wording.sentence(circumstances) + (circumstances.reused ? ' (reused connection)' : '');
  const told = remedy === '' ? sentence : `${sentence}. ${remedy}`;
  return fault(cause, {
    exception: wording.exception,
    message: wording.message(circumstances),
    sentence: told,
  });
}

/** A fault in its own words. */
export function fault(
  cause: string,
  { exception, message, sentence }: { exception: string; message: string; sentence: string },
): Fault {
  return {
    cause,
    code: `Non HTTP response code: ${exception}`,
    message: `Non HTTP response message: ${message}`,
    failure: `${cause}: ${sentence}${sentence.endsWith('?') ? '' : '.'}`,
  };
}

/** Circumstances of what is wrong with a request or an answer as such. */
export function circumstances(host: string, detail: string): Circumstances {
  return { host, detail, stage: 'body', reused: false, bodyBytes: 0, expectedBytes: null, limitMs: 0 };
}

function say(exception: string, message: string, predicate: string): Wording {
  return { exception, message: () => message, sentence: ({ host }) => `${host} ${predicate}` };
}

function timedOut(sentence: Wording['sentence']): Wording {
  return { exception: 'java.net.SocketTimeoutException', message: () => 'Read timed out', sentence };
}

function within(limitMs: number): string {
  return limitMs > 0 ? ` within ${formatMs(limitMs)}` : '';
}

function soFar({ stage, bodyBytes, expectedBytes }: Circumstances): string {
  if (stage !== 'body') return stage === 'answer' ? 'before its answer' : 'while connecting';
  return `after ${bodyBytes}${expectedBytes === null ? '' : ` of ${expectedBytes}`} bytes of body`;
}
