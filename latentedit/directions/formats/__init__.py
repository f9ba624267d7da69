"""The ways in which the field writes directions down, one family a file: each looks at what a file holds and takes what is its own."""
