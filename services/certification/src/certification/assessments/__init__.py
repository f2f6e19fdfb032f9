"""Sitting a summative assessment: who may, what they are asked, and what comes of it."""
