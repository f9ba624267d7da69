"""The command line: thin commands on the engine. See docs/cli.md for the contract."""

from latentedit.cli.app import main

__all__ = ["main"]
