"""Execution by project from a journal, by DuckDB: prints one line of JSON.

Usage: duckdb_execution.py JOURNAL YEAR

Reads what is needed of each line, with the types given, so that DuckDB neither guesses nor reads twice. Checks
nothing else of the journal, and leaves out events of several lines.
"""

import json
import sys
import time

import duckdb

QUERY = """
SELECT project,
  sum(CASE WHEN type IN ('appropriation', 'adjustment') THEN amount END) AS budget,
  sum(CASE type WHEN 'disbursement' THEN amount WHEN 'refund' THEN -amount END) AS disbursed
FROM read_json(?, format = 'newline_delimited', columns = {
  type: 'VARCHAR', date: 'DATE', unit: 'VARCHAR', year: 'INTEGER', fund: 'VARCHAR', function: 'VARCHAR',
  economic: 'VARCHAR', project: 'VARCHAR', amount: 'DECIMAL(18, 2)'})
WHERE year = ?
GROUP BY project ORDER BY project
"""


def main():
    journal, year = sys.argv[1], int(sys.argv[2])
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    start = time.monotonic()
    rows = connection.execute(QUERY, [journal, year]).fetchall()
    seconds = time.monotonic() - start
    disbursed = sum(row[2] or 0 for row in rows)
    print(json.dumps({
        "seconds": seconds, "rows": len(rows), "disbursed": f"{disbursed:.2f}", "version": duckdb.__version__}))


main()
