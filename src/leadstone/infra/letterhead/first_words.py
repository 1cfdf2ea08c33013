"""What the first mail of an exchange says at its button: what pressing it does differs from kind to kind."""

from dataclasses import dataclass

from leadstone.wire.pages.phrases import _


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstWords:
    """Msgids. `call`: the end of the subject; `says`: what the button does; `button`: its label."""

    call: str
    says: str
    button: str


OPENS = FirstWords(
    call=_("open it here"),
    says=_("Here is what you asked for. The button shows us that this mailbox is yours, and opens it."),
    button=_("Open it"),
)
RESULT = FirstWords(
    call=_("your result"),
    says=_("That is the short of it. The button shows us that this mailbox is yours, and opens all of it."),
    button=_("Open it"),
)
TIME = FirstWords(call=_("confirm your time"), says="", button=_("Confirm this time"))  # what it says names the time
_CODE = FirstWords(
    call=_("your code is here"),
    says=_("The button shows us that this mailbox is yours. Then you get a code of your own."),
    button=_("Show me the code"),
)
# By the kind of the magnet (its name in phrases.KINDS); a kind that is not here is opened.
BY_KIND = {
    "newsletter": FirstWords(
        call=_("confirm that you want these letters"),
        says=_("The button shows us that this mailbox is yours and that you want these letters. Without it none will come."),
        button=_("Confirm that you want these letters"),
    ),
    "sample": FirstWords(
        call=_("confirm where we send it"),
        says=_("The button shows us that this mailbox is yours. Then we pack your parcel; without it nothing is sent."),
        button=_("Yes, send it to me"),
    ),
    "trial": FirstWords(
        call=_("begin it here"),
        says=_("The button shows us that this mailbox is yours, and your trial begins. Until then no day of it counts."),
        button=_("Begin my trial"),
    ),
    "discount_club": _CODE,
    "free_shipping": _CODE,
}


def first_words(kind: str, *, has_result: bool, has_time: bool) -> FirstWords:
    """The words for one mail."""
    if has_time:
        return TIME
    return RESULT if has_result else BY_KIND.get(kind, OPENS)
