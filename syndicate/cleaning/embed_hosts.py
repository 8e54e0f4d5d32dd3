"""Whose players may stand in a story as an iframe. Data: a new host is a new row."""

import re

PLAYERS: dict[str, str] = {}


def is_player(address: str) -> bool:
    """Is this the address of a player as we write it?"""
    return any(re.match(pattern, address) for pattern in PLAYERS.values())
