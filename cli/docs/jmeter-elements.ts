/** What stands here for an element of JMeter's that has no page of its name. */
export interface JmeterElement {
  /** Its names in JMeter: of the menu, of the class, of files; the first is shown. */
  readonly names: readonly string[];
  /** Pages, by name; behind `#` the key of the page. None: there is nothing of the kind. */
  readonly pages: readonly string[];
  /** How it is done here, a sentence or two. */
  readonly note: string;
}

const one = (names: string, pages: string, note: string): JmeterElement => ({
  names: names.split(', '),
  pages: pages === '' ? [] : pages.split(', '),
  note,
});

/** Elements of JMeter 5.6 and of its usual plugins that are done in another way here. */
const otherwise: readonly JmeterElement[] = [
  one('Test Plan, TestPlan', 'plan', 'A plan is a file.'),
  one(
    'setUp Thread Group, SetupThreadGroup',
    'plan#setUp, thread group#setUp',
    'Steps under `setUp` run once before the load; those of a thread group once for each user.',
  ),
  one(
    'tearDown Thread Group, PostThreadGroup',
    'plan#tearDown, thread group#tearDown',
    'Steps under `tearDown` run once after the load; those of a thread group once for each user.',
  ),
  one(
    'Test Fragment, TestFragmentController',
    'plan#flows, flow',
    'A fragment is a flow: steps under a name, which steps and groups call.',
  ),
  one(
    'Include Controller, IncludeController',
    'plan#include, flow',
    'A file under `include` brings its flows along; `- flow: NAME` runs one.',
  ),
  one(
    'Module Controller, ModuleController, Parameterized Controller, ParameterizedController',
    'flow, plan#flows',
    'Steps that are used in several places are a flow, which may take parameters.',
  ),
  one(
    'Recording Controller, RecordingController',
    'simple',
    'Nothing records here; a group of steps is `simple`.',
  ),
  one(
    'HTTP Request Defaults, HttpDefaultsGui, ConfigTestElement',
    'scope#defaults, http',
    'Options of http under `defaults: { http: … }` hold for all requests beneath the place where they stand.',
  ),
  one(
    'HTTP Header Manager, HeaderManager',
    'http#headers, scope#defaults',
    'Headers of a request, or of all requests beneath: `defaults: { http: { headers: … } }`.',
  ),
  one(
    'HTTP Cookie Manager, CookieManager',
    'http#cookies',
    'Each user has a jar of its own, without asking for it.',
  ),
  one(
    'HTTP Cache Manager, CacheManager',
    'http#cache',
    'An option of requests, or of `defaults: { http: … }`.',
  ),
  one(
    'HTTP Authorization Manager, AuthManager, Login Config Element, LoginConfigGui',
    'http#auth',
    'An option of requests, or of `defaults: { http: … }` beneath the place where it holds, instead of a prefix of URLs.',
  ),
  one(
    'DNS Cache Manager, DNSCacheManager',
    'http#dns, http#dnsCache',
    'Options of requests, or of `defaults: { http: … }`.',
  ),
  one(
    'Keystore Configuration, KeystoreConfig',
    'http#certificate, http#ca',
    'Options of requests, or of `defaults: { http: … }`.',
  ),
  one('GraphQL HTTP Request, GraphQLHTTPSamplerGui', 'http#graphql', 'An http step with `graphql`.'),
  one('HTTPSamplerProxy, HTTPSampler, HTTPSampler2, HttpTestSampleGui', 'http', 'HTTP Request.'),
  one(
    'User Defined Variables, Arguments',
    'plan#variables, plan#properties, set',
    'Under `variables`; what is to be set from outside is under `properties`, and `set` sets while a user runs.',
  ),
  one(
    'Variables From CSV File, VariablesFromCSV, Random CSV Data Set Config, RandomCSVDataSetConfig',
    'csv',
    'Rows of a file, in any order.',
  ),
  one('Simple Config Element, SimpleConfigGui', 'scope#defaults', 'Defaults go by the kind of the sampler.'),
  one(
    'JSR223 Sampler, JSR223Sampler, BeanShell Sampler, BeanShellSampler, BSF Sampler, BSFSampler',
    'script, transaction',
    'A script is JavaScript and a step; it takes no sample. Within `transaction` its time is measured.',
  ),
  one(
    'BeanShell PreProcessor, BSF PreProcessor, BeanShell PostProcessor, BSF PostProcessor, JSR223Listener, JSR223 Listener, BeanShell Listener, BSF Listener',
    'script',
    'Scripts are JavaScript, under `before` and `after`.',
  ),
  one('BeanShell Assertion, BSF Assertion', 'script', 'Scripts are JavaScript, under `assert`.'),
  one(
    'JSR223 Timer, BeanShell Timer, BSF Timer',
    'pause, script',
    'A script sets a variable, and `pause: ${ms}ms` waits for so long.',
  ),
  one(
    'Debug Sampler, DebugSampler, Debug PostProcessor, DebugPostProcessor',
    'log, failures',
    'To see what a user does, and its variables: `plan run --once`. In a run, `log` writes a line with variables.',
  ),
  one(
    'Flow Control Action, Test Action, TestAction',
    'action, pause',
    '`action` leaves or stops, `pause` waits.',
  ),
  one(
    'Result Status Action Handler, ResultAction',
    'thread group#onError, action',
    'What becomes of a user after a failed sample is `onError` of its group.',
  ),
  one('Sample Timeout, SampleTimeout, InterruptTimer', 'http#timeout', 'Each sampler has `timeout`.'),
  one(
    'HTML Link Parser, AnchorModifier, HTTP URL Re-writing Modifier, URLRewritingModifier, RegEx User Parameters, RegExUserParameters',
    'css, regex, scope#extract',
    'What a request needs of an earlier answer is extracted from it into a variable.',
  ),
  one('XPath2 Extractor, XPath2Extractor', 'xpath', 'XPath is 1.0 here.'),
  one('XPath2 Assertion, XPath2Assertion', 'xpath', 'XPath is 1.0 here.'),
  one('CSS/JQuery Extractor, HtmlExtractor', 'css', 'CSS Selector Extractor.'),
  one(
    'JSONPostProcessor, JSON Path PostProcessor, JSON Path Extractor, JSONPathExtractor',
    'jsonPath',
    'JSON Extractor.',
  ),
  one(
    'JMESPathExtractor, JMESPathAssertion',
    'jmesPath',
    'JSON JMESPath Extractor, JSON JMESPath Assertion.',
  ),
  one('JSONPathAssertion, JSON Path Assertion', 'jsonPath', 'JSON Assertion.'),
  one('RegexExtractor', 'regex', 'Regular Expression Extractor.'),
  one('CSVDataSet', 'csv', 'CSV Data Set Config.'),
  one('CounterConfig', 'counter', 'Counter.'),
  one('RandomVariableConfig', 'randomVariable', 'Random Variable.'),
  one('GenericController, LogicControllerGui', 'simple', 'Simple Controller.'),
  one('InterleaveControl', 'interleave', 'Interleave Controller.'),
  one('RunTime', 'runtime', 'Runtime Controller.'),
  one('ParallelSampler, Parallel Controller', 'parallel', 'Parallel Controller.'),
  one('Weighted Switch Controller, WeightedSwitchController', 'choose', 'Weighted Switch Controller.'),
  one('SyncTimer', 'synchronize', 'Synchronizing Timer.'),
  one('SystemSampler', 'process', 'OS Process Sampler.'),
  one(
    'Throughput Shaping Timer, VariableThroughputTimer',
    'throughput, precise, thread group#startAfter',
    'Groups one after the other (`startAfter`), each with a `throughput` timer of its own.',
  ),
  one(
    'Stepping Thread Group, SteppingThreadGroup, Ultimate Thread Group, UltimateThreadGroup, Concurrency Thread Group, ConcurrencyThreadGroup',
    'thread group',
    'Several groups with `delay`, `rampUp` and `duration`, or `startAfter`, make the steps.',
  ),
  one(
    'Open Model Thread Group, OpenModelThreadGroup, Arrivals Thread Group, ArrivalsThreadGroup, Free-Form Arrivals Thread Group, FreeFormArrivalsThreadGroup',
    'precise, throughput',
    'Users are a fixed number here; a timer sets how many samples they start in a time, and reports what they could not keep up with.',
  ),
  one(
    'View Results Tree, ViewResultsFullVisualizer',
    'failures, responses, jtl-xml',
    'Requests and answers, step by step, for one user: `plan run --once`. In a load: `failures` of those that failed, `jtl-xml` of all.',
  ),
  one('View Results in Table, TableVisualizer', 'jtl-csv', 'Every sample is a row of samples.jtl.'),
  one(
    'Summary Report, SummaryReport',
    'summary, csv',
    'The table is printed at the end of every run; `plan report` prints it again, and `--csv` writes it.',
  ),
  one(
    'StatVisualizer, Aggregate Graph, StatGraphVisualizer',
    'csv, summary',
    'The table is printed at the end of every run; `plan report` prints it again, and `--csv` writes it. Nothing is drawn.',
  ),
  one(
    'ResultCollector, SimpleDataWriter, CorrectedResultCollector, Flexible File Writer, FlexibleFileWriter',
    'jtl-csv, jtl-xml',
    'samples.jtl is written by every run.',
  ),
  one('ResultSaver', 'responses', 'Save Responses to a file.'),
  one('Summariser', 'summary', 'Generate Summary Results.'),
  one(
    'Assertion Results, AssertionVisualizer',
    'failures',
    'Why samples failed is in the report, and in the column failureMessage.',
  ),
  one('AutoStop Listener, AutoStop', 'thresholds', 'Limits are thresholds.'),
  one('PerfMonCollector, PerfMon', 'machine, process, promql', 'What is read beside the load are monitors.'),
];

const noProtocol =
  'Samplers are http, bigquery, gcs, process and healing-trigger; a command of `process` may do the rest.';
const noDrawing = 'Nothing is drawn: run.json and samples.jtl hold the figures, and plan report prints them.';

const nothing: readonly JmeterElement[] = [
  one(
    'JDBC Request, JDBCSampler, JDBC Connection Configuration, JDBCDataSource, JDBC PreProcessor, JDBC PostProcessor',
    '',
    noProtocol,
  ),
  one('FTP Request, FTPSampler, FTP Request Defaults, FtpConfigGui', '', noProtocol),
  one(
    'TCP Sampler, TCPSampler, TCP Sampler Config, TcpConfigGui, UDP Request, UDPSampler, HTTP Raw Request, HTTPRawSampler',
    '',
    noProtocol,
  ),
  one(
    'LDAP Request, LDAPSampler, LDAP Extended Request, LDAPExtSampler, LDAP Request Defaults, LDAP Extended Request Defaults',
    '',
    noProtocol,
  ),
  one(
    'JMS Publisher, PublisherSampler, JMS Subscriber, SubscriberSampler, JMS Point-to-Point, JMSSampler',
    '',
    noProtocol,
  ),
  one('Mail Reader Sampler, MailReaderSampler, SMTP Sampler, SmtpSampler', '', noProtocol),
  one('AJP/1.3 Sampler, AjpSampler', '', noProtocol),
  one(
    'Bolt Request, BoltSampler, Bolt Connection Configuration, BoltConnectionElement, MongoDB Script',
    '',
    noProtocol,
  ),
  one('WebSocket Sampler, WebSocket Open Connection, WebSocket request-response Sampler', '', noProtocol),
  one(
    'Java Request, JavaSampler, Java Request Defaults, JavaConfig, JUnit Request, JUnitSampler',
    '',
    `There is no Java here. ${noProtocol}`,
  ),
  one(
    'Dummy Sampler, DummySampler',
    '',
    'The embedded sandbox (`sandbox: true`) answers with latency and errors as told.',
  ),
  one('Access Log Sampler, AccessLogSampler', '', 'A `csv` of paths and an http step replay a log.'),
  one(
    'HTML Assertion, HTMLAssertion, XML Schema Assertion, XMLSchemaAssertion, SMIME Assertion, SMIMEAssertion',
    '',
    'What can be checked lists `plan docs assertions`; `xml` and `xpath` look at XML, `script` at anything.',
  ),
  one(
    'Compare Assertion, CompareAssertion, Comparison Assertion Visualizer',
    '',
    'Answers are compared by `hash`, by `equals`, or by a `script`.',
  ),
  one(
    'Graph Results, GraphVisualizer, Response Time Graph, RespTimeGraphVisualizer, Composite Graph, Response Times Over Time, Transactions per Second, Active Threads Over Time, Response Times Percentiles, GraphsGeneratorListener',
    '',
    noDrawing,
  ),
  one(
    'Backend Listener, BackendListener',
    '',
    'Nothing is sent while a run goes on; run.json holds the points of each second, samples.jtl every sample.',
  ),
  one(
    'Mailer Visualizer, MailerResultCollector',
    '',
    'Nothing sends mail; the exit code of the run tells the machine that started it.',
  ),
  one(
    'HTTP(S) Test Script Recorder, ProxyControl, Recording Template',
    '',
    'Nothing records; requests are written as steps: `- get: /path`.',
  ),
  one(
    'HTTP Mirror Server, HttpMirrorControl',
    '',
    'A server to try plans on is the sandbox: `plan sandbox --port 8000`.',
  ),
  one(
    'WorkBench, Property Display, PropertyControlGui',
    '',
    'There is no window. `plan explain` shows properties and what a plan will do.',
  ),
];

export const jmeterElements: readonly JmeterElement[] = [...otherwise, ...nothing];
