"""Benchmarks: each module prints a table and one JSON line. Speed is measured here and never asserted in a test."""
