"""Sessions for programs that have neither torch nor this package: requests as JSON lines on stdin, answers and events as JSON lines on stdout.

The plug-ins of Krita and GIMP speak it (``plugins/``); what is said is in docs/serve.md. There is no network port: who starts the
program speaks to it, and it ends with him.
"""
