"""Wires the layers: what is read, derived, viewed and written, in which process, and what the cache saves."""
