"""`python -m nnspec` is the command `nnspec`."""

import sys

try:
    from nnspec.commands.main import main
except KeyboardInterrupt:  # of somebody who has changed their mind before anything began
    print("nnspec: interrupted", file=sys.stderr)
    raise SystemExit(130) from None

if __name__ == "__main__":
    sys.exit(main())
