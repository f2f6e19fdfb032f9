"""Interleavings, deliveries, crashes and time drawn from a seed, for the real code on the real database.

`scheduler` lets one actor at a time do one statement; `backends` sees which of them the database makes wait; `moments`
is the time and the source of ids; `broker` carries what outboxes hold as unkindly as is allowed. Decision 0032.
"""
