"""Passwords chosen anew: by a link in a mail, or by knowing the old one."""
