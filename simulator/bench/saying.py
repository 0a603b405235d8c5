"""What is printed while something is measured."""

import sys


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
