import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isJsonObject } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import { startSandbox } from '../../server.ts';
import type { Sandbox } from '../../server.ts';
import { objectIn, textIn } from '../parameters.ts';

let sandbox: Sandbox;
const project = '/bigquery/v2/projects/sandbox-project';

beforeAll(async () => {
  sandbox = await startSandbox();
  await query(
    'CREATE TABLE pipeline.a AS SELECT n AS id, MOD(n, 3) AS g FROM UNNEST(GENERATE_ARRAY(1, 10)) AS n',
  );
});
afterAll(() => sandbox.close());

async function call(method: string, path: string, body?: object): Promise<JsonObject> {
  const text = body === undefined ? null : JSON.stringify(body);
  const answer: unknown = await (await fetch(sandbox.url + path, { method, body: text })).json();
  return isObject(answer) ? answer : {};
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function query(sql: string, more: object = {}): Promise<JsonObject> {
  return call('POST', `${project}/queries`, { query: sql, useLegacySql: false, ...more });
}

/** The rows of the answer, or the error. */
async function answerOf(sql: string, more?: object): Promise<unknown> {
  const answer = await query(sql, more);
  if (answer['error'] !== undefined) return textIn(objectIn(answer, 'error'), 'message');
  return objects(answer['rows']).map((row) => objects(row['f']).map(({ v }) => v));
}

function objects(list: unknown): JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

const integer = (value: string) => ({ parameterType: { type: 'INT64' }, parameterValue: { value } });

describe('a script', () => {
  it.each([
    ['SELECT 1; SELECT 2 AS two;', [['2']]],
    [`SELECT 'a;b'; -- c; d\nSELECT """e;\nf""" AS x /* ; */; # g;`, [['e;\nf']]],
    ['DECLARE x, y INT64 DEFAULT 1; SET x = x + 4; SELECT x, y, x + y', [['5', '1', '6']]],
    // https://cloud.google.com/bigquery/docs/multi-statement-queries#reference_a_user-created_variable
    ['DECLARE x INT64 DEFAULT 10; WITH n AS (SELECT 50 AS x) SELECT x + x FROM n', [['100']]],
    ['DECLARE x INT64 DEFAULT 10; WITH n AS (SELECT 50 AS y) SELECT y + x FROM n', [['60']]],
    ['DECLARE id INT64 DEFAULT 9; SELECT (SELECT MAX(id) FROM pipeline.a), id', [['10', '9']]],
    [
      'DECLARE n INT64 DEFAULT 8; SELECT id AS n FROM pipeline.a WHERE id > n ORDER BY n DESC',
      [['10'], ['9']],
    ],
    [
      'DECLARE top INT64; SET top = (SELECT MAX(id) FROM pipeline.a); SELECT COUNT(*) FROM pipeline.a WHERE id < top',
      [['9']],
    ],
    [
      `DECLARE d DATE DEFAULT '2026-01-02'; DECLARE f FLOAT64 DEFAULT 1; DECLARE s STRING; SELECT d, f, s`,
      [['2026-01-02', '1.0', null]],
    ],
    ['DECLARE list DEFAULT [1, 2]; SELECT ARRAY_LENGTH(list), 2 IN UNNEST(list)', [['2', 'true']]],
    [`DECLARE p STRUCT<a INT64, b STRING> DEFAULT (1, 'x'); SELECT p.a, p.b`, [['1', 'x']]],
    ['DECLARE a, b INT64; SET (a, b) = (1, 2); SELECT a, b', [['1', '2']]],
    [
      `DECLARE a INT64; DECLARE b STRING; SET (a, b) = (SELECT AS STRUCT MAX(id), ANY_VALUE('x') FROM pipeline.a WHERE g = (SELECT 1)); SELECT a, b`,
      [['10', 'x']],
    ],
    [
      'DECLARE a, b INT64; SET (a, b) = (SELECT STRUCT(MIN(id), MAX(id)) FROM pipeline.a); SELECT a, b',
      [['1', '10']],
    ],
    [
      'DECLARE i, odd INT64 DEFAULT 0; WHILE i < 5 DO SET i = i + 1; IF MOD(i, 2) = 0 THEN CONTINUE; END IF; SET odd = odd + i; END WHILE; SELECT i, odd',
      [['5', '9']],
    ],
    [
      'DECLARE i INT64 DEFAULT 0; LOOP SET i = i + 1; IF i = 3 THEN LEAVE; END IF; END LOOP; SELECT i',
      [['3']],
    ],
    ['DECLARE i INT64 DEFAULT 0; REPEAT SET i = i + 1; UNTIL i >= 3 END REPEAT; SELECT i', [['3']]],
    [
      `DECLARE x INT64 DEFAULT 2; IF x = 1 THEN SELECT 'one'; ELSEIF CASE WHEN x = 2 THEN TRUE END THEN SELECT 'two'; ELSE SELECT 'more'; END IF`,
      [['two']],
    ],
    ['DECLARE x INT64 DEFAULT 1; BEGIN DECLARE y INT64 DEFAULT x + 1; SET x = y; END; SELECT x', [['2']]],
    [
      `BEGIN SELECT 1 / 0; EXCEPTION WHEN ERROR THEN SELECT @@error.message; END`,
      [['Query error: division by zero at [1:7]']],
    ],
    [`BEGIN RAISE USING MESSAGE = 'no'; EXCEPTION WHEN ERROR THEN SELECT @@error.message; END`, [['no']]],
    [`SELECT 1; RETURN; SELECT 2`, [['1']]],
    [`SET @@dataset_id = 'pipeline'; SELECT COUNT(*) FROM a`, [['10']]],
    ['SELECT 1; SELECT 2; SELECT @@script.num_child_jobs, @@project_id', [['2', 'sandbox-project']]],
    [
      'CREATE TEMP TABLE t AS SELECT id FROM pipeline.a WHERE g = 1; INSERT t VALUES (100); SELECT SUM(id), COUNT(*) FROM _SESSION.t',
      [['122', '5']],
    ],
    // https://cloud.google.com/bigquery/docs/multi-statement-queries#qualify_temporary_tables_with_session
    [
      `SET @@dataset_id = 'pipeline'; CREATE TEMP TABLE a AS SELECT 7 AS x; CREATE OR REPLACE TEMP TABLE a AS SELECT 8 AS x; SELECT * FROM a`,
      [['8']],
    ],
    [
      `SET @@dataset_id = 'pipeline'; CREATE TEMP TABLE a AS SELECT 7 AS x; DROP TABLE a; SELECT COUNT(*) FROM a`,
      [['10']],
    ],
  ])('%s', async (sql, rows) => {
    expect(await answerOf(sql)).toEqual(rows);
  });

  it.each([
    ['SELECT 1;\nSELECT 1/0;\nSELECT 3', 'Query error: division by zero at [2:1]'],
    ['SELECT 1;\n  SELECT none FROM pipeline.a', 'Query error: Unrecognized name: none at [2:3]'],
    [
      'SELECT 1;\nSELECT * FROM pipeline.none',
      'Query error: Not found: Table sandbox-project:pipeline.none was not found in location US at [2:1]',
    ],
    ['SELECT 1;\nSELECT FROM', 'Syntax error: SELECT list must not be empty at [2:8]'],
    ['SELECT 1;;', 'Syntax error: Unexpected ";" at [1:10]'],
    ['SELECT 1 SELECT 2; SELECT 3', 'Syntax error: Expected end of input but got "SELECT" at [1:10]'],
    ['SET x = 5', 'Query error: Undeclared variable: x at [1:5]'],
    ['BEGIN DECLARE x INT64; END; SET x = 1', 'Undeclared variable: x'],
    ['DECLARE x INT64; BEGIN DECLARE x STRING; END', `Variable 'x' redeclaration at [1:24]`],
    [
      'SELECT 1; DECLARE x INT64',
      'Variable declarations are allowed only at the start of a block or script at [1:11]',
    ],
    [`DECLARE x INT64 DEFAULT 'a'`, `Cannot coerce expression 'a' to type INT64`],
    ['DECLARE x INT64 DEFAULT 1.5', 'Cannot coerce expression 1.5 to type INT64'],
    [
      `ASSERT (SELECT COUNT(*) > 99 FROM pipeline.a) AS 'too few'`,
      'Query error: Assertion failed: too few at [1:1]',
    ],
    [`SELECT 1; RAISE USING MESSAGE = 'oops'`, 'oops at [1:11]'],
    ['IF 1 THEN SELECT 1; END IF', 'must be of the type BOOL'],
    ['CREATE TEMP TABLE t AS SELECT 1 AS a', 'Use of CREATE TEMPORARY TABLE requires a script or session'],
    ['CREATE TEMP TABLE pipeline.t AS SELECT 1 AS a; SELECT 1', 'Temporary tables may not be qualified'],
    [
      'CREATE TEMP TABLE t (x INT64); DROP TABLE t; SELECT * FROM t',
      'Table "t" must be qualified with a dataset',
    ],
    ['CREATE TEMP TABLE t (x INT64); SELECT * FROM _SESSION.u', 'Not found: Table'],
  ])('%s is refused', async (sql, message) => {
    expect(await answerOf(sql)).toContain(message);
  });

  it.each([
    ['BEGIN TRANSACTION; COMMIT TRANSACTION;', 'BEGIN TRANSACTION'],
    ['CALL pipeline.p();', 'statements that begin with CALL'],
    [`EXECUTE IMMEDIATE 'SELECT 1';`, 'statements that begin with EXECUTE'],
    ['FOR r IN (SELECT 1) DO SELECT 1; END FOR;', 'statements that begin with FOR'],
    ['CREATE TEMP FUNCTION f(x INT64) AS (x);', 'CREATE TEMP FUNCTION'],
    [`SET @@time_zone = 'UTC';`, 'SET @@time_zone'],
    ['SELECT @@nothing;', 'the system variable @@nothing'],
    ['SELECT FORMAT("%t", 1);', 'FORMAT with %t'],
  ])('does nothing before it refuses %s', async (sql, what) => {
    const answer = await answerOf(`CREATE TABLE pipeline.never AS SELECT 1 AS a; ${sql}`);
    expect(answer).toContain(`The sandbox does not support ${what}`);
    expect(await answerOf('SELECT * FROM pipeline.never')).toContain('Not found');
  });

  it('keeps NUMERIC exact, also in a variable whose type is that of a column', async () => {
    await query('CREATE TABLE pipeline.money AS SELECT NUMERIC "0.1" AS m UNION ALL SELECT NUMERIC "0.2"');
    const sql = 'DECLARE total DEFAULT (SELECT SUM(m) FROM pipeline.money); SELECT total, total / 3';
    expect(await answerOf(sql)).toEqual([['0.3', '0.1']]);
  });

  it('takes parameters, named and in order', async () => {
    const named = [{ name: 'a', ...integer('4') }];
    expect(await answerOf('SELECT 1; SELECT @a + 1', { queryParameters: named })).toEqual([['5']]);
    expect(await answerOf('SELECT ?; SELECT ?', { queryParameters: [integer('4'), integer('5')] })).toEqual([
      ['5'],
    ]);
  });
});

describe('the job of a script', () => {
  const sql = `DECLARE top DEFAULT (SELECT MAX(id) FROM pipeline.a);
CREATE TEMP TABLE t AS SELECT id FROM pipeline.a WHERE id < top;
SELECT COUNT(id) FROM t;`;

  it('costs what its statements cost, each of which is a job', async () => {
    const answer = await query(sql);
    const id = textIn(objectIn(answer, 'jobReference'), 'jobId') ?? '';
    const parent = objectIn(await call('GET', `${project}/jobs/${id}`), 'statistics');
    expect(parent).toMatchObject({ numChildJobs: '3', totalBytesProcessed: '232' });
    expect(parent['query']).toMatchObject({ statementType: 'SCRIPT', totalBytesBilled: '31457280' });
    expect(answer).toMatchObject({ totalBytesProcessed: '232', totalBytesBilled: '31457280' });
    const children = objects((await call('GET', `${project}/jobs?parentJobId=${id}`))['jobs']);
    const said = children.map((job) => {
      const statistics = objectIn(job, 'statistics');
      const { parentJobId, totalBytesProcessed } = statistics;
      const { evaluationKind, stackFrames } = objectIn(statistics, 'scriptStatistics');
      const [frame] = objects(stackFrames);
      const type = objectIn(statistics, 'query')['statementType'];
      return [parentJobId, totalBytesProcessed, evaluationKind, frame?.['startLine'], type];
    });
    expect(said).toEqual([
      [id, '72', 'STATEMENT', 3, 'SELECT'],
      [id, '80', 'STATEMENT', 2, 'CREATE_TABLE_AS_SELECT'],
      [id, '80', 'EXPRESSION', 1, 'SELECT'],
    ]);
    const slots = children.map((job) => Number(objectIn(job, 'statistics')['totalSlotMs']));
    expect(Number(parent['totalSlotMs'])).toBe(slots.reduce((sum, one) => sum + one, 0));
    const jobs = objects((await call('GET', `${project}/jobs`))['jobs']);
    expect(jobs.some((job) => objectIn(job, 'statistics')['parentJobId'] !== undefined)).toBe(false);
    const [child] = children;
    const childId = textIn(objectIn(child ?? {}, 'jobReference'), 'jobId') ?? '';
    expect((await call('GET', `${project}/queries/${childId}`))['rows']).toEqual([{ f: [{ v: '9' }] }]);
  });

  it('shows its statements in INFORMATION_SCHEMA, and leaves no dataset', async () => {
    await query('SELECT 41; SELECT 42');
    const jobs = '`region-us`.INFORMATION_SCHEMA.JOBS';
    expect(
      await answerOf(
        `SELECT p.statement_type, COUNT(*) FROM ${jobs} AS c JOIN ${jobs} AS p ON p.job_id = c.parent_job_id WHERE p.query = 'SELECT 41; SELECT 42' GROUP BY 1`,
      ),
    ).toEqual([['SCRIPT', '2']]);
    const datasets = objects((await call('GET', `${project}/datasets`))['datasets']);
    expect(datasets.map((one) => objectIn(one, 'datasetReference')['datasetId'])).toEqual(['pipeline']);
  });

  it('is estimated up to the first statement that makes something', async () => {
    const statements =
      'SELECT id FROM pipeline.a; INSERT pipeline.a VALUES (1, 1); SELECT id, g FROM pipeline.a;';
    const dry = { dryRun: true };
    expect(await query(statements, dry)).toMatchObject({ totalBytesProcessed: '240' });
    expect(
      await query(`${statements} CREATE TABLE pipeline.b (x INT64); SELECT * FROM pipeline.b`, dry),
    ).toMatchObject({ totalBytesProcessed: '240' });
    expect(await query(`${statements} IF TRUE THEN SELECT id FROM pipeline.a; END IF`, dry)).toMatchObject({
      totalBytesProcessed: '240',
    });
    expect(await answerOf('SELECT COUNT(*) FROM pipeline.a')).toEqual([['10']]);
    expect(await answerOf('SELECT 1; SELECT * FROM pipeline.none', dry)).toContain(
      'Query error: Not found: Table',
    );
  });

  it('prunes partitions by the values of variables, and when it is estimated by none', async () => {
    await query(
      `CREATE TABLE pipeline.days PARTITION BY day AS SELECT DATE_ADD(DATE '2026-01-01', INTERVAL n DAY) AS day, n AS id FROM UNNEST(GENERATE_ARRAY(0, 9)) AS n`,
    );
    const pruned = `DECLARE d DATE DEFAULT '2026-01-02'; SELECT id FROM pipeline.days WHERE day = d`;
    expect(await query(pruned)).toMatchObject({ totalBytesProcessed: '16' });
    expect(await query(pruned, { dryRun: true })).toMatchObject({ totalBytesProcessed: '160' });
  });

  it('keeps to the limits of its bill and to what scripts may ask for', async () => {
    const twice = 'SELECT id FROM pipeline.a; SELECT id, g FROM pipeline.a';
    expect(await answerOf(twice, { maximumBytesBilled: '15000000' })).toContain(
      'Query exceeded limit for bytes billed: 15000000.',
    );
    const destinationTable = { projectId: 'sandbox-project', datasetId: 'pipeline', tableId: 'x' };
    const refused = await call('POST', `${project}/jobs`, {
      configuration: { query: { query: twice, useLegacySql: false, destinationTable } },
    });
    expect(JSON.stringify(refused)).toContain(
      'configuration.query.destinationTable cannot be set for scripts',
    );
  });

  it('ends when it is cancelled or its time is over', async () => {
    const endless = 'DECLARE i INT64 DEFAULT 0; WHILE TRUE DO SET i = i + 1; END WHILE';
    expect(await answerOf(endless, { jobTimeoutMs: '50' })).toContain('Job timed out');
    const started = await call('POST', `${project}/jobs`, {
      configuration: { query: { query: endless, useLegacySql: false } },
    });
    const id = textIn(objectIn(started, 'jobReference'), 'jobId') ?? '';
    await call('POST', `${project}/jobs/${id}/cancel`);
    const ended = await call('GET', `${project}/queries/${id}`);
    expect(textIn(objectIn(ended, 'error'), 'message')).toContain('cancelled');
  });
});
