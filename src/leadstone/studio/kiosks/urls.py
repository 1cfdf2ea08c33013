"""The addresses of these screens."""

from django.urls import path

from leadstone.studio.kiosks import device, listing, pairing

urlpatterns = [
    path("", listing.kiosks, name="kiosks"),
    path("export.csv", listing.kiosks_csv, name="kiosks_csv"),
    path("new", pairing.new, name="kiosk_new"),
    path("<int:kiosk_id>", device.kiosk, name="kiosk"),
    path("<int:kiosk_id>/link", pairing.link, name="kiosk_link"),
    path("<int:kiosk_id>/revoke", device.revoke, name="kiosk_revoke"),
    path("<int:kiosk_id>/back", device.back, name="kiosk_back"),
    path("<int:kiosk_id>/held", device.held, name="kiosk_held"),
]
