"""Questionnaires on their way: what authors write before it can be taken."""
