"""Addresses of deals."""

from django.urls import path

from leadstone.studio.deals import adding, board, card, moving, stages

urlpatterns = [
    path("", board.board, name="board"),
    path("new", adding.deal_add, name="deal_add"),
    path("new/<int:lead_id>", adding.deal_add, name="deal_add_to"),
    path("<int:deal_id>", card.deal, name="deal"),
    path("<int:deal_id>/change", card.change, name="deal_change"),
    path("<int:deal_id>/move", moving.move, name="deal_move"),
    path("<int:deal_id>/move/back/<int:version>", moving.move_back, name="deal_move_back"),
    path("<int:deal_id>/add/back/<int:lead_id>", adding.deal_add_back, name="deal_add_back"),
    path("stages", stages.stages, name="stages"),
    path("stages/new", stages.stage_add, name="stage_add"),
    path("stages/<int:stage_id>", stages.stage, name="stage"),
    path("stages/<int:stage_id>/shift", stages.stage_shift, name="stage_shift"),
    path("stages/<int:stage_id>/archive", stages.stage_archive, name="stage_archive"),
    path("stages/<int:stage_id>/restore", stages.stage_restore, name="stage_restore"),
    path("reasons/new", stages.reason_add, name="reason_add"),
    path("reasons/<int:reason_id>", stages.reason, name="reason"),
    path("reasons/<int:reason_id>/archive", stages.reason_archive, name="reason_archive"),
    path("reasons/<int:reason_id>/restore", stages.reason_restore, name="reason_restore"),
]
