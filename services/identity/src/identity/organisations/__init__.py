"""The organisations of the programme and what each is responsible for."""
