"""The first screen, and what its keys do."""

from django.urls import path

from leadstone.studio.today import views, writing

urlpatterns = [
    path("", views.today, name="today"),
    path("today/<int:lead_id>/later", views.later, name="today_later"),
    path("today/<int:lead_id>/later/back", views.bring_back, name="today_bring_back"),
    path("today/<int:lead_id>/write", writing.write, name="lead_write"),
    path("today/<int:lead_id>/write/<int:note_id>/back", writing.write_back, name="lead_write_back"),
]
