"""The counter and the pools at the studio's door: in words, as a plain form, within rights."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leadstone.domains.access.rules import Role
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.codes import queries, services
from leadstone.domains.codes.models import Code, Pool, Redemption
from leadstone.domains.leads.models import Lead
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.pipeline.models import Deal
from tests.cast import staff
from tests.codes.cast import club, holder, shipping
from tests.studio.conftest import browser_of, company

__all__ = ["browser_of", "company"]

Browser = Callable[[Role], Client]


@pytest.fixture
def rep(browser_of: Browser) -> Client:
    return browser_of(Role.REP)


@pytest.fixture
def marketer(browser_of: Browser) -> Client:
    return browser_of(Role.MARKETER)


def check(client: Client, code: str) -> str:
    return client.post(reverse("code_check"), {"code": code}).content.decode()


def fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(code|nonce)" value="([^"]*)"', page))


def test_a_good_code_is_told_with_its_worth_and_taken_by_a_plain_form(rep: Client) -> None:
    who, code = holder(club())

    page = check(rep, code.text.lower())
    answer = rep.post(reverse("code_redeem"), fields(page) | {"amount": "423,00"}, follow=True)

    assert "This code counts" in page
    assert "10% off" in page
    assert "Redeemed for PLN\xa0423. It counts as a sale." in answer.content.decode()
    assert Deal.objects.get().lead_id == who.lead_id


def test_a_double_press_is_one_redemption(rep: Client) -> None:
    _who, code = holder(club())
    sent = fields(check(rep, code.text)) | {"amount": "100"}

    rep.post(reverse("code_redeem"), sent)
    rep.post(reverse("code_redeem"), sent)

    assert Redemption.objects.count() == 1


def test_a_used_code_is_told_with_when_and_by_whom(rep: Client) -> None:
    _who, code = holder(shipping(codes=["ONLY-1"]))
    rep.post(reverse("code_redeem"), fields(check(rep, code.text)))

    page = check(rep, code.text)

    assert "Do not take it" in page
    assert re.search(r"Used before: Today, [\d:]+, Rep\.", page)
    assert 'name="nonce"' not in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("0123-4567-89AB-CDEF0", "One character is wrong."),
        ("WHATEVER", "We do not know this code."),
        ("FREE-2", "nobody was given it"),
        ("<script>alert(1)</script>", "We do not know this code."),
        ("żółw", "We do not know this code."),
    ],
)
def test_every_other_code_is_told_why_it_does_not_count(rep: Client, typed: str, words: str) -> None:
    holder(shipping(codes=["FIRST-1", "FREE-2"]))

    page = check(rep, typed)

    assert words in page
    assert "<script>alert" not in page
    assert 'name="nonce"' not in page


def test_a_code_past_its_last_day_is_told_so_with_the_day(rep: Client) -> None:
    _who, code = holder(club(valid_until="2026-01-31"))

    assert "it counted until the end of 31 January 2026" in check(rep, code.text)


def test_an_order_that_is_too_small_is_refused_with_the_smallest_one_and_may_be_typed_again(rep: Client) -> None:
    _who, code = holder(club(minimum_minor=10_000))
    page = check(rep, code.text)

    answer = rep.post(reverse("code_redeem"), fields(page) | {"amount": "99,99"})

    assert answer.status_code == 422
    assert "It counts for orders from PLN\xa0100." in answer.content.decode()
    assert rep.post(reverse("code_redeem"), fields(answer.content.decode()) | {"amount": "100"}).status_code == 302


@pytest.mark.parametrize("amount", ["ten", "-5", "0", "1e9", "9" * 39])
def test_what_is_no_amount_is_said_beside_the_field_and_nothing_is_taken(rep: Client, amount: str) -> None:
    _who, code = holder(club())

    answer = rep.post(reverse("code_redeem"), fields(check(rep, code.text)) | {"amount": amount})

    assert answer.status_code == 422
    assert "This is not an amount." in answer.content.decode()
    assert not Redemption.objects.exists()


def test_a_form_without_a_code_or_with_a_bent_nonce_takes_nothing(rep: Client) -> None:
    _who, code = holder(club())

    assert rep.post(reverse("code_check"), {"code": "  "}).status_code == 422
    assert rep.post(reverse("code_redeem"), {"code": code.text, "nonce": "x"}).status_code == 422
    assert rep.post(reverse("code_redeem"), {}).status_code == 422
    assert not Redemption.objects.exists()


def test_the_toast_undoes_it(rep: Client) -> None:
    _who, code = holder(club())
    page = rep.post(reverse("code_redeem"), fields(check(rep, code.text)) | {"amount": "10"}, follow=True).content.decode()
    undo = reverse("redemption_take_back", args=[Redemption.objects.get().pk])

    assert undo in page
    assert "the code counts again" in rep.post(undo, follow=True).content.decode()
    assert not Deal.objects.exists()


def test_the_counter_says_when_the_sale_stays(rep: Client) -> None:
    _who, code = holder(club())
    rep.post(reverse("code_redeem"), fields(check(rep, code.text)) | {"amount": "10"})
    Deal.objects.update(version=1)

    said = rep.post(reverse("redemption_take_back", args=[Redemption.objects.get().pk]), follow=True).content.decode()

    assert "the sale stays" in said
    assert "there is no sale" not in said
    assert Deal.objects.count() == 1


def test_no_code_stands_in_an_address_of_the_counter(rep: Client) -> None:
    _who, code = holder(club())

    assert rep.get(reverse("code_check"), {"code": code.text}).status_code == 405
    assert code.text not in rep.get(f"{reverse('counter')}?code={code.text}").content.decode().replace(f"code={code.text}", "")


def test_a_rep_serves_anybody_but_reads_the_name_only_of_who_is_in_reach(rep: Client) -> None:
    who, code = holder(club(), name="Ann Nowak")
    stranger = staff("Other", Role.REP)
    Lead.objects.filter(pk=who.lead_id).update(owner=stranger)

    page = check(rep, code.text)

    assert "This code counts" in page
    assert "Ann Nowak" not in page


def test_a_list_is_pasted_and_uploaded_and_each_bad_line_is_named(marketer: Client) -> None:
    magnet = shipping()
    file = SimpleUploadedFile("codes.csv", "\ufeffDELTA-4;10%\nALFA-1\n".encode())

    answer = marketer.post(reverse("codes_add", args=[magnet.magnet_id]), {"codes": "ALFA-1\nBETA-2\n=1+1", "file": file})

    page = answer.content.decode()
    assert {line.text for line in queries.each_code(queries.pool_of(magnet.magnet_id).pool_id)} == {"ALFA-1", "BETA-2", "DELTA-4"}
    assert "3 codes were added. These lines were not:" in page
    assert "Line 3" in page
    assert "the same as a line above" in page


def test_an_empty_list_and_a_count_beyond_all_bounds_are_refused_beside_their_fields(marketer: Client) -> None:
    magnet = shipping()

    assert marketer.post(reverse("codes_add", args=[magnet.magnet_id]), {"codes": "\n \n"}).status_code == 422
    assert marketer.post(reverse("codes_make", args=[magnet.magnet_id]), {"count": "100000000"}).status_code == 422
    assert marketer.post(reverse("codes_low", args=[magnet.magnet_id]), {"low_mark": "-1"}).status_code == 422
    assert not Code.objects.exists()


def test_codes_are_made_and_the_warning_set(marketer: Client) -> None:
    magnet = shipping()

    marketer.post(reverse("codes_make", args=[magnet.magnet_id]), {"count": "5"})
    marketer.post(reverse("codes_low", args=[magnet.magnet_id]), {"low_mark": "3"})

    pool = queries.pool_of(magnet.magnet_id)
    assert (pool.free, pool.low_mark) == (5, 3)


def test_a_rep_sees_of_a_free_code_no_more_than_its_end_and_a_marketer_all_of_it(rep: Client, marketer: Client) -> None:
    magnet = shipping(codes=["SECRET-4711"])
    address = reverse("code_pool", args=[magnet.magnet_id])

    assert "SECRET-4711" in marketer.get(address).content.decode()
    assert "SECRET" not in rep.get(address).content.decode()
    assert rep.get(reverse("codes_csv", args=[magnet.magnet_id])).status_code == 403


def test_looking_at_the_codes_of_a_magnet_opens_no_pool(marketer: Client) -> None:
    magnet = club()

    assert marketer.get(reverse("code_pool", args=[magnet.magnet_id])).status_code == 200
    assert not Pool.objects.exists()


def test_a_magnet_that_gives_no_codes_has_no_page_of_codes(marketer: Client) -> None:
    magnet = club()
    Magnet.objects.update(kind="guide")

    assert marketer.get(reverse("code_pool", args=[magnet.magnet_id])).status_code == 404


def test_the_list_of_redemptions_goes_out_as_a_file_that_names_no_whole_code_and_is_written_down(
    browser_of: Browser, rep: Client
) -> None:
    _who, code = holder(shipping(codes=["SECRET-4711"]))
    rep.post(reverse("code_redeem"), fields(check(rep, code.text)) | {"amount": "189"})
    manager = browser_of(Role.MANAGER)

    file = b"".join(manager.get(reverse("redemptions_csv")).streaming_content).decode()  # type: ignore[arg-type,attr-defined]

    assert "…4711" in file
    assert "SECRET" not in file
    assert "189.00" in file
    assert AuditLine.objects.filter(action="exported", facts__list="redemptions", facts__rows=1).exists()
    assert rep.get(reverse("redemptions_csv")).status_code == 403


@pytest.mark.parametrize("query", ["magnet=x", "magnet=999999999999", "days=0", "days=7", "door=api", "order=largest", "page=-1"])
def test_whatever_the_address_of_the_list_says_it_answers(rep: Client, query: str) -> None:
    _who, code = holder(club())
    rep.post(reverse("code_redeem"), fields(check(rep, code.text)) | {"amount": "189"})

    assert rep.get(f"{reverse('redemptions')}?{query}").status_code == 200


def test_undo_stands_in_the_list_for_ten_minutes(rep: Client) -> None:
    _who, code = holder(club())
    rep.post(reverse("code_redeem"), fields(check(rep, code.text)))
    undo = reverse("redemption_take_back", args=[Redemption.objects.get().pk])

    assert undo in rep.get(reverse("redemptions")).content.decode().partition("<tbody")[2]
    Redemption.objects.update(at=timezone.now() - timedelta(minutes=11))
    assert undo not in rep.get(reverse("redemptions")).content.decode().partition("<tbody")[2]


def test_the_pool_page_says_how_many_are_left_and_who_waits(marketer: Client) -> None:
    magnet = shipping(codes=["ONLY-1"])
    holder(magnet)
    services.wait_for_code(
        pool_id=Pool.objects.get().pk,
        contact_id=holder(club())[0].contact_id,
        grant_id=holder(club("c2"))[0].grant_id,
        now=timezone.now(),
    )

    page = marketer.get(reverse("code_pool", args=[magnet.magnet_id])).content.decode()

    assert "All codes are given out." in page
    assert "1 person confirmed their address and waits in line" in page
