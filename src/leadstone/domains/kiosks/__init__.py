"""Devices at a fair or on a counter, and what they collected without a network.

Owns: Kiosk, KioskEntry.
Promises: each entry becomes one lead, however often a device sends it.
Never: hands a device anything that was collected.
"""
