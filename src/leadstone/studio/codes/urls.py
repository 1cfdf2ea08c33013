"""Addresses of codes: the counter, what was redeemed, and the pools."""

from django.urls import path

from leadstone.studio.codes import counter, pools, redemptions

urlpatterns = [
    path("", counter.counter, name="counter"),
    path("check", counter.check, name="code_check"),
    path("redeem", counter.redeem, name="code_redeem"),
    path("redemptions", redemptions.redemptions, name="redemptions"),
    path("redemptions.csv", redemptions.redemptions_csv, name="redemptions_csv"),
    path("redemptions/<int:redemption_id>/take-back", counter.take_back, name="redemption_take_back"),
    path("pools", pools.pools, name="code_pools"),
    path("pools/<int:magnet_id>", pools.pool, name="code_pool"),
    path("pools/<int:magnet_id>/codes.csv", pools.codes_csv, name="codes_csv"),
    path("pools/<int:magnet_id>/add", pools.add, name="codes_add"),
    path("pools/<int:magnet_id>/make", pools.make, name="codes_make"),
    path("pools/<int:magnet_id>/low", pools.low, name="codes_low"),
]
