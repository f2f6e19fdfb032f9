"""The bank of teaching resources: submitted, reviewed by another, published in versions, used and rated."""
