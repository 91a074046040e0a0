"""A report's pack of pictures: views → sketches (what stands where) → PNG."""
