"""The main job, shown: one newsroom, one story, from a partner's push to a subscriber's feed."""

from syndicate.demo.job import show_main_job

__all__ = ["show_main_job"]
