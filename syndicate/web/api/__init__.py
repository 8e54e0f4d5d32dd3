"""The partner API, /api/v1, and the documents that describe it."""
