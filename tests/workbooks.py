"""Workbooks as a spreadsheet packs them, and as somebody packs them who means no good."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

Cell = str | float | datetime | None
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FOLDER = "http://schemas.openxmlformats.org/package/2006/relationships"
_FIRST_DAY = datetime(1899, 12, 30, tzinfo=UTC)
STYLES = f"""<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd.mm.yyyy hh:mm"/></numFmts>
<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>"""


def sheet(rows: Sequence[Sequence[Cell]], *, first: int = 1) -> str:
    """One sheet; `first`: the number of its first row."""
    told = (
        f'<row r="{number}">{"".join(_cell(cell, chr(65 + place), number) for place, cell in enumerate(row))}</row>'
        for number, row in enumerate(rows, start=first)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(told)}</sheetData></worksheet>'


def workbook(sheets: Mapping[str, str], *, hidden: Sequence[str] = (), more: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook of these sheets, by name; `more`: other parts of the package, or other content for a part."""
    names = list(sheets)
    state = {name: "hidden" if name in hidden else "visible" for name in names}
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" state="{state[name]}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(names) + 1)
    )
    links += f'<Relationship Id="rId0" Type="{_LINKS}/styles" Target="styles.xml"/>'
    begin = f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/>'
    parts: dict[str, bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{_FOLDER}">{begin}</Relationships>'.encode(),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{listed}</sheets></workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_FOLDER}">{links}</Relationships>'.encode(),
        "xl/styles.xml": STYLES.encode(),
        **{f"xl/worksheets/sheet{number}.xml": sheets[name].encode() for number, name in enumerate(names, start=1)},
        **(more or {}),
    }
    return packed(parts)


def packed(parts: Mapping[str, bytes]) -> bytes:
    told = io.BytesIO()
    with ZipFile(told, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return told.getvalue()


def of_rows(*rows: Sequence[Cell]) -> bytes:
    """A workbook of one sheet."""
    return workbook({"Leads": sheet(rows)})


def _cell(cell: Cell, letter: str, row: int) -> str:
    place = f'r="{letter}{row}"'
    match cell:
        case None:
            return ""
        case datetime():
            return f'<c {place} s="1"><v>{(cell - _FIRST_DAY).total_seconds() / 86_400!r}</v></c>'
        case str():
            return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
        case _:
            return f"<c {place}><v>{cell!r}</v></c>"
