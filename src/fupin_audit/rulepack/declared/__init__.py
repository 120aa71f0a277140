"""What a rule file may say."""
