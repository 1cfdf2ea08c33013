"""Settings."""

from django.urls import path

from leadstone.studio.company import account, audit, installation, people, rights, second_factor, teams, views

urlpatterns = [
    path("settings/", views.settings_home, name="settings"),
    path("settings/company", views.company, name="company"),
    path("settings/company/contrast", views.contrast, name="contrast"),
    path("settings/company/logo", views.logo, name="logo"),
    path("settings/people", people.people, name="people"),
    path("settings/people/<int:user_id>", people.person, name="person"),
    path("settings/people/<int:user_id>/link", people.link, name="person_link"),
    path("settings/people/<int:user_id>/factor", people.without_factor, name="person_factor"),
    path("settings/people/<int:user_id>/sessions", people.signed_out, name="person_sessions"),
    path("settings/teams", teams.teams, name="teams"),
    path("settings/teams/<int:team_id>", teams.rename, name="team"),
    path("settings/teams/<int:team_id>/dissolve", teams.dissolve, name="team_dissolve"),
    path("settings/rights", rights.rights, name="rights"),
    path("settings/audit", audit.audit, name="audit"),
    path("settings/audit.csv", audit.audit_csv, name="audit_csv"),
    path("settings/account", account.account, name="account"),
    path("settings/account/password", account.password, name="password"),
    path("settings/account/sessions/<int:session_id>", account.end_session, name="session_end"),
    path("settings/account/sessions", account.end_others, name="sessions_end"),
    path("settings/account/second-factor", second_factor.add, name="factor_add"),
    path("settings/account/second-factor/codes", second_factor.codes, name="factor_codes"),
    path("settings/account/second-factor/remove", second_factor.remove, name="factor_remove"),
    path("settings/installation", installation.installation, name="installation"),
]
