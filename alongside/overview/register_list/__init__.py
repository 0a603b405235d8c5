"""The register as a list: filters, sorting, paging by key, counts, saved views, finding a person."""
