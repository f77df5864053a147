"""Seeds to examples."""
