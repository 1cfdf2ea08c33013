"""The page of every setting, made from their declarations; `python -m leadstone.project.settings_reference` prints it."""

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from leadstone.project.environment import Environment

HEAD = """# Settings

Every setting is an environment variable. This page is made from their declarations in `src/leadstone/project/environment.py`
(`python -m leadstone.project.settings_reference`); a test keeps the two in step.

| variable | default | what it says |
|---|---|---|
"""


def reference() -> str:
    """The page as Markdown."""
    rows = (
        f"| `LEADSTONE_{name.upper()}` | {_default(field)} | {field.description} |"
        for name, field in Environment.model_fields.items()
    )
    return HEAD + "\n".join(rows) + "\n"


def _default(field: FieldInfo) -> str:
    if field.default in (None, "", PydanticUndefined):
        return "–"
    return f"`./{field.default}`" if field.default.__class__.__name__.endswith("Path") else f"`{field.default}`"


if __name__ == "__main__":
    print(reference(), end="")
