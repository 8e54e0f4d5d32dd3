"""Pictures as files: looked at before they are trusted, kept once by their content, made anew for readers.

Only this room knows Pillow and fsspec.
"""

from syndicate.media.files import Files
from syndicate.media.inspect import Limits
from syndicate.media.renditions import TYPES
from syndicate.media.shelf import Shelf, file_of, is_ours, rendition_of

__all__ = ["TYPES", "Files", "Limits", "Shelf", "file_of", "is_ours", "rendition_of"]
