"""The toolchain and the sandbox over HTTP. Needs the extra `serve`."""

from naslforge.serve.app import Settings, application
from naslforge.serve.server import serve

__all__ = ["Settings", "application", "serve"]
