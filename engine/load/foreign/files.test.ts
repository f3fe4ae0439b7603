import { describe, expect, it } from 'vitest';
import { problemsOf } from '../test-support/load-files.ts';

const jmx = '<?xml version="1.0" encoding="UTF-8"?>\n<jmeterTestPlan version="1.2">\n</jmeterTestPlan>\n';
const k6 = 'import http from "k6/http";\nexport default function () { http.get("http://x"); }\n';
const har = '{"log":{"version":"1.2","entries":[]}}';
const postman = '{"info":{"_postman_id":"1","name":"x"},"item":[]}';
const artillery = 'config:\n  target: http://x\nscenarios:\n  - flow:\n    - get: { url: / }\n';
const taurus = 'execution:\n- concurrency: 10\n  scenario: s\nscenarios:\n  s: { requests: [http://x] }\n';

describe('a file that is no plan', () => {
  it.each([
    ['a.jmx', jmx, '"a.jmx" is a JMeter test plan. Loadplan does not read .jmx yet; docs/jmeter.md says'],
    ['a.xml', jmx, 'is a JMeter test plan'],
    ['a.yaml', jmx, 'is a JMeter test plan'],
    [
      'a.js',
      k6,
      '"a.js" is a script, such as k6 runs. A plan is YAML or JSON; write a first one with "plan init"',
    ],
    ['a.mts', k6, 'is a script, such as k6 runs'],
    ['a.txt', k6, 'is a script, such as k6 runs'],
    ['a.lua', 'wrk.method = "POST"', 'is a script, such as wrk runs'],
    ['locustfile.py', 'from locust import HttpUser\n', 'is a Python script, such as Locust runs'],
    ['a.txt', 'import time\nfrom locust import HttpUser\n', 'is a Python script, such as Locust runs'],
    ['A.scala', 'class A extends Simulation', 'is source code, such as Gatling runs'],
    ['A.kt', 'class A', 'is source code'],
    ['a.har', har, 'is a HAR, a recording of a browser'],
    ['a.json', har, 'is a HAR'],
    ['a.json', postman, 'is a collection of Postman'],
    ['a.yml', artillery, 'is a script of Artillery. Here "scenarios" are "threadGroups"'],
    ['a.yml', taurus, 'is a configuration of Taurus'],
    [
      'a.json',
      '{\n "config": {"target": "http://x"},\n "scenarios": [{"flow": []}]\n}',
      'is a script of Artillery',
    ],
    ['a.json', '{\n "execution": [],\n "scenarios": {}\n}', 'is a configuration of Taurus'],
    ['a.http', 'GET http://x\n', 'is a list of requests'],
    ['a.sh', 'curl http://x\n', 'is a list of requests'],
    ['locust.conf', 'users = 5\nspawn-rate = 1\n', 'is a configuration of Locust'],
    ['a.yaml', 'openapi: 3.0.0\ninfo: { title: x }\npaths: {}\n', 'is a description of an API'],
    ['a.json', '{"swagger":"2.0","paths":{}}', 'is a description of an API'],
    ['a.jtl', 'timeStamp,elapsed,label\n', 'is a JTL, the results of a run'],
    ['a.csv', 'timeStamp,elapsed,label\n', 'is a JTL'],
    ['users.csv', 'user,password\na,b\n', 'is a table of data'],
    ['a.html', '<!DOCTYPE html><html></html>', 'is XML or HTML'],
    ['a.yaml', '', 'the file is empty'],
    ['a.yaml', '  \n# nothing\n', 'the file holds no keys'],
  ])('%s is told what it is: %j', async (file, text, message) => {
    expect(await problemsOf({ [file]: text }, { file })).toContain(message);
  });

  it.each([
    [Uint8Array.of(0x1f, 0x8b, 8, 0), 'compressed (gzip)'],
    [Uint8Array.of(0x50, 0x4b, 3, 4, 0xff), 'an archive (zip)'],
    [Uint8Array.of(0xff, 0xfe, 0x6e, 0), 'text in UTF-16'],
    [Uint8Array.of(0xca, 0xfe, 0xba, 0xbe), 'not UTF-8 text'],
    [Uint8Array.of(0x41, 0, 0, 0x42), 'not text'],
  ])('%j is said to be %s', async (bytes, what) => {
    expect(await problemsOf({ 'a.yaml': bytes }, { file: 'a.yaml' })).toContain(
      `"a.yaml" is ${what}. A plan is a YAML or JSON file, in UTF-8.`,
    );
  });

  it('is told what it is even when it is too large to be read', async () => {
    const har = ' '.repeat(1024 * 1024 + 1);
    expect(await problemsOf({ 'a.har': har }, { file: 'a.har' })).toContain('is a HAR');
    expect(await problemsOf({ 'a.yaml': har }, { file: 'a.yaml' })).toContain('is larger than 1 MiB');
  });

  it('is none of these when it has thread groups', async () => {
    const text = 'name: T\nthreadGroups: [{ name: G, steps: [{ pause: 1s }] }]\n';
    expect(await problemsOf({ 'a.js': text }, { file: 'a.js' })).toBe('');
    expect(await problemsOf(`${text}config: {}\nscenarios: {}\n`)).not.toContain('Artillery');
  });
});
