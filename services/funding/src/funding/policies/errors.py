"""Refusals about policies."""


class PublishedVersionDiffers(ValueError):
    """A version that was published is held with other content: versions never change, add the next one."""
