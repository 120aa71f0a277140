"""Drawing households for 入户核查, and the sheets their checkers fill in."""
