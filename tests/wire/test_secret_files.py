"""One secret for everybody who asks first."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from leadstone.wire.secret_files import load_or_create_secret

AT_ONCE = 16


def test_threads_that_ask_first_at_the_same_moment_get_the_same_secret(tmp_path: Path) -> None:
    for number in range(20):
        together, path = Barrier(AT_ONCE), tmp_path / "keys" / f"{number}.key"

        def ask(path: Path = path, together: Barrier = together) -> str:
            together.wait()
            return load_or_create_secret(path)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            found = {asked.result() for asked in [pool.submit(ask) for _ in range(AT_ONCE)]}

        assert found == {path.read_text()}


def test_a_secret_is_for_its_owner_only_and_no_draft_of_it_stays(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "edge.key"

    assert load_or_create_secret(path, size=4) == load_or_create_secret(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["edge.key"]
    assert len(path.read_text()) == 8


def test_a_draft_that_a_crash_left_behind_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / ".edge.key.1").write_text("half of")

    assert len(load_or_create_secret(tmp_path / "edge.key", size=4)) == 8
