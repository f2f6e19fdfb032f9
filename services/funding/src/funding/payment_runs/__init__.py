"""Payment runs: approved claims, released together by a third person."""
