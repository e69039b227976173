"""Prints `value,sum` of what was spent up to a day, by a field of the metadata: FILE FIELD DAY. It asks bean-query."""
import sys

import beanquery

connection = beanquery.connect("beancount:" + sys.argv[1])
rows = connection.execute(
    f"SELECT entry_meta('{sys.argv[2]}') AS value, sum(number) AS spent"
    f" WHERE account ~ '^Expenses' AND date <= {sys.argv[3]} GROUP BY value"
)
for value, spent in rows:
    print(f"{value or ''},{spent:.2f}")
