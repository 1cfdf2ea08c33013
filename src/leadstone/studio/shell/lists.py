"""Lists that somebody gives: a file as a spreadsheet saves it, or rows pasted from one."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadstone.kernel.csv_table import NotATable, Table, read_table, read_text
from leadstone.kernel.errors import LeadstoneError
from leadstone.kernel.workbook import LargeWorkbook, Sheet, is_workbook, read_workbook
from leadstone.studio.shell.exports import unsafe
from leadstone.studio.shell.forms import StudioForm

MOST_COLUMNS = 60
MOST_SHEETS = 50
_KINDS = ".csv,.txt,.xlsx,text/csv,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ListForm(StudioForm):
    """A list as it came; whoever inherits says how long it may be.

    Cleaned, it has `sheets` (all of them, so that they can travel along until one is chosen), `sheet` (the place of the one that
    is meant), `table` (its rows) and `name` (of the file).
    """

    largest_bytes: ClassVar[int] = 1_000_000  # as UTF-8
    most_rows: ClassVar[int] = 2_000
    nothing: ClassVar[str | Promise] = gettext_lazy("There is nothing in it. Choose a file, or paste the rows.")

    file = forms.FileField(
        label=gettext_lazy("A CSV or XLSX file"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": _KINDS}),
    )
    text = forms.CharField(
        label=gettext_lazy("or paste the rows from a spreadsheet"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocapitalize": "off", "autocomplete": "off"}),
    )

    def likely(self, table: Table) -> bool:
        """Whether a sheet looks like what is asked for; the first one that does is taken."""
        return bool(table.rows)

    def judge(self, table: Table) -> str | Promise:
        """What is wrong with the list that was chosen; empty: nothing."""
        return ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        file = said.get("file")
        place = "text" if file is None else "file"
        try:
            sheets = self._typed() if file is None else self._read(file)
            tables = [_plain(read_table(each.text)) for each in sheets]
        except LeadstoneError as mistake:
            raise forms.ValidationError({place: _(mistake.sentence)}) from mistake
        chosen = self._chosen(tables)
        table = tables[chosen] if tables else Table(columns=(), rows=())
        wrong = self._too_much(sheets, table) or (self.judge(table) if table.rows else self.nothing)
        if wrong:
            raise forms.ValidationError({place: wrong})
        name = file.name if file is not None and file.name else str(self.data.get("name", ""))
        return said | {"sheets": sheets, "sheet": chosen, "table": table, "name": name[:200]}

    def _typed(self) -> Sequence[Sheet]:
        """What was pasted, or the sheets of a file that was given a page before."""
        said = cast(QueryDict, self.data)
        texts, names = said.getlist("text"), said.getlist("sheet-name")
        names += [""] * (len(texts) - len(names))
        return [Sheet(name=name[:200], text=text) for name, text in zip(names, texts, strict=False)]

    def _read(self, file: Any) -> Sequence[Sheet]:
        if file.size > 2 * self.largest_bytes:  # UTF-16 writes each letter in two bytes
            raise forms.ValidationError({"file": self._too_large()})
        data = file.read()
        sheets = read_workbook(data) if is_workbook(data) else (Sheet(name="", text=read_text(data)),)
        if len(sheets) > MOST_SHEETS:
            raise LargeWorkbook
        return sheets

    def _chosen(self, tables: Sequence[Table]) -> int:
        said = self.data.get("sheet", "")
        if said in {str(place) for place in range(len(tables))}:
            return int(said)
        likely = (place for place, table in enumerate(tables) if self.likely(table))
        return next(likely, next((place for place, table in enumerate(tables) if table.rows), 0))

    def _too_much(self, sheets: Sequence[Sheet], table: Table) -> str | Promise:
        if sum(len(each.text.encode()) for each in sheets) > self.largest_bytes:
            return self._too_large()
        if len(table.rows) > self.most_rows:
            most = number_format(self.most_rows, force_grouping=True)
            return _("More than %(number)s rows. Give them in parts.") % {"number": most}
        return _(NotATable.sentence) if len(table.columns) > MOST_COLUMNS else ""

    def _too_large(self) -> str:
        number = number_format(Decimal(self.largest_bytes) / 1_000_000)
        return _("This list is larger than %(number)s MB. Give it in parts.") % {"number": number}


def _plain(table: Table) -> Table:
    """The very texts of a list that went through a spreadsheet."""
    return Table(columns=tuple(map(unsafe, table.columns)), rows=tuple(tuple(map(unsafe, row)) for row in table.rows))
