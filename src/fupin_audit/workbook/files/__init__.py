"""Which files there are, and whether they may be opened: paths enter; InputFiles, unlocked bytes or a refusal leave."""
