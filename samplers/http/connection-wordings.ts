import type { Wording } from './wording.ts';

/**
 * How faults of proxies and of HTTP/2 are told. JMeter's HttpClient 4 shows a proxy's refusal as if the server had answered;
 * here it has the words of its Java implementation. Those of HTTP/2 are HttpClient 5's, for JMeter 5 does not speak it.
 */
export const connectionWordings: Readonly<Record<string, Wording>> = {
  'proxy.unreachable': {
    exception: 'java.net.ConnectException',
    message: ({ detail }) => detail,
    sentence: ({ host, detail }) => `no connection to the proxy on the way to ${host}: ${detail}`,
  },
  'proxy.timeout': {
    exception: 'java.net.SocketTimeoutException',
    message: () => 'Read timed out',
    sentence: ({ host }) => `the proxy opened no tunnel to ${host} in time`,
  },
  'proxy.reset': {
    exception: 'java.net.SocketException',
    message: () => 'Connection reset',
    sentence: ({ host }) => `the proxy reset the connection when asked for a tunnel to ${host}`,
  },
  'proxy.auth_required': {
    exception: 'java.io.IOException',
    message: ({ detail }) => `Unable to tunnel through proxy. Proxy returns "${detail}"`,
    sentence: ({ host, detail }) =>
      `the proxy opens a tunnel to ${host} only to users it knows (${detail}). Write proxy: http://user:password@host:port`,
  },
  'proxy.refused': {
    exception: 'java.io.IOException',
    message: ({ detail }) => `Unable to tunnel through proxy. Proxy returns "${detail}"`,
    sentence: ({ host, detail }) => `the proxy opened no tunnel to ${host}: ${detail}`,
  },
  proxy: {
    exception: 'java.io.IOException',
    message: ({ detail }) => `Unable to tunnel through proxy: ${detail}`,
    sentence: ({ host, detail }) => `no tunnel to ${host}: ${detail}`,
  },
  'http2.refused': {
    exception: 'org.apache.hc.core5.http2.H2StreamResetException',
    message: ({ detail }) => detail,
    sentence: ({ host, detail }) => `${host} did not take the request up (${detail})`,
  },
  'http2.reset': {
    exception: 'org.apache.hc.core5.http2.H2StreamResetException',
    message: ({ detail }) => detail,
    sentence: ({ host, detail, stage, bodyBytes }) =>
      `${host} broke off the stream ${stage === 'body' ? `after ${bodyBytes} bytes of body` : 'before its answer'} (${detail})`,
  },
  'http2.goaway': {
    exception: 'org.apache.hc.core5.http2.H2ConnectionException',
    message: ({ detail }) => detail,
    sentence: ({ host, detail }) => `${host} ended the HTTP/2 connection (GOAWAY, ${detail})`,
  },
  http2: {
    exception: 'org.apache.hc.core5.http2.H2ConnectionException',
    message: ({ detail }) => detail,
    sentence: ({ host, detail }) => `${host} broke HTTP/2: ${detail}`,
  },
};
