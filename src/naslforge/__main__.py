"""`python -m naslforge` is `naslforge`."""

import sys

from naslforge.cli import main

sys.exit(main())
