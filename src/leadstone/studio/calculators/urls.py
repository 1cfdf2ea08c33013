"""The address at which a calculator is tried."""

from django.urls import path

from leadstone.studio.calculators import trying

urlpatterns = [
    path("<int:magnet_id>/calculate", trying.calculate, name="calculator_try"),
]
