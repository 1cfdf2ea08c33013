"""Addresses of letters."""

from django.urls import path

from leadstone.studio.newsletters import composing, listing, promised, readers, recipients, sending

urlpatterns = [
    path("", listing.newsletters, name="newsletters"),
    path("export.csv", listing.newsletters_csv, name="newsletters_csv"),
    path("new", composing.new, name="issue_new"),
    path("promised/<int:magnet_id>", promised.page, name="newsletter_boxes"),
    path("promised/<int:magnet_id>/<int:source_id>", promised.keep, name="newsletter_box"),
    path("<int:issue_id>", composing.issue, name="issue"),
    path("<int:issue_id>/preview", composing.preview, name="issue_preview"),
    path("<int:issue_id>/remove", composing.remove, name="issue_remove"),
    path("<int:issue_id>/bring-back", composing.bring_back, name="issue_bring_back"),
    path("<int:issue_id>/test", sending.test, name="issue_test"),
    path("<int:issue_id>/send", sending.send, name="issue_send"),
    path("<int:issue_id>/take-back", sending.take_back, name="issue_take_back"),
    path("<int:issue_id>/hold", sending.hold, name="issue_hold"),
    path("<int:issue_id>/go-on", sending.go_on, name="issue_go_on"),
    path("<int:issue_id>/stop", sending.stop, name="issue_stop"),
    path("<int:issue_id>/archive", sending.archive, name="issue_archive"),
    path("<int:issue_id>/readers", readers.page, name="issue_readers"),
    path("<int:issue_id>/readers.csv", readers.csv, name="issue_readers_csv"),
    path("<int:issue_id>/recipients", recipients.page, name="issue_recipients"),
    path("<int:issue_id>/recipients.csv", recipients.csv, name="issue_recipients_csv"),
]
