import { lettersOf, named } from './named.ts';

/** Where a word may stand that means something else elsewhere. */
export type WordPlace = 'http' | 'timer' | 'assertion' | 'extractor' | 'data' | 'listener';

const tables: Readonly<Record<WordPlace, Readonly<Record<string, string>>>> = {
  http: {
    ...named('Parameters of the address are "query: { name: value }".', [
      ...['params', 'qs', 'queryparams', 'querystring', 'searchparams', 'queries', 'arguments', 'urlparams'],
    ]),
    ...named('A body is "json: {…}", "form: {…}", "body: TEXT" or "bodyFile: FILE".', [
      ...['data', 'payload', 'content', 'postbody', 'postdata', 'postbodyraw', 'raw', 'text', 'rawbody'],
    ]),
    ...named('Files are sent by "multipart: { name: { file: FILE } }".', [
      ...['formdata', 'files', 'file', 'upload', 'uploadfiles', 'attachments', 'multipartform', 'formupload'],
    ]),
    ...named('Fields of a form are "form: { name: value }".', [
      ...['urlencoded', 'formparams', 'formfields', 'fields', 'formparam', 'formurlencoded'],
    ]),
    ...named('Redirects are followed unless "followRedirects: false"; "maxRedirects" limits them.', [
      ...[
        'redirects',
        'allowredirects',
        'followredirect',
        'autoredirects',
        'disablefollowredirect',
        'redirect',
      ],
    ]),
    ...named('Any certificate is accepted with "insecure: true"; "ca: FILE" names issuers.', [
      ...[
        'verify',
        'verifyssl',
        'sslverify',
        'insecureskiptlsverify',
        'rejectunauthorized',
        'strictssl',
        'tls',
      ],
      ...['ssl', 'trustall', 'cacert'],
    ]),
    ...named('A client certificate is "certificate: { cert: FILE, key: FILE }" or "{ pkcs12: FILE }".', [
      ...['cert', 'key', 'pfx', 'keystore', 'tlsauth', 'clientcert', 'clientcertificate'],
    ]),
    ...named('Credentials are "auth: { basic: { username: …, password: … } }" or "auth: { bearer: … }".', [
      ...['username', 'password', 'user', 'basicauth', 'authentication', 'bearer', 'token', 'credentials'],
    ]),
    ...named('Cookies are kept as by a browser; "cookies: { preset: [{ name: …, value: … }] }" sets some.', [
      ...['cookie', 'cookiejar', 'jar'],
    ]),
    ...named('Where hosts are is "dns: { name: address }".', [
      'hosts',
      'resolve',
      'hostoverride',
      'ipoverride',
    ]),
    ...named('The server is "baseUrl: https://host:port", or "url: https://host/path" as a whole.', [
      ...[
        'host',
        'domain',
        'port',
        'protocol',
        'hostname',
        'server',
        'target',
        'uri',
        'endpoint',
        'address',
        'base',
      ],
    ]),
    ...named('Answers are decompressed, which "decompress: false" stops; headers say what is sent.', [
      ...['compression', 'gzip', 'compress', 'acceptencoding'],
    ]),
    ...named('What a page embeds is loaded by "embedded: true".', [
      ...['retrieveresources', 'embeddedresources', 'imageparser', 'resources', 'concurrentpool'],
    ]),
    ...named('Headers are "headers: { Name: value }".', [
      ...['header', 'useragent', 'contenttype', 'accept', 'authorization'],
    ]),
    ...named('Texts are written in the charset under "charset".', ['encoding', 'contentencoding']),
    ...named('The method is the key of the step, or "method" of "http".', ['verb', 'type']),
  },
  timer: {
    ...named('The same delay each time is "constant: 1s".', [
      ...['sleep', 'wait', 'waittime', 'delay', 'think', 'thinktime', 'fixed', 'pause'],
    ]),
    ...named('A delay from a range is "uniform: 1s..3s".', ['between', 'random', 'range', 'minmax']),
    ...named('Samples start at a rate by "throughput: 10/s", or at random by "precise: 10/s".', [
      ...[
        'rps',
        'qps',
        'tps',
        'rate',
        'requestspersecond',
        'ratelimit',
        'pacing',
        'constantpacing',
        'arrivalrate',
      ],
    ]),
    ...named('A normal distribution is "gaussian: 1s" with "deviation".', ['normal', 'normaldistribution']),
    ...named('Users wait for each other by "synchronize: 10".', ['rendezvous', 'barrier', 'sync']),
  },
  assertion: {
    ...named('The status is "status: 200", or "expect: 200" beside the step.', [
      ...['statuscode', 'responsecode', 'code', 'rc', 'httpstatus', 'expect', 'statuses'],
    ]),
    ...named('A text in the answer is "contains: TEXT", the whole of it "equals: TEXT".', [
      ...[
        'body',
        'text',
        'response',
        'includes',
        'substring',
        'hasstring',
        'bodycontains',
        'is',
        'bodystring',
      ],
    ]),
    ...named('A regular expression is "matches: PATTERN".', ['regex', 'regexp', 'pattern', 'match']),
    ...named('The longest time is "duration: 2s".', [
      ...['responsetime', 'elapsed', 'maxtime', 'latency', 'responsetimeinmillis', 'maxduration'],
    ]),
    ...named('A value in JSON is "jsonPath: $.id" with "equals" or the like.', [
      ...['json', 'hasproperty', 'jq', 'jsonbody', 'equalsjson'],
    ]),
    ...named('A header is "header: Name" with "equals" or "matches".', [
      ...['contenttype', 'headers', 'hasheader', 'headerequals', 'headerregex'],
    ]),
    ...named('The size is "size: { atLeast: 1 }".', [
      'bytes',
      'length',
      'bodybytes',
      'bodylength',
      'contentlength',
    ]),
    ...named('JavaScript that judges the answer is "script: CODE".', [
      ...['expr', 'js', 'expression', 'jsr223', 'groovy', 'beanshell', 'function', 'javascript'],
    ]),
    ...named('The digest of the body is "hash: md5" with "equals: HEX".', [
      'md5',
      'sha1',
      'sha256',
      'checksum',
      'digest',
    ]),
  },
  extractor: {
    ...named('A value in JSON is "jsonPath: $.id", or that path alone.', [
      'json',
      'path',
      'jsonpointer',
      'jq',
    ]),
    ...named('An element of a page is "css: SELECTOR".', ['selector', 'cssselector', 'html', 'jquery']),
    ...named('The variable is the key: "extract: { id: $.id }".', [
      'as',
      'name',
      'variable',
      'saveas',
      'refname',
    ]),
    ...named('What stands between two texts is "boundary: { left: …, right: … }".', [
      'boundaries',
      'between',
      'left',
      'lb',
    ]),
    ...named('It is one of several ways to find a value: say which first, such as "jsonPath: $.id".', [
      ...['match', 'default', 'template', 'matchno', 'group'],
    ]),
    ...named('Cookies are kept by themselves; the header is "header: Set-Cookie".', ['cookie', 'cookies']),
  },
  data: {
    ...named('A file of rows is "csv: FILE" or "json: FILE".', [
      ...[
        'file',
        'path',
        'filename',
        'payload',
        'feeder',
        'source',
        'tsv',
        'dataset',
        'jsonl',
        'rows',
        'table',
      ],
    ]),
    ...named('A random number is "randomVariable: NAME".', ['random', 'randomnumber']),
    ...named('Rows that are made are "generate: SCHEMA".', ['faker', 'generator', 'fake']),
  },
  listener: {
    ...named('The table is printed anyway; its listener is "summary".', [
      ...['console', 'stdout', 'terminal', 'text', 'table', 'stats', 'finalstats'],
    ]),
    ...named('There is no HTML report yet: JMeter makes one of the JTL, "jmeter -g samples.jtl -o FOLDER".', [
      ...['html', 'dashboard', 'htmlreport', 'web', 'webdashboard', 'report'],
    ]),
    ...named('It is not there yet: "csv", "json" and "jtl-csv" write files that others read.', [
      ...[
        'influxdb',
        'grafana',
        'prometheus',
        'graphite',
        'datadog',
        'statsd',
        'cloudwatch',
        'kafka',
        'junit',
      ],
      ...[
        'junitxml',
        'opentelemetry',
        'otel',
        'timescaledb',
        'elasticsearch',
        'newrelic',
        'blazemeter',
        'backend',
      ],
    ]),
    ...named('Every sample is a line of "jtl-csv" or an element of "jtl-xml".', [
      ...['jtl', 'xml', 'samples', 'log', 'raw', 'simpledata'],
    ]),
    ...named('Requests and answers of failures are kept by "failures", of all by "responses".', [
      ...['errors', 'debug', 'har', 'trace', 'tree', 'full'],
    ]),
  },
};

/** ` Parameters of the address are "query: { name: value }".` for a word that means this there; else nothing. */
export function placedWord(word: string, place: WordPlace): string {
  const plain = lettersOf(word);
  return Object.hasOwn(tables[place], plain) ? ` ${tables[place][plain]}` : '';
}
