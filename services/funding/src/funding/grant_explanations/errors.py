"""What can be wrong with a question about a grant's payment."""

from uuid import UUID

from chassis.errors import NotFound


class PayableNotFound(NotFound):
    """There is none of this id, or none that the caller may see."""

    code = "payable-not-found"
    title = "No such payment on a grant"

    def __init__(self, payable_id: UUID) -> None:
        super().__init__(f"There is no payment {payable_id} on a grant of yours.")
