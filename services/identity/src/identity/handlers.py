"""Everything identity hears from others: in this part, nothing."""

from chassis.subscriptions import Subscriptions

subscriptions = Subscriptions("identity")
