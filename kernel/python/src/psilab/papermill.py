"""
papermill's parameters in TypeScript.

papermill finds this module by the package's entry point when it is imported. A parameter keeps the type that the cell
tagged `parameters` declares for it, and so is checked by the kernel as every other value is.
"""

import json
import math
import numbers
import re
from contextvars import ContextVar

from papermill.engines import NBClientEngine
from papermill.exceptions import PapermillException
from papermill.models import Parameter
from papermill.translators import Translator, papermill_translators

from .declarations import declarations

# Integers up to here are exact as numbers: Number.MAX_SAFE_INTEGER.
_MAX_SAFE_INTEGER = 2**53 - 1

_RESERVED = frozenset(
    """await break case catch class const continue debugger default delete do else enum export extends false finally
    for function if implements import in instanceof interface let new null package private protected public return
    static super switch this throw true try typeof undefined var void while with yield""".split()
)

# papermill inspects the `parameters` cell, then asks for the code of the injected one, which is not shown the notebook.
_declared: ContextVar[dict[str, str]] = ContextVar("declared", default={})


class Engine(NBClientEngine):
    """papermill's own engine: whoever names it gets what he gets without."""


class TypeScriptTranslator(Translator):
    """Values of JSON and YAML as TypeScript."""

    @classmethod
    def translate(cls, val):
        if val is None:
            return "null"
        if isinstance(val, bool):
            return "true" if val else "false"
        if isinstance(val, str):
            return _string(val)
        if isinstance(val, numbers.Integral):
            whole = int(val)
            return f"{whole}" if abs(whole) <= _MAX_SAFE_INTEGER else f"{whole}n"
        if isinstance(val, numbers.Real):
            return _number(float(val))
        if isinstance(val, dict):
            return f"{{ {', '.join(map(_property, val.items()))} }}" if val else "{}"
        if isinstance(val, (list, tuple)):
            return f"[{', '.join(map(cls.translate, val))}]"
        raise PapermillException(
            f"TypeScript parameters are text, numbers, booleans, null, lists and objects. "
            f"Got {val!r} of type {type(val).__name__}: put quotes around it to hand it over as text."
        )

    @classmethod
    def comment(cls, cmt_str):
        return f"// {cmt_str}".strip()

    @classmethod
    def assign(cls, name, str_val):
        if not re.fullmatch(r"[^\W\d][\w$]*|\$[\w$]*", name) or name in _RESERVED:
            raise PapermillException(
                f"A parameter's name must be one that a variable of TypeScript may have. Got {name!r}."
            )
        # An empty list alone would be one of which nothing is known.
        annotation = _declared.get().get(name) or ("any[]" if str_val == "[]" else None)
        return f"let {name}: {annotation} = {str_val}" if annotation else f"let {name} = {str_val}"

    @classmethod
    def codify(cls, parameters, comment="Parameters"):
        try:
            return super().codify(parameters, comment).rstrip()
        finally:
            _declared.set({})

    @classmethod
    def inspect(cls, parameters_cell):
        found = declarations(parameters_cell["source"])
        _declared.set({each.name: each.type for each in found if each.type})
        return [
            Parameter(
                name=each.name,
                inferred_type_name=each.type or _type_of(each.value),
                default=each.value,
                help=each.comment,
            )
            for each in found
        ]


def _string(text):
    """JSON's notation is TypeScript's; what an editor would not show as it is gets its number."""
    return re.sub(
        r"[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]",
        lambda match: f"\\u{ord(match.group()):04x}",
        json.dumps(text, ensure_ascii=False),
    )


def _number(value):
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return repr(value)


def _property(item):
    key, value = item
    name = _string(str(key))
    # Without brackets this one name would set the prototype.
    return f"{f'[{name}]' if key == '__proto__' else name}: {TypeScriptTranslator.translate(value)}"


def _type_of(value):
    """The type of a literal; papermill writes "None" for one that is not known."""
    if re.fullmatch(r"[-+]?(?:\d[\d_]*\.?[\d_]*(?:e[-+]?\d+)?|\.\d+|0[xob][\da-f_]+|NaN|Infinity)", value, re.I):
        return "number"
    if value[:1] in ("'", '"', "`"):
        return "string"
    if value in ("true", "false"):
        return "boolean"
    return "NoneType" if value == "null" else "None"


for _name in ("psilab", "typescript"):
    papermill_translators.register(_name, TypeScriptTranslator)
