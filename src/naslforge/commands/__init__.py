"""The verbs of the command line: each a function from parsed words to an exit code."""
