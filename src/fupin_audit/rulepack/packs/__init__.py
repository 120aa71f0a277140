"""Which rules, parameters and ledgers are in force, where and when."""
