"""The live page of all components."""

from django.urls import path

from leadstone.studio.design import views

urlpatterns = [path("design", views.design, name="design")]
