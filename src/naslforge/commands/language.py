"""check, format, run, manual, rules: the language at the terminal."""

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from naslforge import lang
from naslforge.cli import FINE, PROBLEMS
from naslforge.commands.files import STDIN, parse_json, read_json, read_text, show
from naslforge.journal import InputError, write_text


def check(args: Namespace) -> int:
    """Diagnostics of a program; with --fix, after the safe fixes."""
    sources = _sources(args.files, args.context)
    if args.fix:
        fixed = lang.fix(sources)
        _write_back(sources, fixed.texts)
        print(f"{fixed.applied} safe fixes applied", file=sys.stderr)
        checked = fixed.checked
    else:
        checked = lang.check(sources)
    _tell(checked.diagnostics, args.json, sys.stderr if args.fix and STDIN in args.files else sys.stdout)
    return PROBLEMS if checked.errors else FINE


def _sources(files: Sequence[str], context: Sequence[str] = ()) -> list[lang.Source]:
    given = [lang.Source(name, read_text(name), context=True) for name in context]
    return given + [lang.Source("<stdin>" if name == STDIN else name, read_text(name)) for name in files]


def _write_back(sources: Sequence[lang.Source], texts: Sequence[str]) -> None:
    """Mended texts to their files; that of standard input to standard output."""
    for source, text in zip(sources, texts, strict=True):
        if source.name == "<stdin>":
            print(text, end="")
        elif text != source.text and not source.context:
            write_text(source.name, text)


def _tell(diagnostics: Sequence[lang.Diagnostic], as_json: bool, stream: Any = None) -> None:
    stream = stream or sys.stdout
    if diagnostics:
        colour = not as_json and stream.isatty()
        print(lang.render(diagnostics, "json" if as_json else "text", colour=colour), file=stream)
    if not as_json:
        errors = sum(d.is_error for d in diagnostics)
        rest = len(diagnostics) - errors
        print(f"{errors} errors, {rest} warnings and hints" if diagnostics else "no problems", file=sys.stderr)


def format(args: Namespace) -> int:
    """Canonical form, written back; a file that does not parse is left as it is."""
    code = FINE
    for name in args.files:
        source = _sources([name])[0]
        broken = [d for d in lang.parse([source]).diagnostics if d.is_error]
        if broken:
            _tell(broken, args.json, sys.stderr)
            code = PROBLEMS
            continue
        text = lang.format_source(source.text)
        changed = text != source.text
        if args.json:
            show({"file": source.name, "changed": changed})
        if args.check:
            code = PROBLEMS if changed else code
            if changed and not args.json:
                print(f"would change: {source.name}")
        elif name == STDIN:
            print(text, end="")
        elif changed:
            write_text(name, text)
    return code


def run(args: Namespace) -> int:
    """Result, messages and database changes of one call in the sandbox."""
    sources = _sources([args.file], args.context)
    call_args = parse_json(args.args, "--args")
    if not isinstance(call_args, list):
        raise InputError("--args is a JSON list, one value a parameter")
    world = read_json(args.world) if args.world else {}
    checked = lang.check(sources)
    if checked.errors:
        _tell(checked.errors, args.json, sys.stderr)
        return PROBLEMS
    from naslforge.run import Sandbox, choose_database

    choose_database(args.database)
    job = {
        "kind": "run",
        "sources": [{"name": s.name, "text": s.text, "context": s.context} for s in sources],
        "entry": args.entry,
        "args": call_args,
        "world": world,
        "trace": args.trace,
    }
    with Sandbox(1) as sandbox:
        answer = sandbox.run(job)
    if answer["status"] == "bad_task":
        raise InputError(answer["message"])
    if answer["status"] == "sandbox_error":
        raise RuntimeError(answer.get("error", "the sandbox failed"))
    if args.json:
        show(answer)
    else:
        _show_trace(answer.get("trace", []), {s.name: s for s in sources})
        _show_outcome(answer)
    return FINE if answer["status"] == "passed" else PROBLEMS


def _show_trace(trace: Sequence[dict[str, Any]], sources: dict[str, lang.Source]) -> None:
    """Statement by statement: the place, the line of code, and the value that came of it."""
    for event in trace:
        code = sources[event["file"]].line(event["line"]).strip() if event["file"] in sources else ""
        shown = code if len(code) <= 60 else code[:59] + "…"
        name = f"{event['name']} = " if event["name"] not in ("", "test", "return") else ""
        print(f"{event['file']}:{event['line']:<4} {shown:<60}  {name}{event['value']}")


def _show_outcome(answer: dict[str, Any]) -> None:
    """What came of a call, for a person."""
    for message in answer.get("messages", []):
        print(f"message: {message}")
    for level, text in answer.get("logs", []):
        print(f"log {level}: {text}")
    for entity, change in answer.get("changes", {}).items():
        for kind, rows in change.items():
            for row in rows:
                print(f"{kind} {entity}: {json.dumps(row, ensure_ascii=False)}")
    if answer["status"] == "passed":
        print(f"result: {json.dumps(answer['result'], ensure_ascii=False, indent=2)}")
        return
    place = answer.get("diagnostic")
    where = f" (line {place['span']['start']['line']})" if place else ""
    print(f"{answer['status']}{where}: {answer.get('error') or ''} {answer['message']}", file=sys.stderr)


def manual(args: Namespace) -> int:
    """The manual of a sublanguage, or of all of them, within a budget of tokens."""
    if args.sublanguage not in lang.MANUAL_BUDGETS:
        raise InputError(f"no sublanguage {args.sublanguage!r}", hint="one of " + ", ".join(lang.MANUAL_BUDGETS))
    budget = lang.MANUAL_BUDGETS[args.sublanguage] if args.budget is None else args.budget
    text = lang.manual(args.sublanguage, budget or None)
    if args.json:
        show({"sublanguage": args.sublanguage, "budget": budget, "tokens": lang.tokens(text), "manual": text})
    else:
        print(text, end="")
    return FINE


def rules(args: Namespace) -> int:
    """All rules, or the page of one."""
    known = lang.rules().values()
    chosen = [r for r in known if args.code is None or r.code == args.code.upper() or r.name == args.code.lower()]
    if not chosen:
        raise InputError(f"no rule {args.code!r}", hint="naslforge rules lists them")
    for rule in chosen:
        if args.json:
            keys = ("code", "name", "stage", "severity", "message", "message_zh")
            page = lang.rule_page(rule.code)
            show({key: getattr(rule, key) for key in keys} | {"page": asdict(page) if page else None})
        elif args.code:
            print(lang.explain(rule.code))
        else:
            print(f"{rule.code}  {rule.severity:<7}  {rule.name:<32}  {rule.message_zh}")
    return FINE


def convert(args: Namespace) -> int:
    """Natural TS to JSON AST or back, by the suffixes; what the text does not show stands in a file beside it."""
    kinds = (Path(args.input).suffix, Path(args.output).suffix)
    if kinds == (".json", ".ts"):
        return _to_text(args)
    if kinds == (".ts", ".json"):
        return _to_ast(args)
    raise InputError("convert takes a .json and gives a .ts, or the other way round", " ".join(kinds))


def _beside(text_file: str) -> Path:
    """Where the parts of an AST are kept that its text does not show."""
    return Path(text_file).with_suffix(".meta.json")


def _to_text(args: Namespace) -> int:
    try:
        made = lang.to_text(read_json(args.input))
    except ValueError as error:
        raise InputError(str(error), args.input) from error
    write_text(args.output, made.text)
    if made.carried is not None:
        write_text(_beside(args.output), json.dumps(made.carried, ensure_ascii=False) + "\n")
    return _told_conversion(args, made.diagnostics)


def _to_ast(args: Namespace) -> int:
    checked = lang.check(_sources([args.input], args.context))
    if checked.errors:
        _tell(checked.errors, args.json, sys.stderr)
        return PROBLEMS
    extra = read_json(str(_beside(args.input))) if _beside(args.input).exists() else None
    write_text(args.output, json.dumps(lang.to_ast(checked, extra), ensure_ascii=False, indent=2) + "\n")
    return FINE


def _told_conversion(args: Namespace, found: Sequence[lang.Diagnostic]) -> int:
    for diagnostic in found:
        print(diagnostic.message, file=sys.stderr)
    if args.json:
        show({"out": args.output, "diagnostics": [d.to_json() for d in found]})
    return PROBLEMS if found else FINE
