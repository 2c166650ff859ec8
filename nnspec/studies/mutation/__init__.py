"""Whether faults that are built in are noticed."""
