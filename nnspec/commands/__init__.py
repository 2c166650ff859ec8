"""The command line: one file for every command of `nnspec`, and what it prints on a terminal."""
