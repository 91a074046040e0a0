"""Public annual work reports: one YAML file a report, and everything that is made of it."""
