"""What subscribers read: channels as feeds, and single items."""
