/** Properties of JMeter itself, by how their names begin, and what says the same here. */
const known: readonly (readonly [begin: RegExp, instead: string])[] = [
  [
    /^jmeter\.save\.saveservice\.|^sample_variables$/,
    'It is JMeter’s; what a JTL holds are options of the listeners jtl-csv and jtl-xml (plan docs jtl-csv).',
  ],
  [/^summariser\./, 'It is JMeter’s; write --interval 30s for the time between two summary lines.'],
  [
    /^jmeter\.reportgenerator\.|^aggregate_rpt_/,
    'It is JMeter’s, for a dashboard in HTML, which is not here; plan report prints the results.',
  ],
  [
    /^(?:httpclient|http[.]|https[.]|httpsampler|CookieManager|cache_manager|HTTPResponse|httpJsonParser)/,
    'It is JMeter’s; requests and connections are set by options of http (plan docs http).',
  ],
  [
    /^(?:remote_hosts|server(?:\.|_port)|client\.|asynch\.|jmeterengine\.remote)/,
    'It is JMeter’s, for several machines; a plan runs on one.',
  ],
  [/^(?:log_level\.|jmeter\.logging|log_file)/, 'It is JMeter’s; write -L LEVEL and -j FILE.'],
  [
    /^user\.(?:properties|classpath)$|^search_paths$|^plugin_dependency_paths$/,
    'It is JMeter’s; there are no plugins in Java.',
  ],
  [/^csvdataset\.|^csvread\./, 'It is JMeter’s; files of data are set by options of csv (plan docs csv).'],
  [
    /^(?:jmeter|jmeterengine|jsr223|beanshell|groovy|javascript|jdbc|xpath|document|proxy|gui|view\.results|mirror|classfinder|function|sampleresult|timer|os_sampler|tcp|backend_)[._]/,
    'It is JMeter’s; nothing here reads it.',
  ],
];

/** What to write instead of a property of JMeter's own, as a sentence; null for a name that is none. */
export function jmeterProperty(name: string): string | null {
  return known.find(([begin]) => begin.test(name))?.[1] ?? null;
}
