"""Duplicates are found, merged by two administrators and separated again."""

from typing import Any
from uuid import UUID

import httpx

from builders import a_fresh_key, a_teacher, staff
from chassis.principal import Principal
from contracts.identity import SessionEnded, TeacherErasureRequested, TeacherMerged, TeacherSeparated, TeacherUpdated
from factor_steps import Factors
from identity.accounts.passwords import Passwords
from identity.erasures.background import carry_out
from identity.merges import service
from identity.merges.registry import TABLES
from identity.settings import Settings
from identity_steps import IdentitySteps
from message_requests import a_message

ASKS, DECIDES = staff("administrator"), staff("administrator")
REASON = "Rang the school: she registered again with her new address."
FIRST, SECOND = "sam.teacher@example.org", "sam.teahcer@example.org"


async def _post(identity: IdentitySteps, caller: Principal, path: str, body: object) -> httpx.Response:
    client = await identity.harness.client(caller, **a_fresh_key())
    return await client.post(f"/v1/merges{path}", json=body)


async def _two(identity: IdentitySteps, **changes: object) -> tuple[UUID, UUID]:
    """Two accounts of one person: their ids."""
    await identity.sign_up(FIRST)
    await identity.sign_up(SECOND, **changes)
    rows = await identity.query("SELECT person_id FROM account ORDER BY email = :second", second=SECOND)
    return rows[0].person_id, rows[1].person_id


async def _merge(identity: IdentitySteps, kept: UUID, merged: UUID, **more: str) -> str:
    body = {"kept_id": str(kept), "merged_id": str(merged), "reason": REASON, **more}
    proposed = await _post(identity, ASKS, "", body)
    assert proposed.status_code == 201, proposed.text
    merge_id = str(proposed.json()["id"])
    decided = await _post(identity, DECIDES, f"/{merge_id}/decision", {"outcome": "approved"})
    assert decided.status_code == 200, decided.text
    return merge_id


async def _separate(identity: IdentitySteps, merge_id: str) -> httpx.Response:
    return await _post(identity, DECIDES, f"/{merge_id}/separation", {"reason": "They are twins at one school."})


async def _carry_out_erasures(identity: IdentitySteps) -> None:
    settings = identity.harness.settings
    assert isinstance(settings, Settings)
    await carry_out(identity.harness.database, settings, Passwords(settings).nobodys_hash)


async def _rows(identity: IdentitySteps) -> dict[str, list[Any]]:
    """Every row that moves, by table, as it is stored."""
    return {
        table: sorted(str(row) for row in await identity.query(f"SELECT t::text FROM {table} t"))
        for table in ("employment", "teacher_number", "federated_identity", "passkey", "unwanted_mail", "recovery_code")
    }


def test_every_table_about_people_moves_or_says_why_it_stays() -> None:
    assert TABLES.unnamed() == set()
    assert TABLES.unknown() == set()


async def test_candidates_are_told_with_reasons_and_no_more_of_people_than_it_takes(identity: IdentitySteps) -> None:
    first, second = await _two(identity, given_name="Sâmira", family_name="TEECHUR")
    await identity.sign_up("other@example.org", school_urn="900002", given_name="Other")
    listed = await identity.call("GET", "/v1/merges/candidates", caller=ASKS)
    [pair] = listed.json()["data"]
    assert {person["id"] for person in pair["people"]} == {str(first), str(second)}
    assert pair["reasons"] == ["same_name_same_time_same_school", "address_looks_mistyped"]
    assert (pair["score"], pair["has_different_numbers"]) == (40, False)
    assert not [word for word in (FIRST, SECOND, "mira", "eechur") if word.lower() in listed.text.lower()]
    views = (await identity.call("GET", "/v1/me/data-views", caller=a_teacher(person_id=second))).json()["data"]
    assert [view["what"] for view in views] == ["merge_candidates"]
    await _merge(identity, first, second)
    assert (await identity.call("GET", "/v1/merges/candidates", caller=ASKS)).json()["data"] == []


async def test_same_numbers_make_a_pair_whatever_the_names(identity: IdentitySteps) -> None:
    first, second = await _two(identity, given_name="Another", school_urn="900002")
    for person in (first, second):
        answer = await identity.call("PUT", "/v1/me/trn", {"trn": "9173046"}, caller=a_teacher(person_id=person))
        assert answer.status_code == 200
    [pair] = (await identity.call("GET", "/v1/merges/candidates", caller=ASKS)).json()["data"]
    assert pair["reasons"] == ["same_teacher_number", "address_looks_mistyped"]


async def test_two_administrators_merge_and_either_address_leads_to_the_kept_account(identity: IdentitySteps) -> None:
    kept, merged = await _two(identity)
    tokens = (await identity.log_in(SECOND)).json()
    body = {"kept_id": str(kept), "merged_id": str(merged), "reason": REASON}
    for own in (kept, merged):
        by_oneself = await _post(identity, staff("administrator", person_id=own), "", body)
        assert (by_oneself.status_code, by_oneself.json()["code"]) == (403, "merge-takes-two")
    proposed = (await _post(identity, ASKS, "", body)).json()
    assert (await _post(identity, ASKS, "", body)).json()["code"] == "person-merged-already"
    preview = (await identity.call("GET", f"/v1/merges/{proposed['id']}/preview", caller=DECIDES)).json()
    assert (preview["moves"], preview["stays"], preview["sign_ins_ended"]) == ({}, {"employment": 1}, 1)
    decision = f"/{proposed['id']}/decision"
    for caller in (ASKS, staff("administrator", person_id=merged)):
        assert (await _post(identity, caller, decision, {"outcome": "approved"})).json()["code"] == "merge-takes-two"
    assert (await _post(identity, DECIDES, decision, {"outcome": "approved"})).json()["outcome"] == "approved"

    [told] = await identity.harness.published(TeacherMerged)
    assert (told.kept_id, told.merged_id) == (kept, merged)
    assert [one.reason for one in await identity.harness.published(SessionEnded)] == ["accounts_merged"]
    assert (await identity.refresh(tokens["refresh_token"])).status_code == 401
    signed_in = (await identity.log_in(SECOND)).json()
    assert signed_in["status"] == "signed_in"
    rows = await identity.query("SELECT person_id FROM sign_in ORDER BY started_at DESC LIMIT 1")
    assert rows[0].person_id == kept
    gone = await identity.call("GET", f"/v1/teachers/{merged}", caller=DECIDES)
    assert (gone.status_code, gone.json()["code"], gone.json()["kept_id"]) == (404, "person-merged", str(kept))
    found = await identity.call("POST", "/v1/teachers/search", {"email": SECOND}, caller=DECIDES)
    assert [one["id"] for one in found.json()["data"]] == [str(kept)]
    again = await _post(identity, ASKS, "", body)
    assert again.json()["code"] == "person-merged-already"


async def test_a_declined_merge_changes_nothing(identity: IdentitySteps) -> None:
    kept, merged = await _two(identity)
    body = {"kept_id": str(kept), "merged_id": str(merged), "reason": REASON}
    proposed = (await _post(identity, ASKS, "", body)).json()
    declined = await _post(identity, DECIDES, f"/{proposed['id']}/decision", {"outcome": "declined"})
    assert declined.json()["outcome"] == "declined"
    assert await identity.harness.published(TeacherMerged) == []
    assert (await _separate(identity, proposed["id"])).json()["code"] == "merge-not-found"


async def test_separated_each_has_back_what_was_theirs_and_later_rows_stay_with_the_kept(
    identity: IdentitySteps,
) -> None:
    kept, merged = await _two(identity, school_urn="900002")
    trn = {"trn": "9173046"}
    assert (await identity.call("PUT", "/v1/me/trn", trn, caller=a_teacher(person_id=merged))).status_code == 200
    for person in (kept, merged):
        await identity.query("INSERT INTO unwanted_mail VALUES (:id, 'booking_reminder', now())", id=person)
    await identity.query("INSERT INTO unwanted_mail VALUES (:id, 'run_changed', now())", id=merged)
    before = await _rows(identity)
    body = {"kept_id": str(kept), "merged_id": str(merged), "reason": REASON}
    assert (await _post(identity, ASKS, "", body)).json()["code"] == "school-to-be-chosen"
    merge_id = await _merge(identity, kept, merged, present_school="merged")
    record = (await identity.call("GET", f"/v1/teachers/{kept}", caller=DECIDES)).json()
    assert (record["trn"]["trn"], len(record["employments"])) == ("9173046", 2)
    assert [one.school_urn for one in await identity.harness.published(TeacherUpdated)] == ["900002"]
    effects = (await identity.call("GET", f"/v1/merge-effects/identity/{merge_id}", caller=DECIDES)).json()
    assert effects["moved"] == {"employment": 1, "teacher_number": 1, "unwanted_mail": 1}
    assert effects["stayed"] == {"unwanted_mail": [{"kind": "booking_reminder"}]}
    await identity.query("INSERT INTO unwanted_mail VALUES (:id, 'booking_offered', now())", id=kept)

    assert (await _separate(identity, merge_id)).status_code == 200
    after = await _rows(identity)
    [later] = [row for row in after["unwanted_mail"] if "booking_offered" in row]
    assert str(kept) in later
    after["unwanted_mail"].remove(later)
    assert after == before
    [told] = await identity.harness.published(TeacherSeparated)
    assert (told.kept_id, told.merged_id) == (kept, merged)
    urns = {one.teacher_id: one.school_urn for one in await identity.harness.published(TeacherUpdated)}
    assert urns == {kept: "900001", merged: "900002"}
    await identity.log_in(SECOND)
    rows = await identity.query("SELECT person_id FROM sign_in ORDER BY started_at DESC LIMIT 1")
    assert rows[0].person_id == merged
    assert (await _separate(identity, merge_id)).json()["code"] == "merge-not-found"


async def test_an_authenticator_app_moves_to_who_has_none_and_opens_for_them(identity: IdentitySteps) -> None:
    await identity.sign_up(FIRST)
    sam = await Factors(identity, SECOND).sign_up()
    await sam.add_app()
    [row] = await identity.query("SELECT person_id FROM account WHERE email = :first", first=FIRST)
    assert sam.caller.id is not None
    merge_id = await _merge(identity, row.person_id, sam.caller.id)
    asked = (await identity.log_in(FIRST)).json()
    assert asked["status"] == "second_factor_required"
    shown = await sam.prove(asked["challenge"], method="totp", code=await sam.code())
    assert shown.status_code == 200, shown.text
    assert (await _separate(identity, merge_id)).status_code == 200
    assert (await identity.log_in(FIRST)).json()["status"] == "signed_in"
    assert (await sam.sign_in())["status"] == "second_factor_required"


async def test_mail_for_either_id_reaches_the_kept_account_once(identity: IdentitySteps) -> None:
    kept, merged = await _two(identity)
    await _merge(identity, kept, merged)
    before = len(await identity.mails(FIRST))
    await identity.harness.deliver(a_message(merged), times=2)
    assert len(await identity.mails(FIRST)) == before + 1


async def test_the_merged_address_is_written_to_once_and_told_of_no_other(identity: IdentitySteps) -> None:
    kept, merged = await _two(identity)
    before = len(await identity.mails(FIRST))
    merge_id = await _merge(identity, kept, merged)
    await identity.query("UPDATE person_merge SET decided_at = decided_at - interval '1 hour'")
    async with identity.harness.session() as session:
        assert await service.tell_again(session) == 1
    [mail] = [one for one in await identity.mails(SECOND) if one["Subject"] == "Two accounts of yours are one now"]
    said = str(mail.get_payload())
    assert str(merge_id) in said
    assert FIRST not in said
    assert len(await identity.mails(FIRST)) == before


async def test_merges_are_taken_back_in_the_opposite_order(identity: IdentitySteps) -> None:
    first, second = await _two(identity)
    await identity.sign_up("third@example.org")
    [row] = await identity.query("SELECT person_id FROM account WHERE email = 'third@example.org'")
    one = await _merge(identity, second, first)
    other = await _merge(identity, row.person_id, second)
    refused = await _separate(identity, one)
    assert (refused.status_code, refused.json()["code"]) == (409, "merged-onward")
    await identity.log_in(FIRST)
    rows = await identity.query("SELECT person_id FROM sign_in ORDER BY started_at DESC LIMIT 1")
    assert rows[0].person_id == row.person_id, "whoever was merged twice goes by the last id"
    assert (await _separate(identity, other)).status_code == 200
    assert (await _separate(identity, one)).status_code == 200


async def test_every_service_is_told_a_second_time_when_no_old_token_is_left(identity: IdentitySteps) -> None:
    kept, merged = await _two(identity)
    await _merge(identity, kept, merged)
    async with identity.harness.session() as session:
        assert await service.tell_again(session) == 0
    await identity.query("UPDATE person_merge SET decided_at = now() - interval '16 minutes'")
    for told in (1, 0):
        async with identity.harness.session() as session:
            assert await service.tell_again(session) == told
    assert len(await identity.harness.published(TeacherMerged)) == 2


async def test_forgetting_the_kept_person_covers_the_merged_one(identity: IdentitySteps) -> None:
    kept, merged = await _two(identity)
    await _merge(identity, kept, merged)
    person = a_teacher(person_id=kept)
    told = (await identity.call("GET", "/v1/me/identity-export", caller=person)).json()["held"]
    assert {row["email"] for row in told["account"]} == {FIRST, SECOND}
    assert [row["merged_id"] for row in told["person_merge"]] == [str(merged)]
    await identity.call("POST", "/v1/privacy/erasures", caller=person)
    token = (await identity.tokens_mailed(FIRST))[-1]
    await identity.post("/v1/privacy/erasures/confirmation", {"token": token}, caller=person)
    await identity.query("UPDATE erasure SET runs_at = now()")
    await _carry_out_erasures(identity)
    [asked] = await identity.harness.published(TeacherErasureRequested)
    assert (asked.teacher_id, asked.merged_ids) == (kept, (merged,))
    assert (await identity.log_in(SECOND)).status_code == 401
    await identity.query("UPDATE erasure_step SET completed_at = now()")
    await identity.query("UPDATE erasure SET began_at = now() - interval '2 days'")
    await _carry_out_erasures(identity)
    assert await identity.query("SELECT 1 FROM account") == []
    assert {row.given_name for row in await identity.query("SELECT given_name FROM person")} == {"(erased)"}
