"""The first start."""

from django.urls import path

from leadstone.studio.setup import views

urlpatterns = [path("setup", views.set_up, name="set_up")]
