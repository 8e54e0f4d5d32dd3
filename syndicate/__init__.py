"""Syndicate: receive partner stories, clean them, let editors decide, publish them with the credit they came with."""
