"""The faults, one module a subject; `all_faults` lists them."""
