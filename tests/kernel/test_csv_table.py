"""Lists as other programs save them."""

import pytest

from leadstone.kernel.csv_table import NotATable, Table, read_table, read_text

PEOPLE = Table(columns=("Imię", "E-mail"), rows=(("Łucja; z domu Żak", "lucja@zak.example"), ("Ćwik", "cwik@zak.example")))


def written(separator: str) -> str:
    return f'Imię{separator}E-mail\r\n"Łucja; z domu Żak"{separator}lucja@zak.example\r\n\r\nĆwik{separator}cwik@zak.example\r\n'


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_a_list_reads_the_same_in_every_encoding_and_with_every_separator(separator: str, encoding: str) -> None:
    assert read_table(read_text(written(separator).encode(encoding))) == PEOPLE


def test_a_line_break_inside_quotes_is_part_of_the_cell() -> None:
    table = read_table('name,words\n"Ola","I agree,\nand gladly"\n')

    assert table.rows == (("Ola", "I agree,\nand gladly"),)


def test_a_list_without_names_of_columns_loses_nobody() -> None:
    table = read_table("ola@example.com;601 234 567\nula@example.com\n")

    assert table == Table(columns=("", ""), rows=(("ola@example.com", "601 234 567"), ("ula@example.com", "")))


def test_a_list_of_addresses_alone_is_a_table_of_one_column() -> None:
    assert read_table("ola@example.com\nula@example.com").rows == (("ola@example.com",), ("ula@example.com",))


@pytest.mark.parametrize("text", ["", "\n\n", ";;\n"])
def test_nothing_is_a_table_of_nobody(text: str) -> None:
    assert read_table(text).rows == ()


def test_nothing_that_no_database_keeps_comes_through() -> None:
    assert "\0" not in read_text(b"a;b\0c\n")


def test_a_cell_without_end_is_refused_and_not_half_read() -> None:
    with pytest.raises(NotATable):
        read_table('name,words\n"' + "x" * 200_000)
