"""Who people are: accounts, passwords, codes, sessions. What they may do is asked in `service.desk`."""
