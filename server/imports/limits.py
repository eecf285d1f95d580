"""How large an upload may be. Numbers only; the readers enforce them."""

MAX_BYTES = 5 * 1024 * 1024
MAX_MEMBERS = 200
MAX_UNPACKED = 50 * 1024 * 1024
MAX_PART = 16 * 1024 * 1024  # of one XML part: parsing takes about forty times its size in memory
MAX_RATIO = 100  # unpacked over packed, of each member and of the whole archive
MAX_ROWS = 10_000  # blank ones and the header included
MAX_COLUMNS = 64
MAX_CELL = 2_000  # characters
