"""The pages of the site: each view is made from an edition, or from the summaries of several reports."""
