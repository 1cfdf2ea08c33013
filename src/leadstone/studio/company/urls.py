"""Settings."""

from django.urls import path

from leadstone.studio.company import installation, people, views

urlpatterns = [
    path("settings/", views.settings_home, name="settings"),
    path("settings/company", views.company, name="company"),
    path("settings/company/contrast", views.contrast, name="contrast"),
    path("settings/company/logo", views.logo, name="logo"),
    path("settings/people", people.people, name="people"),
    path("settings/people/<int:user_id>", people.role, name="person"),
    path("settings/account", people.account, name="account"),
    path("settings/account/password", people.password, name="password"),
    path("settings/installation", installation.installation, name="installation"),
]
