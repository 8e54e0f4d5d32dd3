"""How the world reaches us over HTTP: partners (`api`), subscribers (`feeds`), operators (`ops`)."""
