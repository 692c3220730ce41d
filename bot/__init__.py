"""One conversation core and one thin module for each chat."""

import os

# Our matrix products are small: numpy's threads for them wait for each other longer than they work, the more so on a
# machine that does other things. Read when numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
