"""Prints what beancount has to say against a file: FILE."""
import sys

from beancount import loader
from beancount.core import account
from beancount.core.data import Open
from beancount.parser import printer

entries, errors, _ = loader.load_file(sys.argv[1])
sys.stdout.write("".join(printer.format_error(error) for error in errors))
for entry in entries:
    if isinstance(entry, Open) and not account.is_valid(entry.account):
        print("no valid account:", entry.account)
