"""A simulated hall to rehearse in: a server of its own, an invented city, its people and the facilitator's script."""
