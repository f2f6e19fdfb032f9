"""Answers that the gateway puts together from several services. What a service did not give is named, not left out."""
