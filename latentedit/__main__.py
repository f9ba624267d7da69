"""``python -m latentedit``: the command line where the program's folder is not on PATH."""

from latentedit.cli import main

if __name__ == "__main__":
    main()
