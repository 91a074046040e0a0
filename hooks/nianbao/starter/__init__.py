"""What `nianbao init` writes: the files of a new site, with @@marks@@ in the place of what it asks."""

from pathlib import Path

STARTER_DIR = Path(__file__).resolve().parent
