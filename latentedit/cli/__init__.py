"""The command line: thin commands on the engine. See docs/cli.md for the contract."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit with its code. A key that stops it ends it in one way at any time, also while the program is being loaded."""
    try:
        from latentedit.cli.app import main as run_and_exit

        run_and_exit(arguments)
    except KeyboardInterrupt:
        print("error: Cancelled.", file=sys.stderr)
        sys.exit(130)
