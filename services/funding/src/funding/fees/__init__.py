"""What is due for a booking: computed when it is placed, by the policy and the quotes of that moment."""
