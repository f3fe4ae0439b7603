"""A reader that shares nothing with ours: Python's csv module on a JTL.

    python3 test/judges/read-jtl.py out.jtl [more.jtl]

The header is JMeter's, every row has its 17 columns, and numbers are whole where JMeter's are.
"""

import csv
import re
import sys

COLUMNS = (
    "timeStamp elapsed label responseCode responseMessage threadName dataType success failureMessage "
    "bytes sentBytes grpThreads allThreads URL Latency IdleTime Connect"
).split()
WHOLE = "timeStamp elapsed bytes sentBytes grpThreads allThreads Latency IdleTime Connect".split()

# 2001 to 2286: a time in seconds or microseconds is seen.
EPOCH_MS = re.compile(r"[1-9][0-9]{12}")
WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]*")


def wrong_cells(row):
    for name in WHOLE:
        if not WHOLE_NUMBER.fullmatch(row[name]):
            yield f"{name} is {row[name]!r}"
    if not EPOCH_MS.fullmatch(row["timeStamp"]):
        yield f"timeStamp is {row['timeStamp']!r}"
    if row["success"] not in ("true", "false"):
        yield f"success is {row['success']!r}"
    if not re.fullmatch(r".+ [1-9][0-9]*-[1-9][0-9]*( (set-up|warm-up|tear-down|clean-up))?", row["threadName"], re.DOTALL):
        yield f"threadName is {row['threadName']!r}"
    for name in ("label", "URL"):
        if row[name] == "":
            yield f"{name} is empty"


def checks(path):
    data = open(path, "rb").read()
    yield "is UTF-8 without a byte order mark", not data.startswith(b"\xef\xbb\xbf") and bool(data.decode())
    yield "ends its last line, with LF", data.endswith(b"\n") and not data.endswith(b"\r\n")
    with open(path, newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file, strict=True)
    yield "has JMeter's header", header == COLUMNS
    yield f"has rows ({len(rows)})", len(rows) > 0
    odd = [number for number, row in enumerate(rows, 1) if len(row) != len(COLUMNS)]
    yield f"has 17 columns in every row{said(odd)}", not odd
    wrong = [
        f"row {number}: {what}"
        for number, row in enumerate(rows, 1)
        if len(row) == len(COLUMNS)
        for what in wrong_cells(dict(zip(COLUMNS, row)))
    ]
    yield f"has numbers, flags and names as JMeter writes them{said(wrong)}", not wrong


def said(problems):
    return f"; wrong: {problems[:5]}" if problems else ""


def main(paths):
    passed = failed = 0
    for path in paths:
        print(path)
        for title, is_so in checks(path):
            print(f"  {'ok     ' if is_so else 'FAILED '} {title}")
            passed, failed = passed + is_so, failed + (not is_so)
    print(f"{passed} passed, {failed} failed")
    return 0 if passed > 0 and failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
