// Tests of the job, timed one by one, as a test runner leaves them: a JUnit report.
// Usage: node check-orders.mjs REPORT.xml
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { orders, repaired } from './orders.mjs';

const rows = 20_000;
const tests = {
  'every tenth order is bad': () =>
    assert.equal([...orders(rows)].filter((order) => repaired(order) !== order).length, rows / 10),
  'a good order stays as it is': () => {
    for (const order of orders(9)) assert.equal(repaired(order), order);
  },
  'a repaired order is good': () => {
    for (const order of orders(rows)) assert.equal(repaired(repaired(order)).cents > 0, true);
  },
};

const cases = Object.entries(tests).map(([name, test]) => {
  const startMs = performance.now();
  let failure = '';
  try {
    test();
  } catch (error) {
    failure = `<failure message="${String(error.message).replaceAll(/[<&"\n]/g, ' ')}"/>`;
  }
  const seconds = ((performance.now() - startMs) / 1000).toFixed(6);
  return {
    failed: failure !== '',
    xml: `<testcase classname="orders" name="${name}" time="${seconds}">${failure}</testcase>`,
  };
});

const failures = cases.filter(({ failed }) => failed).length;
const report = `<testsuite name="orders" tests="${cases.length}" failures="${failures}">${cases.map(({ xml }) => xml).join('')}</testsuite>`;
writeFileSync(process.argv[2] ?? 'report.xml', `${report}\n`);
process.exitCode = failures > 0 ? 1 : 0;
