"""Files that people bring, turned into records. No rule of the workshop, no database and no socket lives here."""
