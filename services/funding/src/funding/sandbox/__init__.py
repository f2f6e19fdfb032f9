"""What a sandbox has from the beginning: bursaries in every state, brought there by the steps that people take."""
