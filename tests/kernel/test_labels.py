"""Tags are short words, each once however it is spelled."""

from leadstone.kernel.labels import LONGEST, MOST, fit, label_key, read_labels


def test_a_line_gives_each_tag_once_in_the_order_typed_and_without_spare_blanks() -> None:
    assert read_labels(" Dach płaski ,, Strych, dach  PLASKI,") == ("Dach płaski", "Strych")
    assert read_labels(" , ,") == ()
    assert read_labels("flat\0roof,\0") == ("flat roof",)


def test_two_spellings_of_a_tag_are_one() -> None:
    assert label_key("Łódź  Żabia") == label_key("lodz zabia")
    assert label_key("a\0b") == "a b"


def test_no_more_tags_than_a_card_can_show_and_none_too_long() -> None:
    assert fit(tuple(f"tag {n}" for n in range(MOST)))
    assert not fit(tuple(f"tag {n}" for n in range(MOST + 1)))
    assert fit(("x" * LONGEST,))
    assert not fit(("x" * (LONGEST + 1),))
    assert not fit(("Roof", "roof"))
    assert not fit(("  ",))
