"""Reports as data: what exports hold."""
