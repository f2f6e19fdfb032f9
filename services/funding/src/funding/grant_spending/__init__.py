"""What recipients spent, shown by evidence, and what they owe back."""
