"""The first screen."""

from django.urls import path

from leadstone.studio.today import views

urlpatterns = [path("", views.today, name="today")]
