"""The theme: templates, style and script, over those of Material for MkDocs. A site's own folder comes before it."""

from pathlib import Path

THEME_DIR = Path(__file__).resolve().parent
