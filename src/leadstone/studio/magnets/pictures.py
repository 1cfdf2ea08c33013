"""Pictures of the answers of a quiz: uploaded, made anew, shown with words for whoever does not see them."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leadstone.domains.access.rules import Right
from leadstone.domains.magnets import queries, services
from leadstone.domains.magnets.kinds.quiz import QuizSettings
from leadstone.domains.magnets.questionnaire import CHOICES, Option, Question
from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.pictures import NotAPicture, PictureTooLarge, as_png
from leadstone.studio.magnets.editor import found
from leadstone.studio.shell.gate import needs
from leadstone.wire.definition import MagnetDefinition

BOX = (640, 480)
LARGEST_BYTES = 1_500_000
LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One answer with its picture, as it stands or as it was just refused."""

    slot: str
    question: str
    option: Option
    error: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.EDIT_MAGNETS)
def pictures(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """Every answer that may be chosen, with a place for a picture and its words."""
    magnet = found(magnet_id)
    draft = queries.draft_of(magnet)
    if draft.kind != "quiz":
        raise Http404
    quiz = msgspec.convert(draft.settings, QuizSettings)
    if request.method != "POST":
        return render(request, "magnets/pictures.html", {"magnet": magnet, "rows": list(_rows(quiz, {}))})
    refused: dict[str, str] = {}
    questions = tuple(_with_pictures(request, question, refused) for question in quiz.questions)
    changed = msgspec.structs.replace(quiz, questions=questions)
    services.save_draft(magnet_id=magnet.pk, definition=_with(draft, changed), slug=magnet.slug, now=timezone.now())
    if refused:
        context = {"magnet": magnet, "rows": list(_rows(changed, refused))}
        return render(request, "magnets/pictures.html", context, status=422)
    messages.success(request, _("The pictures are part of the draft."))
    return redirect("magnet_pictures", magnet.pk)


def _rows(quiz: QuizSettings, refused: dict[str, str]) -> Iterator[PictureRow]:
    for question in quiz.questions:
        if question.type in CHOICES:
            for option in question.options:
                slot = f"{question.key}-{option.key}"
                yield PictureRow(slot, question.text, option, refused.get(slot, ""))


def _with_pictures(request: HttpRequest, question: Question, refused: dict[str, str]) -> Question:
    options = tuple(_with_picture(request, f"{question.key}-{option.key}", option, refused) for option in question.options)
    return msgspec.structs.replace(question, options=options)


def _with_picture(request: HttpRequest, slot: str, option: Option, refused: dict[str, str]) -> Option:
    words = " ".join(request.POST.get(f"words-{slot}", option.picture_words).replace("\0", " ").split())[:LONGEST_WORDS]
    picture = "" if request.POST.get(f"without-{slot}") else option.picture
    upload = request.FILES.get(f"picture-{slot}")
    if upload is not None:
        try:
            clean = as_png(upload.read(), box=BOX)
            picture = BlobStore(settings.FOLDER.blobs).write(io.BytesIO(clean), limit_bytes=LARGEST_BYTES).key
        except (NotAPicture, PictureTooLarge) as mistake:
            refused[slot] = _(mistake.sentence)
    if picture and not words:
        refused.setdefault(slot, _("Say what is on the picture: some of your readers hear it."))
    return msgspec.structs.replace(option, picture=picture, picture_words=words if picture else "")


def _with(draft: MagnetDefinition, quiz: QuizSettings) -> MagnetDefinition:
    return msgspec.structs.replace(draft, settings=msgspec.to_builtins(quiz))
