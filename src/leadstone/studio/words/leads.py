"""What leads are called: statuses, channels, bases, ways to look at them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.leads.rules import Basis, Because, MoveRefusal, Order, QualityBand, Status
from leadstone.domains.sources.rules import ChannelType

Words = str | Promise

STATUS: Mapping[Status, Words] = {
    Status.NEW: pgettext_lazy("status of a lead", "New"),
    Status.WORKING: pgettext_lazy("status of a lead", "In talks"),
    Status.QUALIFIED: pgettext_lazy("status of a lead", "Qualified"),
    Status.NURTURING: pgettext_lazy("status of a lead", "Later"),
    Status.DISQUALIFIED: pgettext_lazy("status of a lead", "Not for us"),
}
TONE: Mapping[Status, str] = {
    Status.NEW: "pole",
    Status.WORKING: "warn",
    Status.QUALIFIED: "good",
    Status.NURTURING: "",
    Status.DISQUALIFIED: "",
}
# What the button says that moves a lead there.
MOVE: Mapping[Status, Words] = {
    Status.NEW: _("Back to new"),
    Status.WORKING: _("Take it up"),
    Status.QUALIFIED: _("Qualify"),
    Status.NURTURING: _("Later, on …"),
    Status.DISQUALIFIED: _("Give it up"),
}
MOVE_KEY: Mapping[Status, str] = {
    Status.WORKING: "w",
    Status.QUALIFIED: "q",
    Status.NURTURING: "r",
    Status.DISQUALIFIED: "d",
    Status.NEW: "",
}
MOVED: Mapping[Status, Words] = {
    Status.NEW: _("Back among the new leads."),
    Status.WORKING: _("Taken up: you are in talks."),
    Status.QUALIFIED: _("Qualified: there is intent and interest."),
    Status.NURTURING: _("Kept for later."),
    Status.DISQUALIFIED: _("Marked as not for us."),
}
REFUSED: Mapping[MoveRefusal, Words] = {
    MoveRefusal.NO_SUCH_MOVE: _("The lead cannot go there from where it stands."),
    MoveRefusal.MOVED_MEANWHILE: _("A colleague moved this lead a moment ago; look at it again."),
    MoveRefusal.NO_REASON: _("Say why: without a reason nobody learns from it."),
    MoveRefusal.NOTE_TOO_LONG: _("A note has 400 characters at most."),
    MoveRefusal.NO_WORDS: _("“Something else” needs a few words."),
    MoveRefusal.NO_DAY: _("Name the day on which the lead should come back."),
    MoveRefusal.DAY_IS_PAST: _("The day on which the lead comes back must be after today."),
}
BECAUSE: Mapping[Because, Words] = {
    Because.NOT_NOW: _("The time is not right"),
    Because.NO_BUDGET: _("No money for it"),
    Because.NO_NEED: _("No need for it"),
    Because.NO_ANSWER: _("Tried, and nobody answered"),
    Because.WRONG_PERSON: _("The wrong person"),
    Because.BOUGHT_ELSEWHERE: _("Bought elsewhere"),
    Because.NOT_REAL: _("A made-up or mistaken form"),
    Because.OTHER: _("Something else"),
}
# What is offered where: nobody is asked again next month who filled in a form by mistake.
REASONS: Mapping[Status, tuple[Because, ...]] = {
    Status.NURTURING: (Because.NOT_NOW, Because.NO_BUDGET, Because.NO_ANSWER, Because.OTHER),
    Status.DISQUALIFIED: (
        Because.NO_NEED,
        Because.NO_BUDGET,
        Because.BOUGHT_ELSEWHERE,
        Because.WRONG_PERSON,
        Because.NO_ANSWER,
        Because.NOT_REAL,
        Because.OTHER,
    ),
}
BASIS: Mapping[Basis, Words] = {
    Basis.ASKED_US: _("They asked us to get in touch"),
    Basis.GAVE_CARD: _("They gave me their card or number"),
    Basis.CUSTOMER: _("They already buy from us"),
    Basis.PUBLIC_ROLE: _("A published business contact"),
    Basis.AGREED_ELSEWHERE: _("They agreed elsewhere that we are told of them"),
}
BAND: Mapping[QualityBand, Words] = {
    QualityBand.STRONG: _("All three strong"),
    QualityBand.FAIR: _("None weak"),
    QualityBand.WEAK: _("Something is weak"),
}
ORDER: Mapping[Order, Words] = {
    Order.NEWEST: _("Newest first"),
    Order.OLDEST: _("Oldest first"),
    Order.ACCURACY: _("Best accuracy"),
    Order.INCENTIVE: _("Best incentive"),
    Order.AWARENESS: _("Best awareness"),
    Order.NAME: _("By name"),
}
CHANNEL: Mapping[ChannelType, Words] = {
    ChannelType.ADVERTISING: _("Advertising"),
    ChannelType.TRADE_FAIR: _("Trade fair"),
    ChannelType.DIRECT_MAIL: _("Direct mail"),
    ChannelType.THIRD_PARTY: _("Third party"),
    ChannelType.PERSONAL_NETWORKING: _("Personal networking"),
    ChannelType.NETWORKING_EVENT: _("Networking event"),
    ChannelType.CHAMBER_OF_COMMERCE: _("Chamber of commerce"),
    ChannelType.LOCAL_MEDIA: _("Local media"),
    ChannelType.CHARITY: _("Charity and social responsibility"),
    ChannelType.OUTBOUND_CALL: _("Outbound call"),
    ChannelType.EMAIL: _("E-mail"),
    ChannelType.FACEBOOK: "Facebook",
    ChannelType.X: "X",
    ChannelType.PINTEREST: "Pinterest",
    ChannelType.INSTAGRAM: "Instagram",
    ChannelType.LINKEDIN: "LinkedIn",
    ChannelType.OTHER_SOCIAL: _("Other social media"),
    ChannelType.EBOOK: _("E-book"),
    ChannelType.WEBINAR: _("Webinar"),
    ChannelType.PODCAST: _("Podcast"),
    ChannelType.QUESTIONS: _("Questions and answers"),
    ChannelType.SEARCH: _("Search engine"),
    ChannelType.REFERRAL: _("Referral"),
    ChannelType.WALK_IN: _("Walk-in"),
    ChannelType.WEBSITE: _("Another website"),
    ChannelType.DIRECT: _("Straight to the page"),
}
