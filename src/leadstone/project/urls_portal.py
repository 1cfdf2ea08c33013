"""The portal's addresses: what the edge forwards, and nothing of the studio."""

from django.urls import path

from leadstone.portal import code, held, my, preview

urlpatterns = [
    path("my/preview/<str:token>", preview.draft_page, name="preview"),
    path("my/<str:token>", my.my_page, name="my"),
    path("my/<str:token>/leave", my.leave_everything, name="my-leave"),
    path("my/<str:token>/withdraw", my.withdraw, name="my-withdraw"),
    path("my/<str:token>/undo", my.undo, name="my-undo"),
    path("d/<str:token>", held.delivery_page, name="held"),
    path("m/<slug:slug>/thanks/<str:ref>", code.check_code, name="code"),
]
