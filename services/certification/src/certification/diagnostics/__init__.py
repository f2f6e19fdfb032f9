"""Questionnaires that recommend a pathway."""
