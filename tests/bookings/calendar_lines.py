"""A second reader of calendar files, strict about RFC 5545 §3.1: CRLF, 75 octets a line, folding, one value a property."""

import re
from dataclasses import dataclass, field

_LINE = re.compile(r"(?P<name>[A-Z-]+)(?P<params>(?:;[A-Z-]+=(?:\"[^\"]*\"|[^\";:,]*))*):(?P<value>.*)", re.DOTALL)


@dataclass
class Part:
    name: str
    properties: dict[str, str] = field(default_factory=dict)
    params: dict[str, str] = field(default_factory=dict)
    parts: list["Part"] = field(default_factory=list)


def read(data: bytes) -> Part:
    """The one calendar in `data`; fails on anything that the grammar does not allow."""
    assert data.endswith(b"\r\n")
    raw = data[:-2].split(b"\r\n")
    assert all(len(line) <= 75 and b"\r" not in line and b"\n" not in line for line in raw)
    unfolded = b"\r\n".join(raw).replace(b"\r\n ", b"").decode("utf-8").split("\r\n")
    open_parts: list[Part] = []
    done: list[Part] = []
    for line in unfolded:
        found = _LINE.fullmatch(line)
        assert found is not None, line
        name, value = found["name"], found["value"]
        if name == "BEGIN":
            open_parts.append(Part(value))
        elif name == "END":
            part = open_parts.pop()
            assert part.name == value
            (open_parts[-1].parts if open_parts else done).append(part)
        else:
            assert name not in open_parts[-1].properties, name
            assert not any(ord(c) < 32 for c in value), line
            open_parts[-1].properties[name] = _unescaped(value)
            open_parts[-1].params[name] = found["params"]
    assert not open_parts
    (calendar,) = done
    assert calendar.name == "VCALENDAR"
    return calendar


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)
