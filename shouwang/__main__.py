"""`python -m shouwang`: the command, where its script is not on the path."""

import sys

from shouwang.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
