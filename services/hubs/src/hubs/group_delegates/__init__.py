"""Delegates: people of a group whom its hub sends to occasions of the network."""
