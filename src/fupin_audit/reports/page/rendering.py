"""The door of Jinja2: a template, the style all pages share, and a policy that forbids the page all else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import BinaryIO

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

_OWN = "fupin_audit.reports.page"
_STYLE = "page.css"


def write_page(sink: BinaryIO, template: str, values: Mapping[str, object], program: str = "") -> None:
    """Writes one self-contained file; every value is escaped but those that `plain` says are safe."""
    style, script = own(_STYLE), own(program) if program else ""
    text = (
        _environment()
        .get_template(template)
        .render(values, style=Markup(style), program=Markup(script), policy=_policy(style, script))
    )
    sink.write(text.encode("utf-8", "replace"))


def plain(text: str) -> str:
    """A text that stands on the page as it is, such as JSON without any `<`."""
    return Markup(text)


def own(name: str) -> str:
    """A file of this room."""
    return files(_OWN).joinpath(name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader(_OWN, "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _policy(style: str, program: str) -> str:
    """What the page may do: this style and this program, and no connection at all."""
    allowed = {"style-src": style, "script-src": program}
    rules = [f"{kind} 'sha256-{_digest(text)}'" for kind, text in allowed.items() if text]
    return "; ".join(["default-src 'none'", *rules, "base-uri 'none'", "form-action 'none'"])


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
