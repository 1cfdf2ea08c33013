"""What belongs to no screen: liveness and the two switches."""

from django.urls import path

from leadstone.studio.shell import views

urlpatterns = [
    path("livez", views.livez, name="livez"),
    path("language", views.language, name="language"),
    path("theme", views.theme, name="theme"),
]
