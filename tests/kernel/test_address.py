"""The address rules, held against email-validator, whose word counts."""

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leadstone.kernel import address as rules
from leadstone.kernel.address import Address, is_address, is_disposable, is_free_mail, is_role, read_address


def _slow(text: str) -> Address | None:
    try:
        found = validate_email(text.strip(), check_deliverability=False)
    except EmailNotValidError:
        return None
    return Address(
        value=found.normalized,
        key=f"{found.local_part.lower()}@{found.ascii_domain}",
        local=found.local_part,
        domain=found.ascii_domain,
    )


_locals = st.text("abzAZ09_.!#$%&'*+-/=?^`{|}~ @\"", max_size=70) | st.sampled_from(["Info", "POSTMASTER", "a", "ann.b"])
_labels = st.text("abxnAZ059-", min_size=0, max_size=64)
_domains = st.lists(_labels, min_size=1, max_size=5).map(".".join) | st.sampled_from(
    ["b.test", "x.onion", "example.local", "a.arpa", "xn--mnchen-3ya.de", "xn--zzz.pl", "ab--cd.pl", "b.c", "b.c1", "b.1c"]
)


@given(local=_locals, domain=_domains)
@settings(max_examples=3000, deadline=None)
@example(local="a" * 64, domain="b" * 63 + ".com")
@example(local="a" * 200, domain="b" * 49 + ".com")
@example(local="a" * 200, domain="b" * 50 + ".com")
@example(local="Info", domain="Example.COM")
@example(local="a", domain="b.com\n")
@example(local="a\N{KELVIN SIGN}", domain="b.com")
@example(local="a", domain="\N{KELVIN SIGN}.com")
def test_the_fast_path_says_what_email_validator_says(local: str, domain: str) -> None:
    expected = _slow(f"{local}@{domain}")
    assert read_address(f"{local}@{domain}") == expected
    assert is_address(f"{local}@{domain}") is (expected is not None)


@given(text=st.text(max_size=40) | st.emails())
@settings(max_examples=500, deadline=None)
def test_any_text_is_judged_as_email_validator_judges_it(text: str) -> None:
    assert read_address(text) == _slow(text)
    assert is_address(text) is (_slow(text) is not None)


def test_ordinary_addresses_take_the_fast_path() -> None:
    assert rules._plain_address("Ann.Nowak@Zaklad.example.com") == Address(
        value="Ann.Nowak@zaklad.example.com", key="ann.nowak@zaklad.example.com", local="Ann.Nowak", domain="zaklad.example.com"
    )


@pytest.mark.parametrize(
    "text", ["", "ann", "ann@", "@b.pl", "ann@b", "ann@@b.pl", "a b@c.pl", "ann@b.pl\x00", "a@" + "b" * 300 + ".pl"]
)
def test_what_is_no_address_is_none(text: str) -> None:
    assert read_address(text) is None


def test_one_mailbox_has_one_key_however_it_is_typed() -> None:
    typed = [" Ann@MÜNCHEN.de", "ann@xn--mnchen-3ya.de ", "ANN@münchen.DE"]
    assert {found.key for text in typed if (found := read_address(text))} == {"ann@xn--mnchen-3ya.de"}


def test_domains_of_everybody_and_of_nobody_are_known() -> None:
    assert is_free_mail("gmail.com")
    assert is_free_mail("wp.pl")
    assert not is_free_mail("zaklad.example.com")
    assert is_disposable("mailinator.com")
    assert is_disposable("anything.mailinator.com")
    assert not is_disposable("gmail.com")


@pytest.mark.parametrize("local", ["biuro", "Info", "sales", "biuro.krakow", "kontakt-warszawa", "info+guide", "sekretariat"])
def test_an_office_is_told_from_a_person(local: str) -> None:
    assert is_role(local)


@pytest.mark.parametrize("local", ["ann", "ann.nowak", "informatyk.jan", "mailman", "j.sales", "biurowski", "kontaktowa"])
def test_a_person_is_not_taken_for_an_office(local: str) -> None:
    assert not is_role(local)
