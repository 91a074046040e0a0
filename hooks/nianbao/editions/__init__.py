"""One report as everything tells it: its display texts, figures, pledges and addresses, made once and frozen."""
