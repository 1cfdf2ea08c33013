"""The token in a form says which words were seen and when, and cannot be made elsewhere."""

from hypothesis import given
from hypothesis import strategies as st

from leadstone.wire.form_token import FormTokens

TOKENS = FormTokens(b"an edge's own key")


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**63))
def test_reading_gives_back_what_was_minted(version_id: int, now: int) -> None:
    read = TOKENS.read(TOKENS.mint(version_id, now=now))

    assert read is not None
    assert (read.version_id, read.issued_at) == (version_id, now)


@given(st.data())
def test_any_changed_letter_is_refused(data: st.DataObject) -> None:
    token = TOKENS.mint(7, now=1)
    place = data.draw(st.integers(0, len(token) - 1))
    changed = token[:place] + data.draw(st.characters()) + token[place + 1 :]

    assert (TOKENS.read(changed) is not None) == (changed == token)


@given(st.text())
def test_no_text_at_all_raises(text: str) -> None:
    assert TOKENS.read(text) is None


def test_each_form_has_a_nonce_of_its_own() -> None:
    nonces = {read.nonce for _ in range(1000) if (read := TOKENS.read(TOKENS.mint(7, now=1)))}

    assert len(nonces) == 1000


def test_another_edges_token_is_refused() -> None:
    assert FormTokens(b"another key").read(TOKENS.mint(7, now=1)) is None
