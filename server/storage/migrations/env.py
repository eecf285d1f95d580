"""What Alembic runs around the steps: the connection that `database` hands over. Opens none of its own."""

from __future__ import annotations

from alembic import context

from server.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
