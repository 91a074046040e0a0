"""Pure functions on strings, knowing nothing of reports."""
