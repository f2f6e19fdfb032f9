"""What a merge of two people means for money: nothing is rewritten, and both ids count as one."""
