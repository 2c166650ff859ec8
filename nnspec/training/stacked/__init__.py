"""The engine that trains all seeds of a dense network at once, as one compiled program."""
