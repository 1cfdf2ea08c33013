"""The demo company: moved in once through the real flows, honest about which magnet is not."""

import csv
import json
import re
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from leadstone.project.demo.catalogue import GUIDE, MAGNETS, TRAP
from leadstone.project.demo.people import people
from leadstone.project.demo.quiz_takers import TOOK
from leadstone.project.demo.tags import BY_HAND
from tests.project.test_command_line import leadstone

RESERVED = re.compile(r"@(?:[\w.-]+\.)?(?:example|example\.(?:com|net|org))$")

LEADS = "leads_lead l JOIN magnets_magnet m ON m.id = l.magnet_id"
FORMS = "capture_submission s JOIN magnets_magnetversion v ON v.id = s.version_id JOIN magnets_magnet m ON m.id = v.magnet_id"
OTHER_KINDS = ("quiz", "consultation", "sample", "newsletter", "trial", "discount-club", "free-shipping")
GRANTS = "grants_grant g JOIN magnets_magnet m ON m.id = g.magnet_id"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("demo")
    done = leadstone("seed", data=data)
    assert done.returncode == 0, done.stderr
    return data


def rows(demo: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(demo / "leadstone.sqlite3")) as database:
        return database.execute(sql).fetchall()


def test_everybody_came_through_the_flows_and_no_mail_left(demo: Path) -> None:
    told = json.loads(leadstone("status", "--json", data=demo).stdout)

    came = Counter(slug for (slug,) in rows(demo, f"SELECT m.slug FROM {FORMS}"))
    assert {magnet.slug: came[magnet.slug] for magnet in MAGNETS} == {magnet.slug: magnet.leads for magnet in MAGNETS}
    assert all(came[slug] for slug in OTHER_KINDS)
    assert told["submissions"] == sum(came.values())
    assert told["messages"]["sent"] >= told["submissions"]
    assert told["events_waiting"] == told["journal_backlog"] == told["quarantined"] == 0
    assert not (demo / "mail").exists()


def test_what_is_stored_is_whole(demo: Path) -> None:
    done = leadstone("check", data=demo)
    assert done.returncode == 0, done.stdout


def test_every_address_is_reserved_for_examples(demo: Path) -> None:
    exported = leadstone("export", data=demo).stdout.removeprefix("\ufeff")
    addresses = [row["E-mail"] for row in csv.DictReader(exported.splitlines()) if row["E-mail"]]

    assert len(addresses) > 900
    assert [address for address in addresses if not RESERVED.search(address)] == []


def test_the_guide_is_published_with_its_file(demo: Path) -> None:
    manifest = json.loads((demo / "bundle" / "manifest.json").read_text())
    (guide,) = (magnet for magnet in manifest["magnets"] if magnet["slug"] == "guide")
    definition = guide["versions"][-1]["definition"]

    assert definition["title"] == GUIDE.definition.title
    assert (demo / "bundle" / "files" / definition["asset"]["key"]).read_bytes().startswith(b"%PDF-")
    assert definition["asset"]["pages"] >= 3


def test_the_trap_brought_412_leads_no_customer_and_broken_promises(demo: Path) -> None:
    leads = Counter(rows(demo, f"SELECT m.slug FROM {LEADS}"))
    sales = Counter(rows(demo, f"SELECT m.slug FROM {LEADS} JOIN pipeline_deal d ON d.lead_id = l.id WHERE d.won_at IS NOT NULL"))
    answers = Counter(rows(demo, f"SELECT g.rating FROM {GRANTS} WHERE m.slug = '{TRAP.slug}' AND g.rating <> ''"))

    assert leads[TRAP.slug,] == 412
    assert sales[TRAP.slug,] == 0
    assert 0.25 < answers["no",] / sum(answers.values()) < 0.42
    for magnet in MAGNETS:
        if magnet is not TRAP:
            assert leads[magnet.slug,] < 412
            # Beside those who bought at once, a few came by way of the board.
            assert sales[magnet.slug,] >= magnet.customers > 0


def test_the_reps_answered_nearly_everybody_and_turned_away_whom_the_prize_had_drawn(demo: Path) -> None:
    waiting = rows(demo, "SELECT 1 FROM leads_lead WHERE status = 'new'")
    turned_away = rows(demo, f"SELECT 1 FROM {LEADS} WHERE m.slug = '{TRAP.slug}' AND l.status = 'disqualified'")

    assert 7 <= len(waiting) <= 15
    assert len(turned_away) > 412 * 0.8


def test_answers_of_the_quiz_and_a_colleague_gave_tags_and_no_unproven_mailbox_did(demo: Path) -> None:
    by_source = Counter(rows(demo, "SELECT source, name FROM contacts_tag"))
    assert by_source["answer", "Starszy dom"] == len([took for took in TOOK if took.stage == "old" and took.proves])
    assert by_source["staff", "Targi Gdańsk"] == len(BY_HAND)
    assert {source for source, _name in by_source} == {"answer", "staff"}


def test_people_came_back_and_by_every_way_so_that_no_screen_of_results_is_empty(demo: Path) -> None:
    touches = "SELECT contact_id, count(*) AS touches FROM tracking_touch GROUP BY contact_id HAVING count(*) > 1"
    buyers = "SELECT contact_id FROM pipeline_deal WHERE won_at IS NOT NULL"
    assert rows(demo, f"SELECT count(*) >= 12 FROM ({touches}) t WHERE t.contact_id IN ({buyers})") == [(1,)]

    by_device = "SELECT count(*) FROM kiosks_kioskentry k JOIN leads_lead l ON l.id = k.lead_id"
    assert rows(demo, f"{by_device} WHERE l.magnet_id IS NOT NULL") == [(9,)]
    assert rows(demo, f"{by_device} WHERE l.magnet_id IS NULL") == [(3,)]
    doors = rows(
        demo, "SELECT provider, count(*) FROM inbound_delivery d JOIN inbound_door o ON o.id = d.door_id GROUP BY provider"
    )
    assert {provider for provider, _number in doors} == {"meta", "mail", "generic"}
    of_posts = "SELECT count(*) FROM tracking_touch t JOIN posts_post p ON p.link_id = t.link_id"
    assert rows(demo, of_posts) > [(5,)]
    states = dict(rows(demo, "SELECT state, count(*) FROM experiments_experiment GROUP BY state"))
    assert states == {"running": 1, "ended": 1}


def test_a_second_seed_leaves_everything_alone(demo: Path) -> None:
    done = leadstone("seed", data=demo)
    assert done.returncode == 0
    assert "already has a company" in done.stdout
    assert [json.loads(leadstone("status", "--json", data=demo).stdout)["submissions"]] == [
        number for (number,) in rows(demo, "SELECT count(*) FROM capture_submission")
    ]
    assert rows(demo, "SELECT count(*) FROM brand_brand") == [(1,)]


def test_the_sign_in_is_for_the_owner_of_the_folder_alone(demo: Path) -> None:
    note = demo / "run" / "sign-in.txt"
    assert note.stat().st_mode & 0o077 == 0
    assert "dora@cieplo-polskie.example" in note.read_text()


def test_the_same_people_live_on_every_machine() -> None:
    first, second = (people(language="pl", seed=3) for _ in range(2))
    assert [next(first) for _ in range(50)] == [next(second) for _ in range(50)]
