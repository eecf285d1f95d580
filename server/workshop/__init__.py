"""The rules of the game: commands, events, phases, fold, decisions. Pure; no clock, no database, no network."""
