"""Speaking to latentedit from a host program, with nothing but Python's standard library (3.8 and later)."""

from .bridge import NOT_FOUND, PROTOCOL, Bridge, Request, Trouble
from .editing import Editing
from .finding import ProgramMissing, find_program
from .own_files import paths_in

__all__ = ["NOT_FOUND", "PROTOCOL", "Bridge", "Editing", "ProgramMissing", "Request", "Trouble", "find_program", "paths_in"]
