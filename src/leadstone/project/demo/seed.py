"""`leadstone seed`: the demo company, made through the product's own flows, with past times and without one mail leaving."""

import random
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import transaction
from rich.console import Console

from leadstone.domains.access import services as access
from leadstone.domains.brand import queries as brand_queries
from leadstone.domains.brand import services as brand
from leadstone.domains.magnets import services as magnets
from leadstone.flows.bundle_published import publish_bundle
from leadstone.flows.doors_changed import allow_host
from leadstone.flows.lead_added import add_lead
from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.documents.intake import KeptDocument, take_in
from leadstone.infra.keys import load_or_create_secret
from leadstone.infra.logs import configure_logs
from leadstone.kernel.errors import LeadstoneError
from leadstone.kernel.language import Language
from leadstone.project.demo import experiments, needs
from leadstone.project.demo.activities import tell_activities
from leadstone.project.demo.aftermath import guests_of_other_kinds, sales_and_statuses
from leadstone.project.demo.assignment import turns
from leadstone.project.demo.bookings import CONSULTATION, CONSULTATION_SLUG, open_hosts, tell_bookings
from leadstone.project.demo.calculator import CALCULATOR, CALCULATOR_SLUG
from leadstone.project.demo.campaigns import CAMPAIGN_OF, Opened, open_campaigns, with_links
from leadstone.project.demo.catalogue import MAGNETS, DemoMagnet
from leadstone.project.demo.codes import CLUB, CLUB_SLUG, SHIPPING_SLUG, codes_and_redemptions, shipping
from leadstone.project.demo.companies import companies_and_their_leads
from leadstone.project.demo.deals import deals_on_the_board
from leadstone.project.demo.goals import goals
from leadstone.project.demo.history import react_until_quiet, tell
from leadstone.project.demo.newsletters import NEWSLETTER, NEWSLETTER_SLUG, letters_and_their_readers
from leadstone.project.demo.offline import MEETINGS
from leadstone.project.demo.people_and_teams import STAFF, settle_teams
from leadstone.project.demo.qualification import receipts_and_returns
from leadstone.project.demo.quiz import QUIZ, QUIZ_SLUG
from leadstone.project.demo.quiz_takers import tell_quiz
from leadstone.project.demo.returns import sell_to_whom_we_met, with_returns
from leadstone.project.demo.sample import publish_sample, tell_samples
from leadstone.project.demo.suppliers import buy_from_supplier
from leadstone.project.demo.tags import tags_by_hand
from leadstone.project.demo.trials import publish_trial, tell_trials
from leadstone.project.demo.vetting import answer_for_claims
from leadstone.project.demo.visits import DAYS, Plan, plan_visits
from leadstone.project.demo.ways_in import tell_ways_in
from leadstone.project.environment import Environment, environment
from leadstone.project.migrating import migrate
from leadstone.wire.bundle import BrandFacts
from leadstone.wire.definition import MagnetDefinition

FILES = Path(__file__).resolve().parent / "files"
READ_AT_ONCE = 2
DOMAIN = "cieplo-polskie.example"


class DocumentsMissing(LeadstoneError):
    code = "documents_missing"
    sentence = "The demo company's documents are not built. Run: make assets"


def seed() -> None:
    """Fill an empty installation; one that already has a company is left alone, and that is said."""
    given = environment()
    # What happened ninety days ago is no news to whoever looks at the screen now.
    configure_logs(form=given.log_format, level="error", process="seed")
    migrate()
    if brand_queries.brand_facts() is not None:
        print("This installation already has a company; the demo company was not added.")
    else:
        if not all((FILES / f"{magnet.document}.pdf").exists() for magnet in MAGNETS):
            raise DocumentsMissing
        with Console(stderr=True).status("Moving the demo company in …"):
            _move_in(given, now=datetime.now(UTC))
    (given.folder.run / "seeded").touch()


def _move_in(given: Environment, *, now: datetime) -> None:
    password = load_or_create_secret(given.folder.keys / "demo.password", size=6)
    blobs = BlobStore(given.folder.blobs)
    # Each document is read in a process of its own, so that waiting for several at once costs nothing.
    with ThreadPoolExecutor(max_workers=READ_AT_ONCE) as readers:
        kept = readers.map(lambda magnet: _read(magnet, blobs), MAGNETS)
        documents = {magnet.slug: document for magnet, document in zip(MAGNETS, kept, strict=True)}
    founded = now - timedelta(days=DAYS + 3)
    # One commit for ninety days: nobody sees half of a demo, and the disk waits once.
    with transaction.atomic():
        _introduce(now=founded)
        staff = _hire(password)
        versions = {
            m.slug: _publish(m, documents[m.slug], blobs, by=staff["dora"], manager=staff["admin"], now=founded) for m in MAGNETS
        }
        quiz = _publish_made(QUIZ, QUIZ_SLUG, blobs, by=staff["dora"], now=founded)
        for made, slug in ((CALCULATOR, CALCULATOR_SLUG), (CLUB, CLUB_SLUG), (NEWSLETTER, NEWSLETTER_SLUG)):
            _publish_made(made, slug, blobs, by=staff["dora"], now=founded)
        _publish_made(shipping(now=now), SHIPPING_SLUG, blobs, by=staff["dora"], now=founded)
        open_hosts(staff)
        allow_host(f"www.{DOMAIN}", by=staff["dora"], now=founded)
        _publish_made(CONSULTATION, CONSULTATION_SLUG, blobs, by=staff["dora"], now=founded)
        sample = publish_sample(blobs, by=staff["dora"], now=founded)
        trial = publish_trial(blobs, by=staff["dora"], now=founded)
        campaigns = open_campaigns(staff, now=now)
        plan = _who_comes(versions, campaigns, now=now)
        begun = experiments.compare(plan, blobs, by=staff["dora"], now=now)
        needs.with_questions(plan)
        _write_down_meetings(campaigns, by=staff["emil"], now=now)
        tell(plan, now=now)
        experiments.end_what_is_over(begun, by=staff["dora"])
        needs.answers_after_use(plan, now=now)
        needs.themes(by=staff["dora"], now=now)
        needs.languages(now=now)
        settle_teams(staff, now=founded)
        companies_and_their_leads(emil=staff["emil"], now=now)
        sales_and_statuses(emil=staff["emil"], dora=staff["dora"], chance=random.Random(7), now=now)
        react_until_quiet(now=now)
        deals_on_the_board(emil=staff["emil"], dora=staff["dora"], chance=random.Random(11), now=now)
        tell_activities(staff, chance=random.Random(13), now=now)
        receipts_and_returns(emil=staff["emil"], admin=staff["admin"], chance=random.Random(17), now=now)
        tell_bookings(now=now)
        tell_samples(sample, by=staff["emil"], now=now)
        tell_trials(trial, now=now)
        tell_quiz(quiz, now=now)
        tags_by_hand(by=staff["emil"], now=now)
        turns(emil=staff["emil"], dora=staff["dora"], now=now)
        codes_and_redemptions(emil=staff["emil"], dora=staff["dora"], now=now)
        letters_and_their_readers(by=staff["dora"], now=now)
        _who_came_by_other_ways(staff, campaigns, now=now)
        guests_of_other_kinds(emil=staff["emil"], dora=staff["dora"], chance=random.Random(19), now=now)
        goals(now=now)
        react_until_quiet(now=now)
    publish_bundle(given.folder, public_url=given.public_url, studio_url=given.studio_url)
    _leave_note(given, password)


def _who_comes(versions: dict[str, int], campaigns: Opened, *, now: datetime) -> Plan:
    plan = plan_visits(versions, now=now)
    with_returns(plan, now=now)
    with_links(plan, campaigns, now=now)
    return plan


def _who_came_by_other_ways(staff: Mapping[str, int], campaigns: Opened, *, now: datetime) -> None:
    buy_from_supplier(staff, now=now)
    tell_ways_in(staff, campaigns.ids, now=now)
    sell_to_whom_we_met(by=staff["emil"], now=now)


def _hire(password: str) -> dict[str, int]:
    """Everybody who works there, by their short names."""
    return {
        one.key: access.create_user(
            email=f"{one.key}@{DOMAIN}", name=one.name, role=one.role, password=password, language=one.language
        )
        for one in STAFF
    }


def _introduce(*, now: datetime) -> None:
    who = BrandFacts(
        company="Ciepło Polskie",
        language=Language.POLISH,
        sender_email=f"listy@{DOMAIN}",
        postal_address="ul. Piękna 24/26, 00-549 Warszawa",
        privacy_email=f"fay@{DOMAIN}",
        colour="#1f6f6b",
    )
    brand.set_up_brand(
        company=who.company, language=who.language, sender_email=who.sender_email, postal_address=who.postal_address, now=now
    )
    brand.change_brand(who, now=now)


def _read(magnet: DemoMagnet, blobs: BlobStore) -> KeptDocument:
    with (FILES / f"{magnet.document}.pdf").open("rb") as file:
        return take_in(file, blobs=blobs)


def _publish(magnet: DemoMagnet, kept: KeptDocument, blobs: BlobStore, *, by: int, manager: int, now: datetime) -> int:
    made = magnets.create_from_document(kept=kept, file_stem=magnet.slug, by=by, now=now)
    magnets.save_draft(magnet_id=made.pk, definition=magnet.definition, slug=magnet.slug, now=now)
    answer_for_claims(magnet_id=made.pk, definition=magnet.definition, by=manager, now=now)
    published = magnets.publish_version(magnet_id=made.pk, slug=magnet.slug, blobs=blobs, by=by, now=now)
    if published.version_id is None:
        raise AssertionError(f"{magnet.slug}: {[gap.code for gap in published.gaps]}")
    return published.version_id


def _publish_made(definition: MagnetDefinition, slug: str, blobs: BlobStore, *, by: int, now: datetime) -> int:
    """A magnet that needs no document, as it was written for the demo; returns its version."""
    made = magnets.create_from_definition(definition, slug=slug, by=by, now=now)
    published = magnets.publish_version(magnet_id=made.pk, slug=slug, blobs=blobs, by=by, now=now)
    if published.version_id is None:
        raise AssertionError(f"{slug}: {[(gap.code, gap.where) for gap in published.gaps]}")
    return published.version_id


def _write_down_meetings(campaigns: Opened, *, by: int, now: datetime) -> None:
    for met in MEETINGS:
        add_lead(
            name=met.name,
            email=met.email,
            phone=met.phone,
            company=met.company,
            channel=met.channel,
            where_met=met.where_met,
            basis=met.basis,
            by=by,
            language="pl",
            campaign_id=campaigns.ids.get(CAMPAIGN_OF.get(met.channel, "")),
            now=now - timedelta(days=met.days_ago, hours=3),
        )


def _leave_note(given: Environment, password: str) -> None:
    lines = [f"{one.key}@{DOMAIN}  ({one.role.value.replace('_', ' ')})" for one in STAFF]
    note = given.folder.run / "sign-in.txt"
    note.write_text(
        "\n".join(
            [f"Sign in as     {lines[0]}", *(f"               {line}" for line in lines[1:]), f"Password       {password}", ""]
        )
    )
    note.chmod(0o600)
