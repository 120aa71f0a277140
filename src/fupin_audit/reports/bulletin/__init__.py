"""The bulletin (通报): how towns stand and what is wrong most, as an official letter without personal data."""
