"""Frozen display models: what pages, cards and articles show. Every number is formatted here, once."""
