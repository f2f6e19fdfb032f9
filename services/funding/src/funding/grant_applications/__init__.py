"""Calls for applications, applications, panel scores, and decisions that become proposals of awards."""
