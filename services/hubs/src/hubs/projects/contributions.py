"""When somebody's part in a group's online discussion earns credit for what they give to the professional community."""

from typing import Annotated, Literal

from pydantic import Field, PositiveInt, model_validator
from pydantic_core import PydanticCustomError

from hubs.projects.parts import Part, Section, Words


class CommunityCredit(Part):
    """One acceptance for each person of a group; what it is worth stands in the catalogue of activities."""

    activity: Annotated[str, Field(pattern="^[a-z0-9][a-z0-9-]*$", max_length=120)] = Field(
        description="Of the catalogue of community activities."
    )
    accepted_by: Literal["confirmation", "posts"] = Field(
        description="A lead or the hub's staff confirm a post, or so many posts are enough."
    )
    posts: PositiveInt | None = Field(default=None, description="How many, with `posts`.")
    within_weeks: PositiveInt | None = Field(default=None, description="Within how many weeks, with `posts`.")
    says: Words
    section: Section | None = None

    @model_validator(mode="after")
    def _is_complete(self) -> "CommunityCredit":
        given = (self.posts is not None, self.within_weeks is not None)
        if given != (self.accepted_by == "posts",) * 2:
            raise PydanticCustomError("credit-frequency", "Posts and weeks are given with `posts`, and only with it.")
        return self
