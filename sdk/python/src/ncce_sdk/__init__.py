"""The NCCE platform's API: `Ncce` is the client, `Problem` what is raised when it refuses."""

from ncce_sdk.client import Ncce
from ncce_sdk.problems import Problem

__all__ = ["Ncce", "Problem"]
