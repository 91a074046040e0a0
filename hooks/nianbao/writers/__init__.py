"""Views → artefacts. A writer sees neither sources nor facts."""
