"""A calculator in the editor: written as rows, tried at its edges and with answers, refused with the place of the mistake."""

from typing import Any

import pytest
from django.test import Client
from tests.magnets.conftest import MONDAY

from leadstone.domains.access.models import User
from leadstone.domains.magnets import queries, services
from leadstone.domains.magnets.kinds.calculator import settings_of
from leadstone.domains.magnets.models import Magnet
from leadstone.project.demo.calculator import CALCULATOR
from leadstone.studio.magnets.forms import DraftForms

pytestmark = pytest.mark.usefixtures("brand")


@pytest.fixture
def dora(db: None) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.create(email="dora@example.com", name="Dora", role="marketer", language="en"))
    return client


@pytest.fixture
def magnet(db: None) -> Magnet:
    return services.create_from_definition(CALCULATOR, slug="calculator", by=None, now=MONDAY)


def posted(magnet: Magnet, **changes: Any) -> dict[str, Any]:
    forms = DraftForms(queries.draft_of(queries.magnet(magnet.pk)), slug=magnet.slug)
    data = {field.html_name: field.value() for form in forms._all() for field in form}
    return {name: value for name, value in (data | changes).items() if value not in (None, False)}


def saved(dora: Client, magnet: Magnet, **changes: Any) -> str:
    answer = dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, **changes), headers={"hx-request": "true"})
    return answer.content.decode()


def draft(magnet: Magnet) -> Any:
    return settings_of(queries.draft_of(queries.magnet(magnet.pk)))


def test_saving_what_stands_there_changes_nothing(dora: Client, magnet: Magnet) -> None:
    saved(dora, magnet)

    assert draft(magnet) == settings_of(CALCULATOR)


def test_one_that_begins_from_its_example_lacks_only_where_its_figures_come_from(dora: Client) -> None:
    page = dora.post("/magnets/begin", {"kind": "calculator"}, follow=True).content.decode()
    made = Magnet.objects.get(kind="calculator")

    assert "Say where the figures come from" in page
    dora.post(f"/magnets/{made.pk}/publish", posted(made))
    assert queries.current_version(made.pk) is None
    changes = {"result-basis": "Our own time sheets.", "result-basis_date": "2026-11-01"}
    assert dora.post(f"/magnets/{made.pk}/publish", posted(made, **changes)).status_code == 302
    assert queries.current_version(made.pk) is not None


def test_a_mistake_in_a_formula_is_said_beside_it_with_its_place_and_what_was_meant(dora: Client, magnet: Magnet) -> None:
    page = saved(dora, magnet, **{"value-0-formula": "powierzchni * 2"})

    assert '<p class="gap" id="gap-value-0" hx-swap-oob="true">Character 1: There is no input called “powierzchni”.' in page
    assert "Did you mean “powierzchnia”?" in page


def test_a_division_by_nought_at_the_edges_is_found_before_anybody_meets_it(dora: Client, magnet: Magnet) -> None:
    page = saved(dora, magnet, **{"value-0-formula": "1000 / (powierzchnia - 40)"})

    assert "Some answers have no result here: something is divided by nought." in page
    assert "powierzchnia 40 m²" in page


def test_rows_of_a_spreadsheet_become_a_table(dora: Client, magnet: Magnet) -> None:
    saved(dora, magnet, **{"table-0-rows": "stary\t200\nczesc\t100 \n\ndobry ; 50"})

    assert draft(magnet).tables[0].rows == (("stary", "200"), ("czesc", "100"), ("dobry", "50"))


def test_a_new_input_gets_a_name_from_its_words(dora: Client, magnet: Magnet) -> None:
    changes = {
        "question-5-text": "Ilu was mieszka?",
        "question-5-type": "number",
        "question-5-most": "12",
        "question-5-place": "50",
    }
    page = saved(dora, magnet, **changes)

    assert draft(magnet).questions[-1].key == "ilu_was"
    assert "No formula uses “Ilu was mieszka?”" in page


def test_a_button_moves_a_value_above_the_one_before_it(dora: Client, magnet: Magnet) -> None:
    page = saved(dora, magnet, move_row="value-1:up")

    assert [value.key for value in draft(magnet).values] == ["koszt", "ogrzewane"]
    assert "There is no input called “ogrzewane”" in page


def test_answers_of_ones_own_are_counted_step_by_step_and_kept_nowhere(dora: Client, magnet: Magnet) -> None:
    address = f"/magnets/{magnet.pk}/calculate?powierzchnia=140&stan=stary&zakres=oba&paliwo=gaz&caly=yes"
    page = dora.get(address).content.decode()

    assert "2600–4800 zł rocznie" in page
    assert "<code>ogrzewane * lookup(cieplo; stan) * paliwo</code>" in page
    assert "Before rounding" in page
    assert queries.draft_of(queries.magnet(magnet.pk)) == CALCULATOR


@pytest.mark.parametrize("typed", ["-5", "abc", "9" * 30, "1e9", "\x00", "１２０x"])
def test_answers_that_may_not_be_given_are_said_to_lie_outside(dora: Client, magnet: Magnet, typed: str) -> None:
    page = dora.get(f"/magnets/{magnet.pk}/calculate", {"powierzchnia": typed}).content.decode()

    assert "These answers lie outside of what may be answered." in page


def test_only_a_calculator_can_be_tried_so(dora: Client, magnet: Magnet) -> None:
    assert dora.get("/magnets/999999/calculate").status_code == 404
