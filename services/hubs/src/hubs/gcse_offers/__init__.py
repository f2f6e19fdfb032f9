"""Whether a school offers GCSE computer science in an academic year: attested, dated, conflicts decided by a person."""
