"""The product's own code, parsed once for every test of its shape."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "leadstone"


@dataclass(frozen=True)
class SourceFile:
    """One Python file; `name` is its path below the package, with slashes."""

    name: str
    text: str
    tree: ast.Module
    nodes: tuple[ast.AST, ...]

    def is_under(self, *folders: str) -> bool:
        return any(self.name.startswith(f"{folder}/") for folder in folders)

    def at(self, node: ast.AST) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 1)}"


@cache
def source_files() -> tuple[SourceFile, ...]:
    """Every file of the package except migrations."""
    return tuple(read(path) for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts)


def read(path: Path) -> SourceFile:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    return SourceFile(path.relative_to(PACKAGE).as_posix(), text, tree, tuple(ast.walk(tree)))


def functions(file: SourceFile) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in file.nodes if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


def calls(file: SourceFile) -> Iterator[ast.Call]:
    return (node for node in file.nodes if isinstance(node, ast.Call))


def imports(file: SourceFile) -> Iterator[tuple[ast.AST, str]]:
    """Every import statement with each module that it names."""
    return ((node, name) for node in file.nodes for name in imported_modules(node))


def dotted(node: ast.AST) -> str:
    """The names of an attribute chain, calls left out: `Lead.objects.filter(x).update` becomes "Lead.objects.filter.update"."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return dotted(node.func)
    return node.id if isinstance(node, ast.Name) else ""


def imported_modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []
