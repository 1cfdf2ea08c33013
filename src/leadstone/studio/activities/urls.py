"""Addresses of activities."""

from django.urls import path

from leadstone.studio.activities import doing, listing, subscription, views

urlpatterns = [
    path("", listing.activities, name="activities"),
    path("calendar", subscription.subscription, name="calendar_subscription"),
    path("calendar/<str:token>.ics", subscription.feed, name="calendar_feed"),
    path("export.csv", listing.activities_csv, name="activities_csv"),
    path("plan", doing.plan, name="activity_plan"),
    path("note", doing.note_write, name="note_write"),
    path("call/<int:lead_id>", doing.call_log, name="call_log"),
    path("<int:activity_id>", views.activity, name="activity"),
    path("<int:activity_id>/done", doing.done, name="activity_done"),
    path("<int:activity_id>/tomorrow", doing.tomorrow, name="activity_tomorrow"),
    path("<int:activity_id>/due/<int:seconds>", doing.due_back, name="activity_due_back"),
    path("<int:activity_id>/take-back", doing.take_back, name="activity_take_back"),
    path("<int:activity_id>/bring-back", doing.bring_back, name="activity_bring_back"),
    path("<int:activity_id>/reopen", doing.reopen, name="activity_reopen"),
]
