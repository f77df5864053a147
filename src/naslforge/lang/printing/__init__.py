"""The parts of the printer: expressions with their line breaks, statements, items. `printer` puts them together."""
