"""The addresses of the needs."""

from django.urls import path

from leadstone.studio.needs import changing, themes

urlpatterns = [
    path("", themes.listing, name="needs"),
    path("export.csv", themes.listing_csv, name="needs_csv"),
    path("loose", themes.loose, name="needs_loose"),
    path("<int:theme_id>", themes.theme, name="theme"),
    path("<int:theme_id>/answers.csv", themes.voices_csv, name="theme_csv"),
    path("<int:theme_id>/name", changing.rename, name="theme_rename"),
    path("<int:theme_id>/join", changing.join, name="theme_join"),
    path("<int:theme_id>/apart", changing.apart, name="theme_apart"),
    path("<int:theme_id>/split", changing.split, name="theme_split"),
    path("<int:theme_id>/magnets/<int:magnet_id>/<str:verdict>", changing.decide, name="theme_decide"),
    path("<int:theme_id>/magnets/add", changing.add_magnet, name="theme_add_magnet"),
    path("<int:theme_id>/begin", changing.begin, name="theme_begin"),
    path("answers/<int:voice_id>/move", changing.move, name="voice_move"),
]
