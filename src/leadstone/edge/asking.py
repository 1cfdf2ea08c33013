"""Questions before a form: one a page, carried from page to page in the form itself.

Nothing is kept of who goes away, but for what they chose where the page says on every step that it is.

A page knows the question that it asks and what was answered before; outcomes, points and what comes later stay here.
"""

from collections.abc import Iterable, Mapping, Sequence

from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.question_views import question_view
from leadstone.domains.magnets.questionnaire import AGREED, PREFIX, Question, Walk, longest_way, read_answer, walk
from leadstone.domains.magnets.stopped import chosen_in, keeps_stopped
from leadstone.edge.answer import Answer
from leadstone.edge.asked import FIRST_PLACE, FORM_PLACE, Pace, Place
from leadstone.edge.context import Edge
from leadstone.edge.delivery import language_of
from leadstone.edge.published import version_seen
from leadstone.edge.request import Request
from leadstone.wire.bundle import PublishedMagnet, PublishedVersion
from leadstone.wire.journal import now_ms
from leadstone.wire.origin import unpack_origin
from leadstone.wire.pages.form_view import FormName, FormView

START, NEXT, BACK, SKIP = "start", "next", "back", "skip"


def gathered(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs with the several answers to one question joined into one, as the rules read them."""
    answers: dict[str, list[str]] = {}
    rest = []
    for name, value in pairs:
        if name.startswith(PREFIX):
            answers.setdefault(name, []).append(value)
        else:
            rest.append((name, value))
    return [*rest, *((name, " ".join(values)) for name, values in answers.items())]


def page_before_form(edge: Edge, request: Request, magnet: PublishedMagnet, pairs: list[tuple[str, str]]) -> Answer | None:
    """The page that comes next; None when the questions are over and this is the form itself."""
    values = dict(reversed(pairs))
    version = version_seen(magnet, edge.forms.read(values.get(FormName.TOKEN, ""))) or magnet.current
    asking = KINDS[version.definition.kind].asking
    if asking is None or asking.on_form:
        return None
    questions = asking.questions(version.definition)
    move = values.get(FormName.MOVE, "")
    at = values.get(FormName.AT, "")
    if move == SKIP:
        values, move = _without(values, [question for question in questions if question.key == at]), NEXT
    way = walk(questions, values)
    if asking.together(version.definition):
        return _page_of_all(edge, request, magnet, version, values, questions=questions)
    if not move and way.complete:
        return None
    place = _place(way, at=at, move=move)
    pace = pace_of(edge, version, values)
    if move == NEXT:
        pace = _went_on(edge, request, pace, [each for each in way.passed if each.key == at], of=questions, values=values)
    if not request.machine_because:
        edge.asked.runs.note(pace.run, version_id=version.version_id, answers=chosen_in(way.passed, way.answers), now=now_ms())
    if place < 0:
        return _page(edge, request, magnet, version, values, carried=way.answers, pace=pace, first=True)
    if place >= len(way.way):
        return _page(edge, request, magnet, version, values, carried=way.answers, pace=pace)
    question = way.way[place]
    asked_again = move != START and way.waiting is question and (not move or at == question.key)
    view = question_view(
        question,
        number=place + 1,
        of_most=place + longest_way(questions[questions.index(question) :]),
        chosen=values.get(question.name, ""),
        error=str(way.error or "") if asked_again and move != BACK else "",
        agreed=values.get(question.tick, "") == AGREED,
    )
    carried = {name: answer for name, answer in way.answers.items() if name not in {question.name, question.tick}}
    form = FormView(
        token=_token(edge, version, values),
        origin=values.get(FormName.ORIGIN, ""),
        pace=_reached(edge, request, pace, _places([question], of=questions), again=asked_again),
        carried=carried,
    )
    html = edge.pages(request).question(version, magnet.slug, language=language_of(request, version), form=form, question=view)
    return edge.private_page(html, status=422 if view.error else 200)


def pace_of(edge: Edge, version: PublishedVersion, values: Mapping[str, str]) -> Pace:
    """How far this form came; not at all where it does not say so under this version."""
    read = edge.paces.read(values.get(FormName.PACE, ""))
    if read is not None and read.version_id == version.version_id:
        return read
    run = int.from_bytes(edge.randomness.take(8)) if keeps_stopped(version.definition) else 0
    return Pace(version.version_id, now_ms(), run=run)


def form_sent(edge: Edge, request: Request, version: PublishedVersion, values: Mapping[str, str]) -> None:
    """The form after the questions was accepted."""
    pace = pace_of(edge, version, values)
    edge.asked.passed(pace, [FORM_PLACE], now=now_ms(), machine=bool(request.machine_because))
    edge.asked.runs.sent(pace.run)


def _without(values: Mapping[str, str], left_out: Iterable[Question]) -> dict[str, str]:
    """What was typed, less what somebody would rather not say; a question that has to be answered asks for it again."""
    names = {name for question in left_out for name in (question.name, question.tick)}
    return {name: value for name, value in values.items() if name not in names}


def _places(asked: Iterable[Question], *, of: Sequence[Question]) -> list[Place]:
    return [Place(of.index(question), question.key) for question in asked]


def _went_on(
    edge: Edge,
    request: Request,
    pace: Pace,
    passed: Sequence[Question],
    *,
    of: Sequence[Question],
    values: Mapping[str, str],
    timed: bool = True,
) -> Pace:
    places, machine = _places(passed, of=of), bool(request.machine_because)
    after = edge.asked.passed(pace, places, now=now_ms(), machine=machine, timed=timed)
    if (after.answered & ~pace.answered) & FIRST_PLACE:
        edge.views.begun(pace.version_id, unpack_origin(values.get(FormName.ORIGIN, "")), machine=machine)
    return after


def _reached(edge: Edge, request: Request, pace: Pace, places: Iterable[Place], *, again: bool = False) -> str:
    """Counts what the next page asks; gives the pace that it has to carry. Of whoever is asked again the time runs on."""
    pace = edge.asked.shown(pace, places, machine=bool(request.machine_because))
    return edge.paces.mint(pace if again else pace._replace(at=now_ms()))


def _page_of_all(
    edge: Edge,
    request: Request,
    magnet: PublishedMagnet,
    version: PublishedVersion,
    values: dict[str, str],
    *,
    questions: Sequence[Question],
) -> Answer | None:
    """Every question on one page, for kinds whose questions do not branch; each that is wrong says so beside it."""
    move, on_page = values.get(FormName.MOVE, ""), bool(values.get(FormName.AT))
    pace = pace_of(edge, version, values)
    read = {question.name: read_answer(question, values.get(question.name, "")) for question in questions}
    answers = {name: answer for name, (answer, _error) in read.items() if answer}
    errors = {name: error.value for name, (_answer, error) in read.items() if error}
    if move == BACK and on_page:
        return _page(edge, request, magnet, version, values, carried=answers, pace=pace, first=True)
    if move == NEXT:
        # How long a single one of them took nobody knows.
        fit = [question for question in questions if question.name not in errors]
        pace = _went_on(edge, request, pace, fit, of=questions, values=values, timed=False)
    if not errors and move in {"", NEXT}:
        return None if not move else _page(edge, request, magnet, version, values, carried=answers, pace=pace)
    shown = errors if move in {"", NEXT} else {}
    views = [
        question_view(
            question,
            number=number,
            of_most=len(questions),
            chosen=values.get(question.name, ""),
            error=shown.get(question.name, ""),
        )
        for number, question in enumerate(questions, start=1)
    ]
    form = FormView(
        token=_token(edge, version, values),
        origin=values.get(FormName.ORIGIN, ""),
        pace=_reached(edge, request, pace, _places(questions, of=questions), again=bool(shown)),
    )
    html = edge.pages(request).questions(version, magnet.slug, language=language_of(request, version), form=form, questions=views)
    return edge.private_page(html, status=422 if shown else 200)


def _place(way: Walk, *, at: str, move: str) -> int:
    """Which question of the way is asked now: -1 is the first screen, one beyond the last is the form."""
    keys = [question.key for question in way.way]
    here = keys.index(at) if at in keys else len(way.passed)
    if move == START:
        return 0
    if move == BACK:
        return here - 1
    return min(here + 1, len(way.passed)) if move == NEXT else len(way.passed)


def _page(
    edge: Edge,
    request: Request,
    magnet: PublishedMagnet,
    version: PublishedVersion,
    values: dict[str, str],
    *,
    carried: Mapping[str, str],
    pace: Pace,
    first: bool = False,
) -> Answer:
    """The first screen, or the form with everything that was answered."""
    pressed = edge.limits.under_pressure(now=now_ms() // 1000)
    form = FormView(
        token=_token(edge, version, values),
        origin=values.get(FormName.ORIGIN, ""),
        pace=_reached(edge, request, pace, [] if first else [FORM_PLACE]),
        carried=carried,
        first=first,
        challenge=edge.proofs.challenge() if pressed and not first else "",
    )
    return edge.private_page(edge.pages(request).magnet(version, magnet.slug, language=language_of(request, version), form=form))


def _token(edge: Edge, version: PublishedVersion, values: dict[str, str]) -> str:
    """The form's own token goes along, so that a whole quiz is one form; a new one where it names no version of ours."""
    token = values.get(FormName.TOKEN, "")
    read = edge.forms.read(token)
    return (
        token if read is not None and read.version_id == version.version_id else edge.forms.mint(version.version_id, now=now_ms())
    )
