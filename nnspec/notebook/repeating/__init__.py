"""Captured fits trained from many seeds, and the printed figures placed among them."""
