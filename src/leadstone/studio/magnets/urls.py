"""The addresses of the magnets' screens."""

from django.urls import path

from leadstone.studio.magnets import asked, editor, life, listing, pictures, previews, publishing, trying
from leadstone.studio.needs import promise

urlpatterns = [
    path("magnets/", listing.magnets, name="magnets"),
    path("magnets/drop", editor.drop, name="magnet_drop"),
    path("magnets/begin", editor.begin, name="magnet_begin"),
    path("magnets/<int:magnet_id>/", editor.edit, name="magnet"),
    path("magnets/<int:magnet_id>/draft", editor.save, name="magnet_save"),
    path("magnets/<int:magnet_id>/undo", editor.undo, name="magnet_undo"),
    path("magnets/<int:magnet_id>/file", editor.replace_file, name="magnet_file"),
    path("magnets/<int:magnet_id>/pictures", pictures.pictures, name="magnet_pictures"),
    path("magnets/<int:magnet_id>/preview", previews.draft_page, name="magnet_preview"),
    path("magnets/<int:magnet_id>/publish", publishing.publish, name="magnet_publish"),
    path("magnets/<int:magnet_id>/withdraw", publishing.withdraw, name="magnet_withdraw"),
    path("magnets/<int:magnet_id>/restore", publishing.restore, name="magnet_restore"),
    path("magnets/<int:magnet_id>/versions", publishing.versions, name="magnet_versions"),
    path("magnets/<int:magnet_id>/versions/<int:number>", previews.version_page, name="magnet_version"),
    path("magnets/<int:magnet_id>/try", trying.visit, name="magnet_try"),
    path("magnets/<int:magnet_id>/try/page", trying.phone, name="magnet_try_page"),
    path("magnets/<int:magnet_id>/try/mail", trying.mail, name="magnet_try_mail"),
    path("magnets/<int:magnet_id>/try/lead", trying.lead, name="magnet_try_lead"),
    path("magnets/<int:magnet_id>/duplicate", life.duplicate, name="magnet_duplicate"),
    path("magnets/<int:magnet_id>/languages", life.link, name="magnet_link"),
    path("magnets/<int:magnet_id>/languages/new", life.in_language, name="magnet_in_language"),
    path("magnets/<int:magnet_id>/languages/leave", life.leave, name="magnet_leave"),
    path("magnets/<int:magnet_id>/shown", life.show, name="magnet_show"),
    path("magnets/<int:magnet_id>/shown/end", life.hide, name="magnet_hide"),
    path("magnets/<int:magnet_id>/questions", asked.page, name="magnet_questions"),
    path("magnets/<int:magnet_id>/questions/export.csv", asked.page_csv, name="magnet_questions_csv"),
    path("magnets/<int:magnet_id>/questions/stopped.csv", asked.stopped_csv, name="magnet_stopped_csv"),
    path("magnets/<int:magnet_id>/promise", promise.page, name="magnet_promise"),
    path("magnets/<int:magnet_id>/promise/answers.csv", promise.answers_csv, name="magnet_promise_csv"),
    path("magnets/<int:magnet_id>/promise/seen", promise.seen, name="magnet_promise_seen"),
    path("magnets/<int:magnet_id>/promise/show-again", promise.show_again, name="magnet_promise_unseen"),
    path("magnets/mail/<str:mail_id>", trying.letter, name="magnet_letter"),
    path("s/<str:name>", previews.asset, name="magnet_asset"),
]
