"""Sums by account with beancount: its loader, then one pass over the postings. Prints one line of JSON.

Usage: beancount_balances.py FILE
"""

import collections
import json
import os
import sys
import time

# A cached load would measure the cache.
os.environ["BEANCOUNT_DISABLE_LOAD_CACHE"] = "1"

import beancount  # noqa: E402
from beancount import loader  # noqa: E402
from beancount.core import data  # noqa: E402


def main():
    start = time.monotonic()
    entries, errors, _ = loader.load_file(sys.argv[1])
    if errors:
        sys.exit(f"beancount found {len(errors)} errors: {errors[0]}")
    sums = collections.Counter()
    for entry in entries:
        if isinstance(entry, data.Transaction):
            for posting in entry.postings:
                sums[posting.account] += posting.units.number
    seconds = time.monotonic() - start
    print(json.dumps({"seconds": seconds, "rows": len(sums), "version": beancount.__version__}))


main()
