"""The portal's addresses: what the edge forwards, and nothing of the studio."""

from django.urls import path

from leadstone.portal import book, book_change, code, held, kiosk, letters, my, parcel_address, preview, report

urlpatterns = [
    path("my/preview/<str:token>", preview.draft_page, name="preview"),
    path("my/<str:token>", my.my_page, name="my"),
    path("my/<str:token>/leave", my.leave_everything, name="my-leave"),
    path("my/<str:token>/withdraw", my.withdraw, name="my-withdraw"),
    path("my/<str:token>/undo", my.undo, name="my-undo"),
    path("my/<str:token>/letters", my.choose_letters, name="my-letters"),
    path("d/<str:token>/letters", letters.choose_topics, name="held-letters"),
    path("d/<str:token>/address", parcel_address.address, name="parcel-address"),
    path("d/<str:token>/report", report.report, name="result-report"),
    path("d/<str:token>", held.delivery_page, name="held"),
    path("book/<slug:slug>/form", book.form, name="book-form"),
    path("book/move/<str:token>", book_change.move, name="book-move"),
    path("book/cancel/<str:token>", book_change.cancel, name="book-cancel"),
    path("book/again/<str:token>", book_change.again, name="book-again"),
    path("book/calendar/<str:token>", book_change.calendar, name="book-calendar"),
    path("book/<slug:slug>", book.choose, name="book"),
    path("kiosk/pair", kiosk.pair, name="kiosk-pair"),
    path("m/<slug:slug>/thanks/<str:ref>", code.check_code, name="code"),
]
