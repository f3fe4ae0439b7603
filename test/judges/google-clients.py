"""Google's clients for Python against the sandbox: `node test/judges/with-sandbox.mjs python3 test/judges/google-clients.py`.

The last line is `N passed, N failed`.
"""

import datetime
import decimal
import os
import sys

from google.api_core.client_options import ClientOptions
from google.api_core.exceptions import BadRequest, GoogleAPICallError, NotFound, PreconditionFailed
from google.auth.credentials import AnonymousCredentials
from google.cloud import bigquery, storage

counts = {True: 0, False: 0}


def check(what, work):
    try:
        work()
        counts[True] += 1
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is told
        counts[False] += 1
        print(f"FAILED {what}: {type(problem).__name__}: {problem}")


def equal(got, expected):
    if got != expected:
        raise AssertionError(f"got {got!r}, expected {expected!r}")


def refused(kind, words, work):
    try:
        work()
    except kind as problem:
        if words not in str(problem):
            raise AssertionError(f"{words!r} is not in {problem}") from problem
        return
    raise AssertionError(f"it was not refused with {kind.__name__}")


options = {"project": "sandbox-project", "credentials": AnonymousCredentials()}
queries = bigquery.Client(**options, client_options=ClientOptions(api_endpoint=os.environ["SANDBOX_URL"]))
files = storage.Client(**options)


def rows(sql, **config):
    return [tuple(row) for row in queries.query(sql, job_config=bigquery.QueryJobConfig(**config)).result()]


def values_of_every_type():
    moment = datetime.datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=datetime.timezone.utc)
    sql = """SELECT 1, 1.5, TRUE, 'x', b'y', DATE '2026-01-02', TIMESTAMP '2026-01-02 03:04:05.000006+00',
        DATETIME '2026-01-02 03:04:05', TIME '03:04:05', [1, 2], NULL"""
    day = datetime.date(2026, 1, 2)
    time = datetime.time(3, 4, 5)
    equal(rows(sql), [(1, 1.5, True, "x", b"y", day, moment, datetime.datetime.combine(day, time), time, [1, 2], None)])


def numeric_both_ways():
    table = queries.create_table(
        bigquery.Table(
            "sandbox-project.pipeline.judged_numeric",
            [bigquery.SchemaField("a", "NUMERIC"), bigquery.SchemaField("b", "NUMERIC", precision=6, scale=2)],
        )
    )
    equal([(field.field_type, field.precision, field.scale) for field in table.schema], [("NUMERIC", None, None), ("NUMERIC", 6, 2)])
    value = decimal.Decimal("12345678901234567890123456789.123456789")
    equal(queries.insert_rows(table, [(value, decimal.Decimal("1.5"))]), [])
    queries.load_table_from_json(
        [{"a": "-0.000000001", "b": "2.25"}], table.reference, job_config=bigquery.LoadJobConfig(schema=table.schema)
    ).result()
    wanted = [(decimal.Decimal("-1E-9"), decimal.Decimal("2.25")), (value, decimal.Decimal("1.5"))]
    equal(rows("SELECT a, b FROM pipeline.judged_numeric ORDER BY a"), wanted)
    equal(sorted(tuple(row) for row in queries.list_rows(table)), wanted)
    parameter = bigquery.ScalarQueryParameter("a", "NUMERIC", value)
    equal(rows("SELECT @a, b FROM pipeline.judged_numeric WHERE a = @a", query_parameters=[parameter]), [wanted[1]])


def parameters():
    named = [
        bigquery.ScalarQueryParameter("d", "DATE", datetime.date(2026, 1, 2)),
        bigquery.ArrayQueryParameter("a", "INT64", [1, 2]),
    ]
    equal(rows("SELECT @d, 2 IN UNNEST(@a)", query_parameters=named), [(datetime.date(2026, 1, 2), True)])


def tables():
    queries.create_dataset("python_client")
    table = bigquery.Table(
        "sandbox-project.python_client.days",
        schema=[bigquery.SchemaField("id", "INTEGER", mode="REQUIRED"), bigquery.SchemaField("day", "DATE")],
    )
    table.time_partitioning = bigquery.TimePartitioning(field="day")
    table.clustering_fields = ["id"]
    made = queries.create_table(table)
    equal(made.schema[0].mode, "REQUIRED")
    made.description = "new"
    equal(queries.update_table(made, ["description"]).description, "new")
    refused(PreconditionFailed, "", lambda: queries.update_table(made, ["description"]))


def streams():
    table = "sandbox-project.python_client.days"
    sent = [{"id": number, "day": f"2026-01-0{number}"} for number in (1, 2, 3)]
    for _ in range(2):
        equal(queries.insert_rows_json(table, sent, row_ids=["a", "b", "c"]), [])
    equal(rows("SELECT COUNT(*) FROM python_client.days"), [(3,)])
    equal(len(queries.insert_rows_json(table, [{"day": "2026-01-01"}])), 1)
    equal([tuple(row) for row in queries.list_rows(table, max_results=1)], [(1, datetime.date(2026, 1, 1))])


def dry_runs():
    config = bigquery.QueryJobConfig(dry_run=True)
    job = queries.query("SELECT id FROM python_client.days WHERE day = '2026-01-02'", job_config=config)
    equal(job.total_bytes_processed, 16)


def loads():
    bad = queries.load_table_from_json([{"day": "2026-02-01"}], "python_client.days")
    refused(BadRequest, "bad", bad.result)
    config = bigquery.LoadJobConfig(write_disposition="WRITE_TRUNCATE")
    job = queries.load_table_from_json([{"id": 9, "day": "2026-02-01"}], "python_client.days", job_config=config)
    equal(job.result().output_rows, 1)


def scripts():
    job = queries.query(
        """DECLARE least INT64 DEFAULT (SELECT MIN(id) FROM python_client.days);
        CREATE TEMP TABLE above AS SELECT id FROM python_client.days WHERE id >= least;
        SELECT COUNT(*) AS n, least FROM above;"""
    )
    equal([tuple(row) for row in job.result()], [(1, 9)])
    equal((job.statement_type, job.num_child_jobs), ("SCRIPT", 3))
    children = list(queries.list_jobs(parent_job=job))
    equal([one.parent_job_id for one in children], [job.job_id] * 3)
    equal([one.script_statistics.evaluation_kind for one in children], ["STATEMENT", "STATEMENT", "EXPRESSION"])
    equal(children[0].script_statistics.stack_frames[0].start_line, 3)
    equal([row["n"] for row in children[0].result()], [1])
    equal(job.total_bytes_billed, sum(one.total_bytes_billed for one in children))
    refused(BadRequest, "at [2:1]", lambda: rows("SELECT 1;\nSELECT 1 / 0"))
    refused(BadRequest, "cannot be set for scripts", lambda: rows("SELECT 1; SELECT 2", destination="sandbox-project.python_client.x"))


def query_mistakes():
    refused(NotFound, "sandbox-project:python_client.none", lambda: rows("SELECT * FROM python_client.none"))
    refused(BadRequest, "schemaUpdateOptions", lambda: rows("SELECT 1", schema_update_options=["ALLOW_FIELD_ADDITION"]))
    queries.delete_dataset("python_client", delete_contents=True)


def objects():
    bucket = files.create_bucket("python-client")
    content = bytes(range(256)) * 4096
    blob = bucket.blob("folder/a.bin", chunk_size=262_144)
    blob.upload_from_string(content)
    equal(bucket.blob("folder/a.bin").download_as_bytes(), content)
    equal(bucket.blob("folder/a.bin").download_as_bytes(start=5, end=9), content[5:10])
    for name in ("b.csv", "folder/c.csv", "folder/deep/d.csv"):
        bucket.blob(name).upload_from_string("x")
    equal([one.name for one in files.list_blobs(bucket, match_glob="**.csv", prefix="folder/")], ["folder/c.csv", "folder/deep/d.csv"])
    equal([one.name for one in files.list_blobs(bucket, delimiter="/", include_trailing_delimiter=True)], ["b.csv"])
    refused(PreconditionFailed, "", lambda: blob.upload_from_string("y", if_generation_match=0))


def metadata():
    bucket = files.bucket("python-client")
    blob = bucket.get_blob("b.csv")
    blob.metadata = {"a": "b"}
    blob.patch()
    equal(bucket.get_blob("b.csv").metadata, {"a": "b"})
    bucket.rename_blob(blob, "e.csv")
    equal(bucket.get_blob("b.csv"), None)
    made = bucket.blob("f.csv")
    made.compose([bucket.blob("e.csv"), bucket.blob("folder/c.csv")])
    equal(made.size, 2)
    with files.batch():
        bucket.delete_blob("e.csv")
        bucket.blob("f.csv").patch()
    equal(bucket.get_blob("e.csv"), None)
    with files.batch(raise_exception=False) as batch:
        for name in ("none.csv", "folder/c.csv"):
            bucket.delete_blob(name)
    equal([answer.status_code for answer in batch._responses], [404, 204])
    bucket.versioning_enabled = True
    refused(GoogleAPICallError, "versioning.enabled", bucket.patch)
    files.get_bucket("python-client").delete(force=True)
    refused(NotFound, "", lambda: files.get_bucket("python-client"))


for one in (values_of_every_type, numeric_both_ways, parameters, tables, streams, dry_runs, loads, scripts, query_mistakes, objects, metadata):
    check(one.__name__.replace("_", " "), one)
print(f"{counts[True]} passed, {counts[False]} failed")
sys.exit(1 if counts[False] else 0)
