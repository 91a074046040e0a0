"""The pictures of a report: what each tells, planned from the edition before anything is drawn."""
