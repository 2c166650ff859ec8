"""Studies of verdicts and of speed: each with its record on file, its section of the report, its figure."""
