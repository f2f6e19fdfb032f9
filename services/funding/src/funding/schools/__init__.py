"""Funding's own copy of the facts about schools, kept from `school.changed`."""
