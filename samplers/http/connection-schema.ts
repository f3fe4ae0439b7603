/** What an author may say of the connections that requests go over. */
export const connectionSchema = {
  keepAlive: {
    type: 'boolean',
    description:
      'Use a connection for more than one request. If false, `Connection: close` is sent and each request opens a ' +
      'connection of its own, as without "Use KeepAlive" in JMeter.',
    default: true,
    examples: [false],
  },
  staleRetry: {
    type: 'boolean',
    description:
      'Send a GET, HEAD, OPTIONS or TRACE once more, on a new connection, when the server closed the connection that it was ' +
      'sent on before any byte of an answer came, and the connection had served before. The sample takes the time of ' +
      'both; `run.json` counts them as `staleReuses`. If false, such a request fails.',
    default: true,
    examples: [false],
  },
  insecure: {
    type: 'boolean',
    description: 'Accept any TLS certificate.',
    default: false,
    examples: [true],
  },
  certificate: {
    type: 'object',
    description:
      'The client certificate for TLS, from files in the plan’s folder: `cert` and `key` in PEM, or `pkcs12`. ' +
      'A path with a variable gives each user its own; such a file is looked for when the connection is opened.',
    additionalProperties: false,
    properties: {
      cert: {
        type: 'string',
        minLength: 1,
        description: 'The certificate in PEM, followed by those that lead to its issuer.',
        examples: ['certs/client.pem'],
      },
      key: {
        type: 'string',
        minLength: 1,
        description: 'The private key in PEM.',
        examples: ['certs/client-key.pem'],
      },
      pkcs12: {
        type: 'string',
        minLength: 1,
        description: 'Certificate and key in one file, as of a Java keystore of that type.',
        examples: ['certs/client.p12', 'certs/user-${__threadNum}.p12'],
      },
      passphrase: {
        type: 'string',
        description: 'What the key or the PKCS#12 file is encrypted with.',
        examples: ['${secret.passphrase}'],
      },
    },
    examples: [{ cert: 'certs/client.pem', key: 'certs/client-key.pem' }],
  },
  ca: {
    type: 'string',
    minLength: 1,
    description:
      'Certificates in PEM, a file in the plan’s folder: servers must be vouched for by one of these, instead of the well-known ones.',
    examples: ['certs/ca.pem'],
  },
  serverName: {
    type: 'string',
    minLength: 1,
    description:
      'The name that TLS asks for (SNI) and that the server’s certificate must bear. Not set: the name of the Host header.',
    examples: ['api.example.com'],
  },
  tlsVersion: {
    type: 'object',
    description: 'The versions of TLS that are offered.',
    additionalProperties: false,
    properties: {
      min: {
        enum: ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'],
        description: 'The oldest.',
        default: 'TLSv1.2',
        examples: ['TLSv1.3'],
      },
      max: {
        enum: ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'],
        description: 'The newest.',
        default: 'TLSv1.3',
        examples: ['TLSv1.2'],
      },
    },
    examples: [{ min: 'TLSv1.3' }],
  },
  proxy: {
    type: 'string',
    minLength: 1,
    description:
      'The proxy to go through, perhaps with a user and a password, percent-encoded. It is asked for http:// URLs as ' +
      'such, and for a tunnel (CONNECT) to https:// servers; it also resolves their names. Without it, that of the environment ' +
      'counts (`HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`), though never for this machine; `plan run --no-proxy-env` leaves it aside.',
    examples: [
      'http://proxy.example.com:3128',
      'http://${proxy_user}:${secret.proxy_password}@10.0.0.1:8080',
    ],
  },
  noProxy: {
    type: 'array',
    items: { type: 'string', minLength: 1 },
    description:
      'Hosts that are reached without the proxy, that of the environment included; a `*` stands for anything.',
    default: [],
    examples: [['localhost', '*.internal']],
  },
  dns: {
    type: 'object',
    description:
      'Where hosts are, instead of asking the name service: an address, another name, or a list that new connections ' +
      'take in turn. `*.` stands for anything in front. The Host header and TLS keep the name.',
    additionalProperties: {
      anyOf: [
        { type: 'string', minLength: 1 },
        { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } },
      ],
    },
    default: {},
    examples: [{ 'api.example.com': '127.0.0.1', '*.example.com': ['10.0.0.1', '10.0.0.2'] }],
  },
  dnsCache: {
    enum: ['connection', 'user', 'worker'],
    description:
      'How often the name service is asked: for each new connection, once for each user (as JMeter’s DNS Cache ' +
      'Manager does), or once in each worker.',
    default: 'connection',
    examples: ['user'],
  },
  sourceAddress: {
    anyOf: [
      { type: 'string', minLength: 1 },
      { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } },
    ],
    description:
      'The IP address of this machine that connections come from, or a list that new connections take in turn. ' +
      'Names and devices, which JMeter knows too, are not.',
    examples: ['127.0.0.2', ['10.0.0.11', '10.0.0.12']],
  },
  http2: {
    type: 'boolean',
    description:
      'Offer HTTP/2 to https:// servers; the server chooses, and without it HTTP/1.1 is spoken. One request at a ' +
      'time is on each connection. Bytes are counted as HTTP/1.1 would write them.',
    default: false,
    examples: [true],
  },
  http2PriorKnowledge: {
    type: 'boolean',
    description: 'Speak HTTP/2 to http:// servers too, from the first byte (h2c), unasked.',
    default: false,
    examples: [true],
  },
} as const;
