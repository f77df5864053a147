"""sandbox serve, doctor: the sandbox as a service, and what this machine offers it."""

import os
import sys
from argparse import Namespace

from naslforge.cli import FINE, PROBLEMS
from naslforge.commands.files import show
from naslforge.journal import InputError

TOKEN = "NASLFORGE_TOKEN"


def sandbox(args: Namespace) -> int:
    """Serve over HTTP until told to stop."""
    try:
        from naslforge.serve import Settings, serve
    except ImportError as error:
        raise InputError("sandbox serve needs the extra", hint="pip install 'naslforge[serve]'") from error
    for name in ("workers", "queue", "max_body", "max_batch"):
        if getattr(args, name) < 1:
            raise InputError(f"--{name.replace('_', '-')} is at least 1, not {getattr(args, name)}")
    settings = Settings(
        workers=args.workers, queue=args.queue, max_body=args.max_body, max_batch=args.max_batch,
        deadline=args.deadline, token=os.environ.get(TOKEN, ""),
    )  # fmt: skip
    serve(settings, args.host, args.port, lambda address: _tell(address, args, bool(settings.token)))
    return FINE


def _tell(address: str, args: Namespace, token: bool) -> None:
    if args.json:
        show({"address": address, "workers": args.workers, "token": token})
    else:
        asked = "asks for the token" if token else f"asks for no token (set {TOKEN})"
        print(f"naslforge sandbox on {address}: {args.workers} workers, {asked}; Ctrl-C ends it", file=sys.stderr)
    sys.stdout.flush()


def doctor(args: Namespace) -> int:
    """What works on this machine; exit 1 where the sandbox does not."""
    from naslforge.commands.health import examine, table

    findings = examine()
    if args.json:
        for finding in findings:
            show(finding.to_json())
    else:
        table(findings)
    return PROBLEMS if any(finding.verdict == "broken" for finding in findings) else FINE
