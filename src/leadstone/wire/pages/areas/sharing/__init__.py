"""Sharing a magnet: buttons and pictures without a third party."""
