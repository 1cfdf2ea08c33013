"""One row of everything that an address of the studio may name."""

from datetime import timedelta
from uuid import uuid4

import msgspec

from leadstone.domains.access import services as access
from leadstone.domains.access.models import Team, User
from leadstone.domains.access.rules import KeyReach, Scope
from leadstone.domains.activities.models import Activity
from leadstone.domains.activities.rules import ActivityKind
from leadstone.domains.bookings.models import Booking, Host
from leadstone.domains.campaigns.rules import Place
from leadstone.domains.campaigns.services.links import add_link
from leadstone.domains.codes.models import Code, Pool, Redemption
from leadstone.domains.codes.queries.finding import PURPOSE
from leadstone.domains.companies.models import Company
from leadstone.domains.contacts.models import Contact, Tag
from leadstone.domains.experiments import services as experiments
from leadstone.domains.experiments.rules import Aspect
from leadstone.domains.experiments.services import Wanted
from leadstone.domains.inbound.models import AskedBox
from leadstone.domains.inbound.rules import ProviderName
from leadstone.domains.inbound.services import doors as inbound
from leadstone.domains.kiosks import services as kiosks
from leadstone.domains.leads.models import Lead
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.needs.models import Theme, Voice
from leadstone.domains.newsletters.models import Issue
from leadstone.domains.pipeline.models import CloseReason, Deal, Stage
from leadstone.domains.posts.rules import Network
from leadstone.domains.posts.services import PostWords, write_post
from leadstone.domains.qualification.models import Evidence, Point, Promotion
from leadstone.domains.qualification.rules import EvidenceKind
from leadstone.domains.shipments.models import Parcel
from leadstone.domains.shipments.rules import ParcelState
from leadstone.domains.suppliers.models import Batch, Purchase
from leadstone.domains.webhooks import services as webhooks
from leadstone.domains.webhooks.models import Delivery
from leadstone.domains.webhooks.rules import EventKind
from leadstone.domains.webhooks.services import Occasion
from leadstone.infra.sealed_text import seal_text
from tests.campaigns.cast import campaign
from tests.cast import MONDAY, Visitor, definition
from tests.suppliers.cast import one_supplier


def _redemption(who: Visitor, lead: Lead) -> Redemption:
    """An order for which the person's code was taken, long ago."""
    pool = Pool.objects.create(magnet_id=lead.magnet_id or 0, created_at=MONDAY)
    code = Code.objects.create(
        pool=pool,
        lookup="0" * 64,
        sealed=seal_text("ANN-1", purpose=PURPOSE),
        added_at=MONDAY,
        contact_id=who.contact_id,
        version_id=lead.version_id,
        claimed_at=MONDAY,
    )
    return Redemption.objects.create(code=code, number=1, nonce=uuid4(), at=MONDAY, door="counter", currency="PLN")


def one_of_each(who: Visitor, *, owner: User | None, colleague: User) -> dict[str, int | str]:
    """Parameter of an address → the id of a row. Lead, deal and activity are `owner`'s, and so is all that is known of the person
    and of the company."""
    company = Company.objects.create(name="Zakład", domain="zaklad.example.com", search="zaklad", created_at=MONDAY)
    Contact.objects.filter(pk=who.contact_id).update(company=company)
    Lead.objects.filter(pk=who.lead_id).update(owner=owner, company=company)
    lead = Lead.objects.get(pk=who.lead_id)
    Magnet.objects.filter(pk=lead.magnet_id).update(draft=msgspec.to_builtins(definition()))
    stage = Stage.objects.filter(stage_class="open").order_by("position")[0]
    deal = Deal.objects.create(
        lead=lead,
        contact_id=who.contact_id,
        company=company,
        owner=owner,
        title="A heat pump",
        stage=stage,
        amount_minor=4_200_000,
        currency="PLN",
        opened_at=MONDAY,
        entered_stage_at=MONDAY,
        touched_at=MONDAY,
    )
    activity = Activity.objects.create(
        key=uuid4(),
        kind=ActivityKind.TASK.value,
        lead=lead,
        contact_id=who.contact_id,
        company=company,
        deal_id=deal.pk,
        owner=owner,
        created_by=owner,
        title="Call back",
        due_at=MONDAY + timedelta(days=1),
        created_at=MONDAY,
    )
    point = Point.objects.order_by("position")[0]
    evidence = Evidence.objects.create(
        lead=lead, point=point, kind=next(iter(EvidenceKind)).value, source_id=activity.pk, said="Asked for it", at=MONDAY
    )
    issue = Issue.objects.create(
        key=uuid4(),
        magnet_id=lead.magnet_id,
        purpose="newsletter",
        language="en",
        subject="March",
        created_at=MONDAY,
        changed_at=MONDAY,
    )
    team = Team.objects.create(name="Nobody’s yet", created_at=MONDAY)
    theme = Theme.objects.create(name="Bills", language="en", words=["bills"], core={"bill": 1.0}, created_at=MONDAY)
    voice = Voice.objects.create(
        source="question",
        submission=lead.submission,
        field="question",
        contact_id=who.contact_id,
        language="en",
        said_at=MONDAY,
        theme=theme,
    )
    told = one_webhook()
    campaign_id = campaign("fair-of-the-matrix")
    return {
        "experiment_id": one_experiment(lead.magnet_id or 0),
        "campaign_id": campaign_id,
        "link_id": add_link(
            campaign_id=campaign_id, magnet_id=lead.magnet_id or 0, label="Banner", place=Place.FAIR, by=None, now=MONDAY
        ),
        "key_id": make_one_key(),
        "endpoint_id": told.endpoint_id,
        "delivery_id": told.pk,
        "lead_id": lead.pk,
        "tag_id": one_tag(who),
        "deal_id": deal.pk,
        "activity_id": activity.pk,
        "company_id": company.pk,
        "contact_id": who.contact_id,
        "magnet_id": lead.magnet_id or 0,
        "grant_id": who.grant_id,
        "stage_id": stage.pk,
        "reason_id": CloseReason.objects.order_by("pk")[0].pk,
        "point_id": point.pk,
        "evidence_id": evidence.pk,
        "promotion_id": Promotion.objects.create(lead=lead, at=MONDAY).pk,
        "user_id": colleague.pk,
        "owner_id": colleague.pk,
        "team_id": team.pk,
        "issue_id": issue.pk,
        "source_id": lead.magnet_id or 0,
        "session_id": 1,
        "redemption_id": _redemption(who, lead).pk,
        "booking_id": one_booking(owner or colleague, lead).pk,
        "parcel_id": one_parcel(who, lead).pk,
        "theme_id": theme.pk,
        "voice_id": voice.pk,
        **one_purchase(campaign_id, by=colleague),
        **one_door(),
        "post_id": one_post(campaign_id, lead.magnet_id or 0),
        "kiosk_id": one_kiosk(lead.magnet_id or 0, collector=owner or colleague),
    }


def one_purchase(campaign_id: int, *, by: User) -> dict[str, int | str]:
    """A supplier, and one lead that was bought from it and whose person is gone."""
    supplier_id = one_supplier(by=by.pk, campaign_id=campaign_id)
    batch = Batch.objects.create(supplier_id=supplier_id, digest="0" * 64, at=MONDAY)
    bought = Purchase.objects.create(
        batch=batch, supplier_id=supplier_id, row=1, state="accepted", price_minor=4_500, currency="PLN", at=MONDAY
    )
    return {"supplier_id": supplier_id, "purchase_id": bought.pk}


def one_door() -> dict[str, int]:
    """A door by which nobody has come, and a box on the form on its other side."""
    wish = inbound.Wish(provider=ProviderName.GENERIC, name="Script", language="en")
    door_id = inbound.make_door(wish, by=None, now=MONDAY).door_id
    box = AskedBox.objects.create(door_id=door_id, digest="0" * 64, words="You may call me.", seen_at=MONDAY)
    return {"door_id": door_id, "box_id": box.pk}


def one_post(campaign_id: int, magnet_id: int) -> int:
    """Something that was said in a network."""
    words = PostWords(network=Network.FACEBOOK, text="Is your roof ready?", on=MONDAY.date())
    return write_post(words, key=uuid4(), campaign_id=campaign_id, magnet_id=magnet_id, by=None, now=MONDAY)


def one_kiosk(magnet_id: int, *, collector: User) -> int:
    """A device that waits for its link to be opened."""
    wish = kiosks.Wish(name="Tablet", magnet_id=magnet_id, campaign_id=None, language="en", collector_id=collector.pk)
    return kiosks.make_kiosk(wish, now=MONDAY).kiosk_id


def one_experiment(magnet_id: int) -> int:
    """Other words for the magnet, which nobody reads yet."""
    return experiments.draft(magnet_id=magnet_id, aspect=Aspect.PROMISE, wanted=Wanted(name="Warmer"), by=None, now=MONDAY)


def one_booking(user: User, lead: Lead) -> Booking:
    """A talk with the person of that lead, held by this member of staff."""
    host = Host.objects.create(user=user, zone="Europe/Warsaw")
    return Booking.objects.create(
        key=uuid4(),
        nonce="one",
        ref="one",
        host=host,
        magnet_id=lead.magnet_id or 0,
        version_id=lead.version_id or 0,
        contact_id=lead.contact_id,
        begins=MONDAY,
        ends=MONDAY + timedelta(minutes=30),
        zone="Europe/Warsaw",
        state="waiting",
        made_at=MONDAY,
        confirmed_at=MONDAY,
    )


def one_tag(who: Visitor) -> int:
    """What a colleague calls the person."""
    tag = Tag.objects.create(contact_id=who.contact_id, name="Roof", key="roof", source="staff", said_ref="1", at=MONDAY)
    return tag.pk


def one_parcel(who: Visitor, lead: Lead) -> Parcel:
    """Something that is to be sent to the person of that lead."""
    return Parcel.objects.create(
        key=uuid4(),
        grant_id=who.grant_id,
        contact_id=who.contact_id,
        magnet_id=lead.magnet_id or 0,
        state=ParcelState.RESERVED.value,
        asked_at=MONDAY,
    )


def make_one_key() -> int:
    """A key of another program."""
    made = {"name": "Shop", "scopes": [Scope.READ_MAGNETS], "reach": KeyReach.ALL, "team_id": None, "expires_at": None}
    key_id, _secret = access.create_key(**made, by=None, now=MONDAY)
    return key_id


def one_webhook() -> Delivery:
    """A message that waits for another system."""
    webhooks.add_endpoint(name="App", url="https://app.example/", events=[EventKind.TEST], by=None, now=MONDAY)
    webhooks.queue([Occasion(kind=EventKind.TEST, key="test", at=MONDAY)], now=MONDAY)
    return Delivery.objects.get()
