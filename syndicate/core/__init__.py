"""The newsroom's rules, as values and pure functions. Standard library only: no clock, network, SQL or Flask."""
