"""Pure derivations from reports: what they add up to, how they changed, which pledges were kept."""
