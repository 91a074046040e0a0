"""Documents of staff to drafts of reports: readers, recognition, the account of what was kept."""
