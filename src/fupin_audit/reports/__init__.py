"""HOW it is shown: one file a format, each a function of AuditResult."""
