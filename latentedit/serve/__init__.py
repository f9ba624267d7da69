"""The engine as a child process of a host program: lines of JSON in and out (``latentedit serve``, see docs/serve.md)."""
