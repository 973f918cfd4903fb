"""Earnings calls as one graph: build, query, draw."""
