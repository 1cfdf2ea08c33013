"""The addresses of these screens."""

from django.urls import path

from leadstone.studio.machines import deliveries, endpoints, keys

urlpatterns = [
    path("", keys.keys, name="machines"),
    path("keys/<int:key_id>/revoke", keys.revoke, name="key_revoke"),
    path("keys/<int:key_id>/back", keys.back, name="key_back"),
    path("webhooks", endpoints.endpoints, name="endpoints"),
    path("webhooks/<int:endpoint_id>", endpoints.endpoint, name="endpoint"),
    path("webhooks/<int:endpoint_id>/secret", endpoints.secret, name="endpoint_secret"),
    path("webhooks/<int:endpoint_id>/rotate", endpoints.rotate, name="endpoint_rotate"),
    path("webhooks/<int:endpoint_id>/test", endpoints.test, name="endpoint_test"),
    path("webhooks/<int:endpoint_id>/stop", endpoints.stop, name="endpoint_stop"),
    path("webhooks/<int:endpoint_id>/remove", endpoints.remove, name="endpoint_remove"),
    path("webhooks/<int:endpoint_id>/back", endpoints.back, name="endpoint_back"),
    path("deliveries", deliveries.deliveries, name="deliveries"),
    path("deliveries.csv", deliveries.deliveries_csv, name="deliveries_csv"),
    path("deliveries/again", deliveries.again_all, name="deliveries_again"),
    path("deliveries/<int:delivery_id>", deliveries.delivery, name="delivery"),
    path("deliveries/<int:delivery_id>/again", deliveries.again, name="delivery_again"),
]
