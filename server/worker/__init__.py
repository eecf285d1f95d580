"""Heavy work in processes of its own: figures of a disclosed round, imports, reports and bundles.

numpy and a parser hold the interpreter long enough to stall every socket, so they run beside the serving process and
not in it. Owns the processes, what is said to them and what they do; decides nothing and never writes to the database.
"""

from __future__ import annotations


class WorkLost(Exception):
    """A piece of work was tried twice and both times its process died or took too long; nothing was changed."""
