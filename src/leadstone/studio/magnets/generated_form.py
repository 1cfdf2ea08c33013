"""The editor of a kind that brings no form of its own: one field for each of its settings, made from their schema.

A setting may say its label and note by `msgspec.Meta(title=…, description=…)`. What a single field cannot write (a struct in a
struct) is left as it was.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from django import forms
from msgspec import inspect

from leadstone.domains.magnets.kinds import KINDS
from leadstone.studio.magnets.rows import Data, line, lines, said
from leadstone.studio.shell.forms import StudioForm

LONG = 300  # a text that may be longer gets more than a line


class GeneratedForms:
    """The settings of one kind over one draft. A class for each kind is made by `generated_for`."""

    template = "magnets/_generated.html"
    aside = ""
    groups: frozenset[str] = frozenset()
    schema: type[msgspec.Struct] = msgspec.Struct

    def __init__(self, settings: Mapping[str, Any], *, data: Data | None = None, blank: bool = True) -> None:
        self._before = dict(settings)
        shown = msgspec.to_builtins(msgspec.convert(settings, self.schema)) | self._before
        self._fields = {field.encode_name: field for field in struct_fields(self.schema)}
        made = {name: made_field for name, field in self._fields.items() if (made_field := form_field(field))}
        initial = {
            name: "\n".join(map(str, value)) if isinstance(value, (list, tuple)) else value for name, value in shown.items()
        }
        self.form = StudioForm(data, prefix="own", initial=initial)
        self.form.fields.update(made)
        self.form.is_valid()

    def all(self) -> list[StudioForm]:
        return [self.form]

    def settings(self) -> dict[str, Any]:
        """What the fields say, as a definition keeps it; a field that was emptied goes back to what the kind says by itself."""
        told = said(self.form)
        kept = dict(self._before)
        for name in self.form.fields:
            value = _value(self._fields[name], told.get(name))
            if value is None:
                kept.pop(name, None)
            else:
                kept[name] = value
        found: dict[str, Any] = msgspec.to_builtins(msgspec.convert(kept, self.schema))
        return found

    def slot(self, where: str) -> str:
        return where.partition(".")[0]

    def slots(self) -> list[str]:
        return list(self.form.fields)

    def tried(self, settings: Mapping[str, Any]) -> None:
        return None


def generated_for(kind: str) -> type[GeneratedForms] | None:
    """The form of a kind that has settings; None for one that has none, or is none."""
    known = KINDS.get(kind)
    if known is None or not struct_fields(known.settings):
        return None
    names = frozenset(field.encode_name for field in struct_fields(known.settings))
    return type("OwnForms", (GeneratedForms,), {"schema": known.settings, "groups": names})


def struct_fields(schema: type[msgspec.Struct]) -> tuple[inspect.Field, ...]:
    found = inspect.type_info(schema)
    return found.fields if isinstance(found, inspect.StructType) else ()


def form_field(field: inspect.Field) -> forms.Field | None:
    """The field that writes one setting; None where none can."""
    kind, label, note = _plain(field)
    made: forms.Field | None = None
    if isinstance(kind, inspect.BoolType):
        made = forms.ChoiceField(label=label, required=False, choices=[("", "–"), ("yes", "✓")])
    elif isinstance(kind, inspect.IntType):
        made = forms.IntegerField(label=label, required=False, min_value=kind.ge, max_value=kind.le)
    elif isinstance(kind, inspect.EnumType):
        made = forms.ChoiceField(label=label, required=False, choices=[(each.value, _words(each.name)) for each in kind.cls])
    elif isinstance(kind, inspect.StrType):
        made = lines(label) if (kind.max_length or 0) > LONG else line(label, most=kind.max_length or LONG)
    elif isinstance(kind, (inspect.VarTupleType, inspect.ListType)) and isinstance(kind.item_type, inspect.StrType):
        made = lines(label, rows=4)
    if made is not None:
        made.help_text = note
    return made


def _plain(field: inspect.Field) -> tuple[inspect.Type, str, str]:
    """The type beneath its `Meta`, with label and note."""
    kind, label, note = field.type, _words(field.name), ""
    if isinstance(kind, inspect.Metadata):
        schema = kind.extra_json_schema or {}
        label, note = schema.get("title", label), schema.get("description", note)
        kind = kind.type
    return kind, label, note


def _value(field: inspect.Field, said_: Any) -> Any:
    kind, _label, _note = _plain(field)
    if isinstance(kind, inspect.BoolType):
        return said_ in {"yes", True}
    if isinstance(kind, (inspect.VarTupleType, inspect.ListType)):
        return [each.strip() for each in str(said_ or "").splitlines() if each.strip()]
    return None if said_ in {None, ""} else said_


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()
