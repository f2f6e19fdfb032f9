"""The public pages on which anybody checks a certificate: plain HTML that needs no script and no other file."""
