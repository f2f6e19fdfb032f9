"""Group spaces. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.group_spaces import (
    GroupSpaceOut,
    HubsGroupSpacesSchemasTopicOut,
    PostModerationIn,
    PostReportDecisionIn,
    PostReportIn,
    PostReportOut,
    PostReportReceipt,
    ReadingIn,
    SpaceContributionOut,
    SpacePostEdit,
    SpacePostIn,
    SpacePostOut,
    TopicIn,
    TopicModerationIn,
    WordingsOut,
)
from ncce_sdk.transport import Area, answer, segment


class GroupSpacesArea(Area):
    """What people of a group write to each other: topics, posts, and those who moderate."""

    def add_space_post(
        self, group_id: UUID, topic_id: UUID, body: SpacePostIn, *, idempotency_key: str | None = None
    ) -> SpacePostOut:
        """Write in a topic. How much one may write in a while is limited; what is refused is not stored."""
        return answer(
            SpacePostOut,
            self._transport.send(
                "POST",
                f"/v1/group-spaces/{segment(group_id)}/topics/{segment(topic_id)}/posts",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def begin_space_topic(
        self, group_id: UUID, body: TopicIn, *, idempotency_key: str | None = None
    ) -> HubsGroupSpacesSchemasTopicOut:
        """Begin a topic with the post that opens it."""
        return answer(
            HubsGroupSpacesSchemasTopicOut,
            self._transport.send(
                "POST",
                f"/v1/group-spaces/{segment(group_id)}/topics",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def confirm_space_contribution(self, group_id: UUID, post_id: UUID) -> SpaceContributionOut:
        """Accept a post as its author's contribution to the community, where the project credits one. Once per
        person.
        """
        return answer(
            SpaceContributionOut,
            self._transport.send("POST", f"/v1/group-spaces/{segment(group_id)}/posts/{segment(post_id)}/contribution"),
        )

    def decide_space_report(self, group_id: UUID, post_report_id: UUID, body: PostReportDecisionIn) -> PostReportOut:
        """Uphold a report, which hides the post, or dismiss it."""
        return answer(
            PostReportOut,
            self._transport.send(
                "POST", f"/v1/group-spaces/{segment(group_id)}/reports/{segment(post_report_id)}/decision", body=body
            ),
        )

    def edit_space_post(self, group_id: UUID, post_id: UUID, body: SpacePostEdit, *, if_match: str) -> SpacePostOut:
        """Change a post of one's own, from the version that was read. Those who moderate see the words before."""
        return answer(
            SpacePostOut,
            self._transport.send(
                "PATCH",
                f"/v1/group-spaces/{segment(group_id)}/posts/{segment(post_id)}",
                headers={"if-match": if_match},
                body=body,
            ),
        )

    def get_space_post(self, group_id: UUID, post_id: UUID) -> SpacePostOut:
        """One post. Its ETag is what an edit needs."""
        return answer(
            SpacePostOut, self._transport.send("GET", f"/v1/group-spaces/{segment(group_id)}/posts/{segment(post_id)}")
        )

    def get_space_topic(self, group_id: UUID, topic_id: UUID) -> HubsGroupSpacesSchemasTopicOut:
        """One topic."""
        return answer(
            HubsGroupSpacesSchemasTopicOut,
            self._transport.send("GET", f"/v1/group-spaces/{segment(group_id)}/topics/{segment(topic_id)}"),
        )

    def list_group_spaces(self, *, limit: int | None = None) -> Iterator[GroupSpaceOut]:
        """Spaces of groups that the caller is in, leads or keeps, newest first, each with what is unread."""
        return self._transport.each(GroupSpaceOut, "GET", "/v1/group-spaces", query={"limit": limit})

    def list_space_contributions(self, group_id: UUID, *, limit: int | None = None) -> Iterator[SpaceContributionOut]:
        """Contributions that were accepted: the caller's, and everybody's for those who moderate."""
        return self._transport.each(
            SpaceContributionOut, "GET", f"/v1/group-spaces/{segment(group_id)}/contributions", query={"limit": limit}
        )

    def list_space_post_wordings(self, group_id: UUID, post_id: UUID) -> WordingsOut:
        """How a post was worded before its edits."""
        return answer(
            WordingsOut,
            self._transport.send("GET", f"/v1/group-spaces/{segment(group_id)}/posts/{segment(post_id)}/wordings"),
        )

    def list_space_posts(self, group_id: UUID, topic_id: UUID, *, limit: int | None = None) -> Iterator[SpacePostOut]:
        """Posts of a topic in their order. Those withdrawn or hidden keep their place, without their words."""
        return self._transport.each(
            SpacePostOut,
            "GET",
            f"/v1/group-spaces/{segment(group_id)}/topics/{segment(topic_id)}/posts",
            query={"limit": limit},
        )

    def list_space_reports(
        self, group_id: UUID, *, status: Literal["open", "upheld", "dismissed"] | None = None, limit: int | None = None
    ) -> Iterator[PostReportOut]:
        """Reports of posts, oldest first. Who reported is not told."""
        return self._transport.each(
            PostReportOut,
            "GET",
            f"/v1/group-spaces/{segment(group_id)}/reports",
            query={"status": status, "limit": limit},
        )

    def list_space_topics(
        self, group_id: UUID, *, limit: int | None = None
    ) -> Iterator[HubsGroupSpacesSchemasTopicOut]:
        """Topics by their last post, the newest first."""
        return self._transport.each(
            HubsGroupSpacesSchemasTopicOut,
            "GET",
            f"/v1/group-spaces/{segment(group_id)}/topics",
            query={"limit": limit},
        )

    def moderate_space_post(self, group_id: UUID, post_id: UUID, body: PostModerationIn) -> SpacePostOut:
        """Hide a post, or show it again. Found abusive, what it earned is taken back. A repeat changes nothing."""
        return answer(
            SpacePostOut,
            self._transport.send(
                "POST", f"/v1/group-spaces/{segment(group_id)}/posts/{segment(post_id)}/moderation", body=body
            ),
        )

    def moderate_space_topic(
        self, group_id: UUID, topic_id: UUID, body: TopicModerationIn
    ) -> HubsGroupSpacesSchemasTopicOut:
        """Lock a topic, or open it again. A repeat changes nothing."""
        return answer(
            HubsGroupSpacesSchemasTopicOut,
            self._transport.send(
                "POST", f"/v1/group-spaces/{segment(group_id)}/topics/{segment(topic_id)}/moderation", body=body
            ),
        )

    def report_space_post(self, group_id: UUID, post_id: UUID, body: PostReportIn) -> PostReportReceipt:
        """Say that a post should not be there; those who moderate decide. Said again, it is the same report."""
        return answer(
            PostReportReceipt,
            self._transport.send(
                "POST", f"/v1/group-spaces/{segment(group_id)}/posts/{segment(post_id)}/reports", body=body
            ),
        )

    def search_space_posts(self, group_id: UUID, *, q: str, limit: int | None = None) -> Iterator[SpacePostOut]:
        """Posts of a space with these words, newest first; what is withdrawn or hidden is not found."""
        return self._transport.each(
            SpacePostOut, "GET", f"/v1/group-spaces/{segment(group_id)}/posts", query={"q": q, "limit": limit}
        )

    def set_space_reading(self, group_id: UUID, topic_id: UUID, body: ReadingIn) -> HubsGroupSpacesSchemasTopicOut:
        """Say how far the caller has read; it never goes back."""
        return answer(
            HubsGroupSpacesSchemasTopicOut,
            self._transport.send(
                "PUT", f"/v1/group-spaces/{segment(group_id)}/topics/{segment(topic_id)}/reading", body=body
            ),
        )

    def withdraw_space_post(self, group_id: UUID, post_id: UUID) -> SpacePostOut:
        """Take a post of one's own back. A repeat changes nothing."""
        return answer(
            SpacePostOut,
            self._transport.send("POST", f"/v1/group-spaces/{segment(group_id)}/posts/{segment(post_id)}/withdrawal"),
        )
