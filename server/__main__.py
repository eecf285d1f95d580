"""Makes waiting cooperative before anything else is imported, then hands over to the command line."""

from gevent import monkey

monkey.patch_all()

import sys  # noqa: E402 - nothing may be imported before the patch

from server.cli import main  # noqa: E402 - the same

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
