interface Foreign {
  readonly isIt: (file: string, text: string) => boolean;
  readonly remedy: string;
}

const begins = (pattern: RegExp) => (_: string, text: string) =>
  pattern.test(text.trimStart().slice(0, 2000));
const named = (pattern: RegExp) => (file: string) => pattern.test(file);

const firstPlan = 'A plan is YAML or JSON; write a first one with "plan init", and see docs/guide.md.';

/** Files of other tools, and what to do with them; the first that fits is told. */
const kinds: readonly Foreign[] = [
  {
    isIt: (file, text) =>
      /\.jmx$/i.test(file) || begins(/^(?:<\?xml[^>]*>\s*)?<jmeterTestPlan\b/)(file, text),
    remedy:
      'is a JMeter test plan. Loadplan does not read .jmx yet; docs/jmeter.md says how each element is written here.',
  },
  {
    isIt: (file, text) => /\.jtl$/i.test(file) || begins(/^timeStamp[,;\t]elapsed\b/)(file, text),
    remedy: 'is a JTL, the results of a run. Its summary is printed by: plan report FILE',
  },
  {
    isIt: (file, text) => /\.[cm]?[jt]s$/i.test(file) || /^import\b.*['"]k6(?:\/|['"])/m.test(text),
    remedy: `is a script, such as k6 runs. ${firstPlan}`,
  },
  {
    isIt: named(/\.lua$/i),
    remedy: `is a script, such as wrk runs. ${firstPlan}`,
  },
  {
    isIt: (file, text) => /\.py$/i.test(file) || /^(?:from|import) locust\b/m.test(text),
    remedy: `is a Python script, such as Locust runs. ${firstPlan}`,
  },
  {
    isIt: named(/\.(?:scala|kt|java|groovy)$/i),
    remedy: `is source code, such as Gatling runs. ${firstPlan}`,
  },
  {
    isIt: (file, text) =>
      /\.har$/i.test(file) || begins(/^\{\s*"log"\s*:\s*\{\s*"(?:version|creator)"/)(file, text),
    remedy: 'is a HAR, a recording of a browser. A plan names its requests as steps: "- get: /path".',
  },
  {
    isIt: (_, text) => /^\s*"?config"?\s*:/m.test(text) && /^\s*"?scenarios"?\s*:/m.test(text),
    remedy:
      'is a script of Artillery. Here "scenarios" are "threadGroups", "flow" is "steps" and "config.target" is "defaults: { http: { baseUrl: … } }"; see docs/guide.md.',
  },
  {
    isIt: (_, text) => /^\s*"?execution"?\s*:/m.test(text) && /^\s*"?scenarios"?\s*:/m.test(text),
    remedy:
      'is a configuration of Taurus. Here "execution" and "scenarios" are "threadGroups", "requests" are "steps"; see docs/guide.md.',
  },
  {
    isIt: begins(/^\{[^]*?"_postman_id"/),
    remedy: 'is a collection of Postman. A plan names its requests as steps: "- get: /path".',
  },
  {
    isIt: begins(/^(?:\{\s*)?["']?(?:openapi|swagger)["']?\s*:/m),
    remedy: 'is a description of an API. A plan names the requests that it makes as steps: "- get: /path".',
  },
  {
    isIt: (file, text) => /\.(?:http|rest)$/i.test(file) || begins(/^curl\s/)(file, text),
    remedy: 'is a list of requests. A plan names the requests that it makes as steps: "- get: /path".',
  },
  {
    isIt: (file, text) =>
      /\.conf$/i.test(file) && /^\s*(?:locustfile|spawn-rate|headless|users)\s*=/m.test(text),
    remedy: `is a configuration of Locust. ${firstPlan}`,
  },
  {
    isIt: named(/\.[ct]sv$/i),
    remedy: 'is a table of data. A plan reads it with "data: [{ csv: FILE }]".',
  },
  {
    isIt: begins(/^(?:<\?xml|<!DOCTYPE|<html)\b/i),
    remedy: 'is XML or HTML. A plan is a YAML or JSON file.',
  },
];

/** What is to be done with a file of another tool, as a sentence without its name; null for what may be a plan. */
export function foreignFile(file: string, text: string): string | null {
  if (/^\s*["']?threadGroups["']?\s*:/m.test(text)) return null;
  return kinds.find(({ isIt }) => isIt(file, text))?.remedy ?? null;
}
