"""The server's rooms: rules, trail, storage, doors. What lives where is fixed in docs; nothing lives here."""
