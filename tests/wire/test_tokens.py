"""Tokens open what they were minted for, and nothing else."""

import base64
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.wire.tokens import Signer, TokenPurpose, Verifier, mint_confirm, mint_deliver, mint_leave, mint_rate, read_token

SIGNER = Signer("11" * 32)
KEY = Verifier(SIGNER.verify_key)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
GRANT = UUID(int=7)

keys = st.uuids()
versions = st.integers(0, 2**32 - 1)
expiries = st.integers(0, 2**32 - 1).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(keys, versions, expiries)
def test_reading_gives_back_what_was_minted(key: UUID, version_id: int, expires_at: datetime) -> None:
    token = mint_deliver(SIGNER, grant_key=key, version_id=version_id, expires_at=expires_at)

    read = read_token(token, TokenPurpose.DELIVER, verify_key=KEY, now=NOW)

    assert read is not None
    assert (read.key, read.version_id, read.expires_at) == (key, version_id, expires_at)
    assert read.expired == (expires_at <= NOW)


@given(keys, versions, expiries)
def test_a_confirm_token_leads_to_the_deliver_token_of_the_same_grant(key: UUID, version_id: int, expires_at: datetime) -> None:
    confirm = mint_confirm(SIGNER, grant_key=key, version_id=version_id, expires_at=expires_at)

    read = read_token(confirm, TokenPurpose.CONFIRM, verify_key=KEY, now=NOW)

    assert read is not None
    assert read.opens == mint_deliver(SIGNER, grant_key=key, version_id=version_id, expires_at=expires_at)
    assert read.form == b""


@pytest.mark.parametrize(("form", "good"), [(b"", True), (b"a form's", True), (b"short", False), (b"much too long", False)])
def test_a_confirm_token_names_the_form_that_its_mail_answers(form: bytes, good: bool) -> None:
    token = mint_confirm(SIGNER, grant_key=GRANT, version_id=1, expires_at=NOW + timedelta(days=1), form=form)

    read = read_token(token, TokenPurpose.CONFIRM, verify_key=SIGNER.verify_key, now=NOW)

    assert (read is not None) is good
    if read is not None:
        assert read.form == form
        assert read.opens == mint_deliver(SIGNER, grant_key=GRANT, version_id=1, expires_at=NOW + timedelta(days=1))


@given(st.sampled_from(TokenPurpose), st.sampled_from(TokenPurpose))
def test_a_token_of_one_purpose_never_opens_the_door_of_another(minted: TokenPurpose, tried: TokenPurpose) -> None:
    assert (read_token(_minted(minted), tried, verify_key=KEY, now=NOW) is not None) == (minted is tried)


@given(st.sampled_from(TokenPurpose), st.data())
def test_any_flipped_bit_is_refused(purpose: TokenPurpose, data: st.DataObject) -> None:
    token = _minted(purpose)
    raw = bytearray(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    bit = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[bit // 8] ^= 1 << bit % 8
    flipped = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    assert all(read_token(flipped, each, verify_key=KEY, now=NOW) is None for each in TokenPurpose)


@given(st.sampled_from(TokenPurpose), st.data())
def test_any_changed_letter_is_refused(purpose: TokenPurpose, data: st.DataObject) -> None:
    token = _minted(purpose)
    place = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.characters())
    changed = token[:place] + letter + token[place + 1 :]

    assert (read_token(changed, purpose, verify_key=KEY, now=NOW) is not None) == (changed == token)


@given(st.text())
def test_no_text_at_all_raises(text: str) -> None:
    assert all(read_token(text, each, verify_key=KEY, now=NOW) is None for each in TokenPurpose)


def test_another_installations_token_opens_nothing() -> None:
    stranger = Signer(Signer.new_seed())
    token = mint_leave(stranger, contact_key=GRANT, expires_at=NOW + timedelta(days=1))

    assert read_token(token, TokenPurpose.LEAVE, verify_key=SIGNER.verify_key, now=NOW) is None


@pytest.mark.parametrize(("later", "expired"), [(59, False), (60, True)])
def test_a_token_expires_on_the_second(later: int, expired: bool) -> None:
    token = mint_deliver(SIGNER, grant_key=GRANT, version_id=1, expires_at=NOW + timedelta(seconds=60))

    read = read_token(token, TokenPurpose.DELIVER, verify_key=KEY, now=NOW + timedelta(seconds=later))

    assert read is not None
    assert read.expired is expired


def _minted(purpose: TokenPurpose) -> str:
    expires_at = NOW + timedelta(days=30)
    if purpose is TokenPurpose.LEAVE:
        return mint_leave(SIGNER, contact_key=GRANT, expires_at=expires_at)
    mint = {TokenPurpose.DELIVER: mint_deliver, TokenPurpose.CONFIRM: mint_confirm, TokenPurpose.RATE: mint_rate}[purpose]
    return mint(SIGNER, grant_key=GRANT, version_id=7, expires_at=expires_at)
