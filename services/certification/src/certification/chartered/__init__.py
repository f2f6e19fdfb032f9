"""The pathway to chartered status: stages, what each needs, and how far a teacher's application is."""
