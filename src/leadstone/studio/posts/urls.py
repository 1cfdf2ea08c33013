"""Addresses of this area."""

from django.urls import path

from leadstone.studio.posts import card, counting, editing, listing, pictures

urlpatterns = [
    path("", listing.post_list, name="posts"),
    path("export.csv", listing.posts_csv, name="posts_csv"),
    path("new", editing.post_new, name="post_new"),
    path("figures", counting.figures_file, name="figures_file"),
    path("pictures/<int:magnet_id>/<str:shape>.png", pictures.share_picture, name="share_picture"),
    path("<int:post_id>", card.post_card, name="post"),
    path("<int:post_id>/change", editing.post_change, name="post_change"),
    path("<int:post_id>/remove", editing.post_remove, name="post_remove"),
    path("<int:post_id>/back", editing.post_back, name="post_back"),
    path("<int:post_id>/figures", counting.figures_add, name="figures_add"),
    path("<int:post_id>/figures/<str:day>/take-back", counting.figures_take_back, name="figures_take_back"),
    path("<int:post_id>/figures/<str:day>/count-again", counting.figures_count_again, name="figures_count_again"),
]
