"""Typeset the demo company's documents: project/demo/documents/NAME.typ becomes project/demo/files/NAME.pdf."""

from pathlib import Path

import typst

DEMO = Path(__file__).resolve().parent.parent / "src" / "leadstone" / "project" / "demo"


def main() -> None:
    files = DEMO / "files"
    files.mkdir(parents=True, exist_ok=True)
    for document in sorted((DEMO / "documents").glob("[!_]*.typ")):
        typst.compile(
            str(document), output=str(files / f"{document.stem}.pdf"), root=str(DEMO / "documents"), ignore_system_fonts=True
        )


if __name__ == "__main__":
    main()
