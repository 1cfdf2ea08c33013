"""The post that an address names, or 404."""

from django.http import Http404

from leadstone.domains.posts import queries
from leadstone.domains.posts.queries import NoSuchPost, PostFacts


def find_post(post_id: int) -> PostFacts:
    try:
        return queries.post(post_id)
    except NoSuchPost as unknown:
        raise Http404 from unknown
