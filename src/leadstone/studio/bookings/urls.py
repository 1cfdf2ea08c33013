"""The addresses of these screens."""

from django.urls import path

from leadstone.studio.bookings import booking, hours, listing, week

urlpatterns = [
    path("", week.bookings, name="bookings"),
    path("list", listing.booking_list, name="booking_list"),
    path("export.csv", listing.bookings_csv, name="bookings_csv"),
    path("hours", hours.my_hours, name="booking_hours"),
    path("hours/<int:user_id>", hours.hours_of, name="booking_hours_of"),
    path("hosts/<int:host_id>/days", hours.day_add, name="booking_day_add"),
    path("hosts/<int:host_id>/days/<int:other_day_id>/remove", hours.day_remove, name="booking_day_remove"),
    path("hosts/<int:host_id>/feeds", hours.feed_add, name="booking_feed_add"),
    path("hosts/<int:host_id>/feeds/<int:feed_id>/remove", hours.feed_remove, name="booking_feed_remove"),
    path("<int:booking_id>", booking.booking, name="booking"),
    path("<int:booking_id>/approve", booking.approve, name="booking_approve"),
    path("<int:booking_id>/decline", booking.decline, name="booking_decline"),
    path("<int:booking_id>/cancel", booking.cancel, name="booking_cancel"),
    path("<int:booking_id>/back", booking.ending_back, name="booking_ending_back"),
    path("<int:booking_id>/move", booking.move, name="booking_move"),
    path("<int:booking_id>/outcome", booking.outcome, name="booking_outcome"),
    path("<int:booking_id>/outcome/back", booking.outcome_back, name="booking_outcome_back"),
]
