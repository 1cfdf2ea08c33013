"""Addresses of this area."""

from django.urls import path

from leadstone.studio.suppliers import card, delivering, editing, listing, people, purchases, telling

urlpatterns = [
    path("", listing.supplier_list, name="suppliers"),
    path("export.csv", listing.suppliers_csv, name="suppliers_csv"),
    path("new", editing.supplier_new, name="supplier_new"),
    path("<int:supplier_id>", card.supplier_card, name="supplier"),
    path("<int:supplier_id>/change", editing.supplier_change, name="supplier_change"),
    path("<int:supplier_id>/end", editing.supplier_end, name="supplier_end"),
    path("<int:supplier_id>/begin-again", editing.supplier_begin_again, name="supplier_begin_again"),
    path("<int:supplier_id>/deliver", delivering.deliver, name="supplier_deliver"),
    path("<int:supplier_id>/purchases.csv", purchases.purchases_csv, name="purchases_csv"),
    path("<int:supplier_id>/credited", purchases.mark_credited, name="supplier_credited"),
    path("<int:supplier_id>/credited/<int:moment>/take-back", purchases.not_credited, name="supplier_not_credited"),
    path("people", telling.people_to_tell, name="people_to_tell"),
    path("people.csv", telling.people_csv, name="people_csv"),
    path("people/write", telling.people_write, name="people_write"),
    path("people/tell", telling.people_tell, name="people_tell"),
    path("people/untell/<int:moment>", telling.people_untell, name="people_untell"),
    path("people/<int:lead_id>/write", people.notice_write, name="notice_write"),
    path("people/<int:lead_id>/tell", people.notice_tell, name="notice_tell"),
    path("people/<int:lead_id>/untell/<int:moment>", people.notice_untell, name="notice_untell"),
    path("people/<int:lead_id>/basis", people.basis_state, name="basis_state"),
    path("people/<int:lead_id>/basis/<str:told>/take-back", people.basis_take_back, name="basis_take_back"),
    path("purchases/<int:purchase_id>/give-back", purchases.give_back, name="purchase_give_back"),
    path("purchases/<int:purchase_id>/keep/<int:moment>", purchases.keep_after_all, name="purchase_keep"),
]
