"""Reports. Written by `./ncce sdk`; do not edit."""

import datetime as dt

from ncce_sdk.models.reports import FunderReport, TargetList
from ncce_sdk.transport import Area, answer


class ReportsArea(Area):
    """Figures for those who account for the money."""

    def get_funder_report(self, *, from_on: dt.date | None = None, to_on: dt.date | None = None) -> FunderReport:
        """What was spent by lot, region, phase, category and budget, against targets, and what is expected."""
        return answer(
            FunderReport, self._transport.send("GET", "/v1/reports/funder", query={"from_on": from_on, "to_on": to_on})
        )

    def get_funder_report_csv(self, *, from_on: dt.date | None = None, to_on: dt.date | None = None) -> bytes:
        """The breakdowns for a spreadsheet."""
        return self._transport.send("GET", "/v1/reports/funder.csv", query={"from_on": from_on, "to_on": to_on}).content

    def get_funder_report_page(self, *, from_on: dt.date | None = None, to_on: dt.date | None = None) -> bytes:
        """The report as a page with tables and drawings, which needs no script."""
        return self._transport.send(
            "GET", "/v1/reports/funder.html", query={"from_on": from_on, "to_on": to_on}
        ).content

    def list_programme_targets(self) -> TargetList:
        """What was to be reached and what was: teachers through the GCSE programme with their supply cover, and
        hubs.
        """
        return answer(TargetList, self._transport.send("GET", "/v1/reports/targets"))
