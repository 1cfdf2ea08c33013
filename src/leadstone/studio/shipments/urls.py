"""The addresses of these screens."""

from django.urls import path

from leadstone.studio.shipments import acting, card, labels, listing, stock

urlpatterns = [
    path("", listing.parcel_list, name="parcels"),
    path("export.csv", listing.parcels_csv, name="parcels_csv"),
    path("sent", acting.sent, name="parcels_sent"),
    path("sent/back/<str:parcel_ids>", acting.sent_back, name="parcels_sent_back"),
    path("labels.pdf", labels.printed, name="parcel_labels"),
    path("stock/", stock.stocks, name="stocks"),
    path("stock/<int:magnet_id>", stock.stock, name="stock"),
    path("<int:parcel_id>", card.parcel, name="parcel"),
    path("<int:parcel_id>/returned", card.returned, name="parcel_returned"),
    path("<int:parcel_id>/address", card.address, name="parcel_address"),
]
