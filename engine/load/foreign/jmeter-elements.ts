import { lettersOf, named } from './named.ts';

/** Elements of JMeter's, by their names in .jmx files and in its window, and what is written here. */
export const jmeterElements: Readonly<Record<string, string>> = {
  ...named('- get: /path', ['HTTPSamplerProxy', 'HTTPSampler', 'HTTPSampler2', 'HTTP Request', 'AjpSampler']),
  ...named('- process: command', ['SystemSampler', 'OS Process Sampler']),
  ...named('- script: return 1', ['JSR223Sampler', 'BeanShellSampler', 'JavaSampler']),
  ...named('- pause: 1s', ['TestAction', 'Flow Control Action', 'Test Action']),
  ...named('- log: "${name}"', ['DebugSampler', 'DebugPostProcessor']),
  ...named('threadGroups: [{ name: Users, threads: 20, steps: [{ get: /path }] }]', [
    ...['ThreadGroup', 'Thread Group', 'OpenModelThreadGroup', 'UltimateThreadGroup', 'SteppingThreadGroup'],
    ...[
      'ConcurrencyThreadGroup',
      'ArrivalsThreadGroup',
      'TestPlan',
      'Test Plan',
      'hashTree',
      'jmeterTestPlan',
    ],
  ]),
  ...named('setUp: [{ get: /path }]', ['SetupThreadGroup', 'setUp Thread Group']),
  ...named('tearDown: [{ get: /path }]', ['PostThreadGroup', 'tearDown Thread Group']),
  ...named('{ loop: 5, steps: [{ get: /path }] }', ['LoopController']),
  ...named("{ while: '${go} == 1', steps: [{ get: /path }] }", ['WhileController']),
  ...named("{ if: '${a} == 1', steps: [{ get: /path }] }", ['IfController']),
  ...named('{ forEach: { in: [a, b], as: item }, steps: [{ get: /path }] }', [
    'ForeachController',
    'ForEach Controller',
  ]),
  ...named('{ switch: "${n}", steps: [{ get: /path }] }', ['SwitchController']),
  ...named('{ once: null, steps: [{ get: /path }] }', ['OnceOnlyController']),
  ...named('{ interleave: null, steps: [{ get: /path }] }', ['InterleaveControl', 'InterleaveController']),
  ...named('{ random: null, steps: [{ get: /path }] }', ['RandomController']),
  ...named('{ randomOrder: null, steps: [{ get: /path }] }', ['RandomOrderController']),
  ...named('{ throughput: 20, steps: [{ get: /path }] }', ['ThroughputController']),
  ...named('{ runtime: 10s, steps: [{ get: /path }] }', ['RunTime', 'RuntimeController']),
  ...named('{ transaction: Name, steps: [{ get: /path }] }', ['TransactionController']),
  ...named('{ simple: null, steps: [{ get: /path }] }', ['GenericController', 'SimpleController']),
  ...named('{ critical: name, steps: [{ get: /path }] }', ['CriticalSectionController']),
  ...named('{ parallel: null, steps: [{ get: /path }] }', ['ParallelSampler', 'ParallelController']),
  ...named('- flow: name', ['ModuleController', 'IncludeController', 'TestFragmentController']),
  ...named('timers: [{ constant: 1s }]', ['ConstantTimer', 'BeanShellTimer', 'JSR223Timer']),
  ...named('timers: [{ uniform: 1s..3s }]', ['UniformRandomTimer', 'RandomTimer']),
  ...named('timers: [{ gaussian: 1s, deviation: 200ms }]', ['GaussianRandomTimer']),
  ...named('timers: [{ poisson: 1s }]', ['PoissonRandomTimer']),
  ...named('timers: [{ throughput: 10/s }]', ['ConstantThroughputTimer', 'VariableThroughputTimer']),
  ...named('timers: [{ precise: 10/s }]', ['PreciseThroughputTimer']),
  ...named('timers: [{ synchronize: 10 }]', ['SyncTimer', 'SynchronizingTimer']),
  ...named('assert: [{ contains: text }]', ['ResponseAssertion']),
  ...named('assert: [{ jsonPath: $.id, equals: 7 }]', ['JSONPathAssertion', 'JSONAssertion']),
  ...named('assert: [{ jmesPath: id, equals: 7 }]', ['JMESPathAssertion', 'JSONJMESPathAssertion']),
  ...named('assert: [{ duration: 2s }]', ['DurationAssertion']),
  ...named('assert: [{ size: { atLeast: 1 } }]', ['SizeAssertion']),
  ...named('assert: [{ xpath: //id }]', ['XPathAssertion', 'XPath2Assertion']),
  ...named('assert: [{ hash: md5, equals: 900150983cd24fb0d6963f7d28e17f72 }]', ['MD5HexAssertion']),
  ...named("assert: [{ script: 'return true' }]", ['JSR223Assertion', 'BeanShellAssertion']),
  ...named('extract: { id: $.id }', ['JSONPostProcessor', 'JSONExtractor', 'JSONPathExtractor']),
  ...named("extract: { id: { regex: 'id=(\\d+)' } }", ['RegexExtractor', 'RegularExpressionExtractor']),
  ...named('extract: { id: { jmesPath: id } }', ['JMESPathExtractor', 'JSONJMESPathExtractor']),
  ...named('extract: { id: { boundary: { left: a, right: b } } }', ['BoundaryExtractor']),
  ...named('extract: { id: { css: h1 } }', ['HtmlExtractor', 'CSSSelectorExtractor', 'CSS/JQueryExtractor']),
  ...named('extract: { id: { xpath: //id } }', ['XPathExtractor', 'XPath2Extractor']),
  ...named("before: [{ script: 'return 1' }]", ['JSR223PreProcessor', 'BeanShellPreProcessor']),
  ...named("after: [{ script: 'return 1' }]", ['JSR223PostProcessor', 'BeanShellPostProcessor']),
  ...named('defaults: { http: { baseUrl: https://… } }', [
    ...['ConfigTestElement', 'HTTPRequestDefaults', 'HttpDefaultsGui'],
  ]),
  ...named('defaults: { http: { headers: { Accept: text/html } } }', ['HeaderManager', 'HTTPHeaderManager']),
  ...named('defaults: { http: { cookies: true } }', ['CookieManager', 'HTTPCookieManager']),
  ...named('defaults: { http: { cache: true } }', ['CacheManager', 'HTTPCacheManager']),
  ...named('defaults: { http: { auth: { basic: { username: ann, password: "${pw}" } } } }', [
    ...['AuthManager', 'HTTPAuthorizationManager'],
  ]),
  ...named('data: [{ csv: users.csv }]', ['CSVDataSet', 'CSVDataSetConfig']),
  ...named('data: [{ counter: n }]', ['CounterConfig', 'Counter']),
  ...named('data: [{ randomVariable: n, min: 1, max: 9 }]', ['RandomVariableConfig', 'RandomVariable']),
  ...named('variables: { name: value }', ['Arguments', 'UserDefinedVariables']),
  ...named('listeners: [failures]', ['ViewResultsTree', 'ViewResultsFullVisualizer', 'DebugListener']),
  ...named('listeners: [jtl-csv]', ['ResultCollector', 'SimpleDataWriter', 'ViewResultsInTable']),
  ...named('listeners: [summary]', ['Summariser', 'SummaryReport', 'GenerateSummaryResults']),
  ...named('listeners: [csv]', ['AggregateReport', 'StatVisualizer', 'StatGraphVisualizer']),
  ...named('listeners: [responses]', ['ResultSaver', 'SaveResponsesToAFile']),
};

const ending =
  /(?:Controller|Timer|Sampler|Assertion|Extractor|PreProcessor|PostProcessor|Manager|ThreadGroup|Collector|Visualizer|Gui)$/;

/** ` JMeter's element is written "timers: [{ constant: 1s }]".`; where it is found, for one that we have no words for; or nothing. */
export function jmeterElement(word: string): string {
  const plain = lettersOf(word);
  if (Object.hasOwn(jmeterElements, plain)) return ` JMeter's element is written "${jmeterElements[plain]}".`;
  return ending.test(word) && /^[A-Z]/.test(word)
    ? ' It looks like an element of JMeter’s: docs/jmeter.md says how each is written here, and "plan docs NAME" finds one.'
    : '';
}

/** `num_threads` of `ThreadGroup.num_threads`, as properties in .jmx files are called; null for any other word. */
export function jmeterProperty(word: string): string | null {
  const [, element, property] = /^([A-Z]\w+)\.(\w+)$/.exec(word) ?? [];
  return element !== undefined && property !== undefined ? property : null;
}
