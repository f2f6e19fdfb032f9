"""Query parameters of lists: every parameter is declared, so that a misspelt filter is refused and named."""

from pydantic import BaseModel, ConfigDict, Field

from chassis.paging import DEFAULT_LIMIT, MAX_LIMIT, PageOf, decode


class PageQuery(BaseModel):
    """Parent of each list's filters; unknown parameters are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: int = Field(default=DEFAULT_LIMIT, ge=1, le=MAX_LIMIT, description="Rows per page")
    cursor: str | None = Field(default=None, max_length=500, description="`next_cursor` of the page before")

    @property
    def page(self) -> PageOf:
        """The page asked for; raises CursorInvalid."""
        return PageOf(self.limit, None if self.cursor is None else decode(self.cursor))
