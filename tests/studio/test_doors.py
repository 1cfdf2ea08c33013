"""What every page of the studio carries: the policy of its content, and the way to the sign-in. The rights of each address are
held in `test_rights_matrix.py`."""

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("company")


@pytest.mark.parametrize("path", ["/", "/leads/", "/settings/company", "/design"])
def test_a_page_runs_no_inline_script_and_is_framed_by_nobody(admin: Client, path: str) -> None:
    answer = admin.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'self'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    page = answer.content.decode()
    assert "<style" not in page
    assert "style=" not in page
    assert "onclick" not in page


def test_a_fragment_asked_for_by_a_stranger_sends_the_whole_page_to_the_sign_in(stranger: Client) -> None:
    answer = stranger.get("/leads/", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/sign-in"
