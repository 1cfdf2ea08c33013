"""The body of a letter: a small part of Markdown (CommonMark's spelling), read into blocks, so that nobody ever writes HTML.

Known are `## heading`, `- list`, `> quote`, `**bold**`, `*italic*`, `[words](https://…)` and bare web addresses. All else is
text, and stays what it is. A line ends where its writer ended it.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

import msgspec

LONGEST_BODY = 20_000
# What may stand in no text of a letter: XML 1.0 knows these characters not at all, and mail programs draw nothing for them.
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_ADDRESS = r"https?://[^\s<>\"()\[\]]+"
_INLINE = re.compile(
    rf"\[(?P<words>[^\[\]\n]+)\]\((?P<link>{_ADDRESS})\)"
    r"|\*\*(?P<bold>[^*\n]+)\*\*"
    r"|(?<![\w*])\*(?P<italic>[^*\n]+)\*(?![\w*])"
    rf"|(?P<bare>{_ADDRESS}(?<![.,;:!?…”']))"
)
_LOOKS_LIKE_LINK = re.compile(r"\[[^\[\]\n]+\]\((?P<address>[^)\n]*)\)")


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    QUOTE = "quote"


class Span(msgspec.Struct, frozen=True, omit_defaults=True):
    """A run of text that looks the same; `link` is an absolute web address or empty."""

    text: str
    link: str = ""
    bold: bool = False
    italic: bool = False


class Block(msgspec.Struct, frozen=True):
    """Lines that stand together: of a list its points."""

    kind: BlockKind
    lines: tuple[tuple[Span, ...], ...]


def read_body(text: str) -> tuple[Block, ...]:
    """The blocks of `text`, in their order; control characters are left out."""
    clean = UNREADABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return tuple(block for part in re.split(r"\n[ \t]*\n", clean) for block in _blocks_in(part))


def _blocks_in(part: str) -> Iterator[Block]:
    """Lines of one kind that follow each other are one block."""
    held: list[tuple[Span, ...]] = []
    kind = BlockKind.PARAGRAPH
    for line in part.split("\n"):
        if not line.strip():
            continue
        found, words = _marked(line.strip())
        if held and (found is not kind or found is BlockKind.HEADING):
            yield Block(kind, tuple(held))
            held = []
        kind = found
        held.append(tuple(read_line(words)))
    if held:
        yield Block(kind, tuple(held))


def _marked(line: str) -> tuple[BlockKind, str]:
    for mark, kind in (("#", BlockKind.HEADING), ("- ", BlockKind.LIST), ("* ", BlockKind.LIST), ("> ", BlockKind.QUOTE)):
        if line.startswith(mark) and line.lstrip(mark).strip():
            return kind, line.lstrip(mark).strip()
    return BlockKind.PARAGRAPH, line


def read_line(line: str) -> Iterator[Span]:
    """The spans of one line."""
    done = 0
    for match in _INLINE.finditer(line):
        if match.start() > done:
            yield Span(line[done : match.start()])
        done = match.end()
        if match["link"]:
            yield Span(match["words"], link=match["link"])
        elif match["bare"]:
            yield Span(match["bare"], link=match["bare"])
        elif match["bold"]:
            yield Span(match["bold"], bold=True)
        else:
            yield Span(match["italic"], italic=True)
    if done < len(line):
        yield Span(line[done:])


def broken_links(text: str) -> list[str]:
    """What was meant as the address of a link and is none that a letter may carry: not absolute, or not of the web."""
    return [match["address"] for match in _LOOKS_LIKE_LINK.finditer(text) if not re.fullmatch(_ADDRESS, match["address"])]


def plain_words(blocks: tuple[Block, ...]) -> str:
    """The words alone, a line a line."""
    return "\n".join("".join(span.text for span in line) for block in blocks for line in block.lines)
