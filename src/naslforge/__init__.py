"""naslforge: a NASL toolchain, a sandbox, and the way from the language manual to a served model."""

__version__ = "0.1.0"
