/**
 * JMeter judges our JTL in XML: its own reader must find in it what the JTL in CSV of the same run says, row by row.
 *
 *   JMETER_HOME=… node test/judges/jmeter-reads-our-xml.mjs results/2026-…-hostile/samples.xml out.jtl
 */
import { resolve } from 'node:path';
import { check, sum } from './checks.mjs';
import { csvRows } from './csv-rows.mjs';
import { groovy } from './jmeter.mjs';

const [xml, csv] = process.argv.slice(2);
if (!xml || !csv) throw new Error('expected a JTL in XML and one in CSV of the same run');

const results = JSON.parse(await groovy('read-xml.groovy', [resolve(xml)]));
const rows = csvRows(csv);
const flat = (result) => [result, ...result.parts.flatMap(flat)];
const found = results.flatMap(flat);

const columns = Object.keys(rows[0]).filter((name) => name !== 'failureMessage');
const wrong = rows.flatMap((row, at) =>
  columns
    // Where there is data, JMeter's reader takes its length for the bytes.
    .filter((name) => name !== 'bytes' || found[at]?.data === '')
    .filter((name) => row[name] !== String(found[at]?.[name]))
    .map((name) => `row ${at + 1}, ${name}: ${row[name]} in CSV, ${found[at]?.[name]} in XML`),
);
check(`JMeter reads all rows (${rows.length})`, found.length === rows.length, `${found.length}`);
check('each has the values of its row in CSV', wrong.length === 0, wrong.slice(0, 5).join('; '));

const failures = rows.filter(({ success, failureMessage }, at) => {
  const expected = success === 'true' || failureMessage === '' ? [] : [failureMessage];
  return JSON.stringify(found[at]?.failureMessage) !== JSON.stringify(expected);
});
check('failures are assertion results with their reason', failures.length === 0, JSON.stringify(failures[0]));

const isHttp = ({ type, URL }) => (type === 'HTTPSampleResult') === (URL !== null);
check('what has a URL is an HTTP sample', found.every(isHttp));
const asked = found.filter(
  ({ type, responseCode }) => type === 'HTTPSampleResult' && /^\d/.test(responseCode),
);
check(
  `answers have the headers of both (${asked.length})`,
  asked.length > 0 && asked.every((one) => one.responseHeaders.startsWith('HTTP/1.1 ') && one.requestHeaders),
);
const withData = asked.filter(({ data }) => data !== '');
check(
  `failed ones alone have data (${withData.length})`,
  withData.length > 0 && withData.every(({ success }) => !success),
);
sum();
