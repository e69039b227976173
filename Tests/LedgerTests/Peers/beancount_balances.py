"""Prints `account,balance` of every account, of all days up to one: FILE DAY."""
import collections
import datetime
import decimal
import sys

from beancount import loader
from beancount.core.data import Transaction

entries, _, _ = loader.load_file(sys.argv[1])
last = datetime.date.fromisoformat(sys.argv[2])
balances = collections.defaultdict(decimal.Decimal)
for entry in entries:
    if isinstance(entry, Transaction) and entry.date <= last:
        for posting in entry.postings:
            balances[posting.account] += posting.units.number
for account, balance in balances.items():
    print(f"{account},{balance:.2f}")
