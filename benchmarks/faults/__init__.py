"""Things broken on purpose, and chances tried at length; each program ends with an error where a promise fails."""
