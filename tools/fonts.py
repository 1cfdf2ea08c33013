"""Subset the two typefaces to the letters that Latin-script Europe writes with, for build_assets.

Each face becomes two variable files, so that a page without "ł" or "ő" loads one: `NAME.woff2` (unicode-range BASIC) and
`NAME-ext.woff2` (unicode-range EXTENDED). Use exactly these ranges in `@font-face`.
"""

import argparse
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

BASIC = "U+0000-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2190-2193,U+2212,U+2215"
EXTENDED = "U+0100-0130,U+0132-0151,U+0154-017F,U+0218-021B,U+1E9E"

# name → (npm package, weights kept)
FACES = {
    "inter": ("inter", (400, 700)),
    "source-serif-4": ("source-serif-4", (400, 700)),
}
FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum", "case"]


def code_points(ranges: str) -> set[int]:
    """The code points in a CSS unicode-range value."""
    found: set[int] = set()
    for part in ranges.split(","):
        first, _, last = part.removeprefix("U+").partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def subset(source: Path, target: Path, *, ranges: str, weights: tuple[int, int]) -> None:
    font = TTFont(source)
    options = Options(layout_features=FEATURES, flavor="woff2", hinting=False, desubroutinize=True, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=code_points(ranges))
    subsetter.subset(font)
    instantiateVariableFont(font, {"wght": weights}, inplace=True)
    font.flavor = "woff2"
    font.save(target)


def main() -> None:
    reader = argparse.ArgumentParser(description="Subset the fonts.")
    reader.add_argument("--from", dest="modules", type=Path, required=True, help="the node_modules folder")
    reader.add_argument("--into", type=Path, required=True, help="the folder of the results")
    given = reader.parse_args()
    for name, (package, weights) in FACES.items():
        files = given.modules / "@fontsource-variable" / package / "files"
        for part, ranges, suffix in (("latin", BASIC, ""), ("latin-ext", EXTENDED, "-ext")):
            target = given.into / f"{name}{suffix}.woff2"
            subset(files / f"{package}-{part}-wght-normal.woff2", target, ranges=ranges, weights=weights)


if __name__ == "__main__":
    main()
