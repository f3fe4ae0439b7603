import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { jmeterElements } from '../engine/load/foreign/jmeter-elements.ts';
import { loadPlan } from '../engine/load/load-plan.ts';
import { messageOf } from '../engine/model/errors.ts';
import { language } from '../engine/api/language.ts';

const folder = mkdtempSync(join(tmpdir(), 'loadplan-'));
afterAll(() => rmSync(folder, { recursive: true }));

const head = 'name: T\ndefaults: { http: { baseUrl: "http://127.0.0.1" } }\n';
const group = 'threadGroups: [{ name: G, steps: [{ get: / }] }]\n';

const places = {
  plan: (entry: string) => `${head}${group}${entry}\n`,
  group: (entry: string) => `${head}threadGroups: [{ name: G, steps: [{ get: / }], ${entry} }]\n`,
  step: (entry: string) => `${head}threadGroups: [{ name: G, steps: [{ ${entry} }] }]\n`,
  beside: (entry: string) => `${head}threadGroups: [{ name: G, steps: [{ get: /, ${entry} }] }]\n`,
  sampler: (entry: string) => `${head}threadGroups: [{ name: G, steps: [{ get: { path: /, ${entry} } }] }]\n`,
  timer: (entry: string) =>
    `${head}threadGroups: [{ name: G, timers: [{ ${entry} }], steps: [{ get: / }] }]\n`,
  assertion: (entry: string) =>
    `${head}threadGroups: [{ name: G, steps: [{ get: /, assert: [{ ${entry} }] }] }]\n`,
  extractor: (entry: string) =>
    `${head}threadGroups: [{ name: G, steps: [{ get: /, extract: { id: { ${entry} } } }] }]\n`,
  data: (entry: string) => `${head}threadGroups: [{ name: G, data: [{ ${entry} }], steps: [{ get: / }] }]\n`,
  environment: (entry: string) => `${head}${group}environments: { staging: { ${entry} } }\n`,
  listener: (entry: string) => `${head}${group}listeners: [{ ${entry} }]\n`,
  defaults: (entry: string) => `name: T\n${group}defaults: { ${entry} }\n`,
} as const;

async function problemsOf(text: string): Promise<string> {
  const file = join(folder, 'plan.yaml');
  writeFileSync(file, text);
  const request = { file, properties: [], propertyFiles: [], env: {} };
  return loadPlan(request, language).then(() => '', messageOf);
}

describe('a word of another tool', () => {
  it.each<[keyof typeof places, string, string]>([
    ['group', 'ThreadGroup.num_threads: 5', '"threads: 20"'],
    ['group', 'LoopController.loops: 5', 'Did you mean "loops"?'],
    ['plan', 'TestPlan.user_define_classpath: x', 'JMeter\'s element is written "threadGroups:'],
    ['group', 'ConstantTimer: {}', '"timers: [{ constant: 1s }]"'],
    ['step', 'HTTPSamplerProxy: {}', '"- get: /path"'],
    ['step', 'BzmWhateverSampler: {}', 'docs/jmeter.md says how'],
    ['step', 'setUp: 1', 'unknown step "setUp"'],
    ['group', 'constantUsersPerSec: 5', 'stages and arrival rates are not there yet'],
    ['group', 'pause: 5s', 'It belongs into "steps", as a step.'],
    ['plan', 'ramp-up: 5s', 'It belongs into a thread group, as "rampUp".'],
    ['plan', 'setup: []', 'Did you mean "setUp"?'],
    ['step', 'GET: /', 'Did you mean "get"?'],
    ['beside', 'params: {}', '"query: { name: value }"'],
    ['beside', 'Headers: {}', 'It belongs into "get", as "headers".'],
    ['sampler', 'params: {}', '"query: { name: value }"'],
    ['sampler', 'payload: x', 'A body is "json: {…}"'],
    ['sampler', 'base_url: x', 'Did you mean "baseUrl"?'],
    ['sampler', 'HTTPSampler.follow_redirects: true', 'Did you mean "followRedirects"?'],
    ['sampler', 'insecureSkipTLSVerify: true', '"insecure: true"'],
    ['sampler', 'think: 1s', '"- pause: 1s..3s"'],
    ['timer', 'wait_time: 1', '"constant: 1s"'],
    ['timer', 'between: [1s, 3s]', '"uniform: 1s..3s"'],
    ['timer', 'rps: 5', '"throughput: 10/s"'],
    ['assertion', 'statusCode: 200', '"status: 200"'],
    ['assertion', 'body: x', '"contains: TEXT"'],
    ['assertion', 'jsonpath: $.a', 'Did you mean "jsonPath"?'],
    ['extractor', 'selector: h1', '"css: SELECTOR"'],
    ['extractor', 'as: id', '"extract: { id: $.id }"'],
    ['data', 'filename: a.csv', '"csv: FILE"'],
    ['environment', 'baseUrl: x', 'An environment sets "properties" and "variables"'],
    ['environment', 'vus: 5', 'An environment sets "properties" and "variables"'],
    ['listener', 'html: x', 'There is no HTML report yet'],
    ['listener', 'influxdb: x', 'It is not there yet'],
    ['listener', 'ViewResultsTree: x', '"listeners: [failures]"'],
    ['defaults', 'headers: {}', 'Write "defaults: { http: { headers: … } }"'],
    ['defaults', 'BaseURL: x', 'Write "defaults: { http: { baseUrl: … } }"'],
  ])('in place of a key of %s, %s, is pointed at ours', async (place, entry, expected) => {
    expect(await problemsOf(places[place](entry))).toContain(expected);
  });

  it.each([
    ['within a listener', 'listeners: [{ responses: { request: true } }]', 'Known: only'],
    ['within a property', 'properties: { a: { value: 1, weight: 2 } }', 'Known:'],
  ])('is not meant %s', async (_, entry, expected) => {
    expect(await problemsOf(places.plan(entry))).toContain(expected);
  });

  it.each([
    ['data: { csv: a.csv }', 'data: expected a list, found a mapping. Write a list, such as [{'],
    ['thresholds: { http_req_duration: ["p(95)<500"] }', 'Write a list, such as ["'],
  ])('a mapping in place of a list is told with an example: %s', async (entry, expected) => {
    expect(await problemsOf(places.plan(entry))).toContain(expected);
  });
});

/** What a pointer quotes stands where it belongs: a step, or a key of a step, a thread group or the plan. */
function planWith(written: string): string {
  if (written.startsWith('- flow'))
    return places.step(`${written.slice(2)} `).concat('flows: { name: [{ get: / }] }\n');
  if (written.startsWith('- ')) return places.step(written.slice(2));
  if (written.startsWith('{')) return places.step(written.slice(1, -1));
  if (/^(?:threadGroups|defaults)/.test(written))
    return `name: T\n${written.startsWith('d') ? group : ''}${written.replace('…', 'a.test')}\n`;
  if (/^(?:listeners|variables|setUp|tearDown)/.test(written)) return places.plan(written);
  return /^(?:timers|data)/.test(written) ? places.group(written) : places.beside(written);
}

it.each([...new Set(Object.values(jmeterElements))])(
  'what is said of JMeter’s elements is right: %s',
  async (written) => {
    expect(await problemsOf(planWith(written))).toBe('');
  },
);
