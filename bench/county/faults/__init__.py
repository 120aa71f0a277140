"""The faults, sorted as the rules are: a module for each file of rules/national."""
