"""Who plays against whom: one kind of training a file, each a frozen configuration that sets up its players."""
