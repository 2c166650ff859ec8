"""`python -m nnspec` is the command `nnspec`."""

import sys

from nnspec.commands.main import main

if __name__ == "__main__":
    sys.exit(main())
