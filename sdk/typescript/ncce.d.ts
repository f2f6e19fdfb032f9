// The NCCE platform's API. Written by `./ncce sdk` from the released description; do not edit.
// `Operations["place_booking"]["body"]` is what an operation takes, `["answer"]` what it answers.

/** The token from the mail; name and password where the address has no account yet. */
export type Acceptance = { "family_name"?: string | null; "given_name"?: string | null; "password"?: string | null; "token": string };

/** The role is held from now on: it is in the next access token. */
export type Accepted = { "has_new_account": boolean; "status"?: "accepted" };

/** One account: its kept balance, and the sum of its postings, which must be the same. */
export type AccountBalance = { "account": string; "balance_pence": number; "budget": string; "kind": AccountKind; "posted_pence": number };

/** The five accounts of a budget. Money goes from `funding` towards `paid`. */
export type AccountKind = "funding" | "available" | "reserved" | "payable" | "paid";

/** Your accreditations, the newest first. */
export type AccreditationList = { "data": Array<AccreditationOut> };

/** What a project accredited you as. */
export type AccreditationOut = { "accreditation": string; "network": string; "participation_id": string; "project_code": string; "project_year": string; "recorded_on": string };

/** Completing accredits the participant, where `duty` is named once that report of theirs is accepted. */
export type Accredits = { "accreditation": string; "duty"?: string | null; "kind": "accredits"; "says": string; "section"?: "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | null; "title": string };

/** What is to be done with what is found. */
export type Action = "dry_run" | "migrate_if_better" | "migrate_all" | "recheck";

/** Different activities on record. */
export type ActivitiesNeed = { "count": number; "kind": "activities"; "kinds": Array<ActivityKind>; "need": string; "title": string };

/** D and I: something that happens in the project, once or several times. */
export type Activity = { "audience": "leads" | "participants" | "headteachers" | "schools" | "community" | "delegates"; "days"?: string | null; "for_leads"?: "all" | "new" | "existing"; "is_required"?: boolean; "kind": "session" | "residential" | "visit" | "gap_task" | "webinar" | "workshop" | "meeting" | "online" | "conference"; "led_by"?: "lead" | "participants" | "national_team" | "hub"; "occasions"?: Array<Occasion>; "per"?: "group" | "school" | "participant" | "hub" | "network"; "says"?: string | null; "section"?: "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | null; "slug": string; "times"?: Extent | null; "title": string };

/** Credits of one activity that differ from what its rule would give, and why. */
export type ActivityCreditsInput = { "activity": string; "credits": number | string; "reason": string };

/** Credits of one activity that differ from what its rule would give, and why. */
export type ActivityCreditsOutput = { "activity": string; "credits": string; "reason": string };

/** An activity with what it earns in every version of every scheme that gives credits for it. */
export type ActivityDetail = { "category": Category; "code": string; "component": "commitment" | "professional_knowledge" | "community" | null; "counts_as": string; "counts_each_time": boolean; "credits": Array<CreditsSomewhere>; "mode": "face_to_face" | "live_remote" | "online" | "community" | "diagnostic" | "assessment"; "programmes": Array<string>; "provider": string; "published_credits": string; "replaced_by": string | null; "self_certifiable": boolean; "status": certificationActivitiesSchemasStatus; "title": string };

/** What somebody did, as far as credit rules tell apart. */
export type ActivityKind = "registration" | "hub_membership" | "diagnostic" | "cpd" | "community";

/** An activity of the catalogue. */
export type ActivityOut = { "category": Category; "code": string; "component": "commitment" | "professional_knowledge" | "community" | null; "counts_as": string; "counts_each_time": boolean; "mode": "face_to_face" | "live_remote" | "online" | "community" | "diagnostic" | "assessment"; "programmes": Array<string>; "provider": string; "published_credits": string; "replaced_by": string | null; "self_certifiable": boolean; "status": certificationActivitiesSchemasStatus; "title": string };

/** Extra time that was granted. */
export type AdjustmentOut = { "assessment": string; "ended_at": string | null; "ended_by": string | null; "extra_time_percent": number; "granted_at": string; "granted_by": string; "id": string; "reason": string; "teacher_id": string };

/** Extra time to grant. */
export type AdjustmentRequest = { "extra_time_percent": number; "reason": string; "teacher_id": string };

/** An aim of the national curriculum for computing, in our words. */
export type AimOut = { "code": string; "key_stage": "early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16" | null; "statement": string };

/** An aim of the network or of a project, what is planned towards it, and what is there. */
export type AimStanding = { "at_least": number | null; "at_most": number | null; "delivered": number; "is_limit": boolean; "measure": "groups" | "schools" | "participants" | "hubs"; "planned": number; "project": string | null; "says": string; "source": string };

/** Met when all of them are. */
export type AllOf = { "all_of": Array<AllOf | AnyOf | AtLeast | Desirable | FactTest | TookPart | Question>; "title"?: string | null };

/** Every one of several conditions. */
export type AllOfInput = { "needs": "all_of"; "of": Array<AtLeastInput | CertificateHeld | AllOfInput | AnyOfInput>; "title": string };

/** Every one of several conditions. */
export type AllOfOutput = { "needs": "all_of"; "of": Array<AtLeastOutput | CertificateHeld | AllOfOutput | AnyOfOutput>; "title": string };

/** The alliance asks to be a STEM skills hub. */
export type AllianceApplicationIn = { "email": string; "findings_accepted_because"?: string | null; "postcode": string; "reason": string; "slug": string };

/** An alliance with its schools, what is unusual about it, and the funds it may apply for once it is a hub. */
export type AllianceDetail = { "ended_because": string | null; "ended_on": string | null; "findings": Array<AllianceFindingOut>; "formed_at": string; "grants": Array<GrantOfferOut>; "hub_id": string | null; "id": string; "lead_urn": string; "members": Array<AllianceSchoolOut>; "name": string; "purpose": string; "region": string; "schools": number; "status": "forming" | "applied" | "hub" | "dissolved" };

/** Why an alliance ends. */
export type AllianceEnd = { "reason": string };

/** What is unusual about an alliance. */
export type AllianceFindingOut = { "code": string; "is_decisive": boolean; "says": string; "source": string };

/** Schools that mean to work as a hub; the caller's leads them, and the others are asked. */
export type AllianceIn = { "name": string; "purpose": string; "region": string; "schools": Array<string> };

/** Another school that is asked. */
export type AllianceInvitation = { "urn": string };

/** An alliance. */
export type AllianceOut = { "ended_because": string | null; "ended_on": string | null; "formed_at": string; "hub_id": string | null; "id": string; "lead_urn": string; "name": string; "purpose": string; "region": string; "schools": number; "status": "forming" | "applied" | "hub" | "dissolved" };

/** A school of an alliance, or one that is asked. */
export type AllianceSchoolOut = { "asked_on": string; "consented_on": string | null; "name": string; "phase": string; "urn": string };

/** What the caller's school says: it consents, declines, or leaves. */
export type AllianceWord = { "is_in": boolean };

/** An allocation, and who proposed and decided it. */
export type AllocationOut = { "amount_pence": number; "decided_at": string | null; "decided_by": string | null; "decision_reason": string | null; "from_budget": string | null; "id": string; "proposed_at": string; "proposed_by": string; "reason": string; "status": AllocationStatus; "to_budget": string };

/** Money for a budget: from its fund, or from another budget when that is named. */
export type AllocationProposal = { "amount_pence": number; "from_budget"?: string | null; "reason": string; "to_budget": string };

/** Where an allocation stands. */
export type AllocationStatus = "proposed" | "approved" | "declined";

/** Taking part also enrols the school in another project, unless the criterion is met. */
export type AlsoEnrols = { "kind": "also_enrols"; "project": string; "says": string; "section"?: "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | null; "unless"?: AllOf | AnyOf | AtLeast | Desirable | FactTest | TookPart | Question | null };

/** One step of the calculation: days times a rate, in pence. Of a milestone the days are not counted: 1. */
export type AmountLine = { "amount_pence": number; "days": string; "item": string; "plus_vat"?: boolean; "rate_pence": number };

/** What was chosen for one question. */
export type Answer = { "options": Array<string>; "question": number; "seconds_spent"?: number | null };

/** The answer chosen for one question. */
export type AnswerGiven = { "answer": number; "question": number };

/** A question was answered by one of these. One that was not asked was not. */
export type AnswerIs = { "answers": Array<number>; "asks": "answer"; "question": number };

/** One answer somebody can choose. */
export type AnswerOut = { "answer": number; "next_question": number | null; "text": string };

/** One answer somebody can choose. */
export type AnswerText = { "answer": number; "leads_to"?: string | null; "scores"?: Record<string, unknown>; "text": string };

/** What a report says. A draft may lack anything; handing it in asks for all of it. */
export type Answers = { "next_steps"?: string | null; "outcomes"?: Array<OutcomeAnswer>; "summary"?: string | null };

/** One case. */
export type AnswersCase = { "answers": Record<string, number>; "expect": AnswersExpectation; "name": string };

/** So many of the answers that were given are among these. */
export type AnswersCounted = { "answers": Array<number>; "asks": "count"; "at_least"?: number; "at_most"?: number | null; "called": string };

/** What has to come of a case; what is not said does not matter. */
export type AnswersExpectation = { "asked"?: Array<number> | null; "bands"?: Record<string, string | null>; "pathway": string };

/** Answers to keep, in the order in which the questions are asked. One to a question answered before replaces it. */
export type AnswersSaved = { "answers": Array<AnswerGiven> };

/** Met when one of them is. */
export type AnyOf = { "any_of": Array<AllOf | AnyOf | AtLeast | Desirable | FactTest | TookPart | Question>; "title"?: string | null };

/** One of several conditions, whichever. */
export type AnyOfInput = { "needs": "any_of"; "of": Array<AtLeastInput | CertificateHeld | AllOfInput | AnyOfInput>; "title": string };

/** One of several conditions, whichever. */
export type AnyOfOutput = { "needs": "any_of"; "of": Array<AtLeastOutput | CertificateHeld | AllOfOutput | AnyOfOutput>; "title": string };

/** A key without its secret. */
export type ApiKeyOut = { "allowed_networks": Array<string>; "created_at": string; "environment": Environment; "expires_on": string; "id": string; "last_used_at": string | null; "name": string; "organisation_id": string; "public_id": string; "requests_per_minute": number | null; "revoked_at": string | null; "revoked_because"?: "by_manager" | "rotated" | "leaked" | null; "scopes": Array<Scope> };

/** An authenticator app. */
export type AppOut = { "added_at": string };

/** What an authenticator app needs. Shown this once; it counts once a code is confirmed. */
export type AppSetUp = { "otpauth_uri": string; "secret": string };

/** How schools or people come in. Without `closes_on` a hub recruits until its group is full. */
export type Application = { "closes_on"?: string | null; "keeps_register_of_interest"?: boolean; "needs_commitment_statement"?: boolean; "opens_on"?: string | null; "route"?: "national" | "hub" | "expression_of_interest" | "nomination"; "section"?: "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | null; "selected_by"?: "hub" | "national_team"; "statement"?: string | null; "window"?: string | null };

/** Funded or declined, with what the applicant is told. */
export type ApplicationDecision = { "feedback": string; "findings_accepted_because"?: string | null; "outcome": "funded" | "declined" };

/** A hub that asks to be one. */
export type ApplicationIn = { "email": string; "kind": "computing_hub" | "maths_hub" | "stem_skills_hub" | "satellite"; "lead_school"?: string | null; "lead_school_urn"?: string | null; "managed_by_hub_id"?: string | null; "name": string; "postcode": string; "reason": string; "region": string; "slug": string };

/** The caller's applications. */
export type ApplicationList = { "data": Array<ApplicationOut> };

/** An application with its stages, consents, what was sent and what was decided. */
export type ApplicationOut = { "began_at": string; "consents": Array<ConsentOut>; "id": string; "pathway": string; "stages": Array<StageOut>; "statements": Array<StatementOut>; "status": ApplicationStatus; "submissions": Array<SentOut>; "title": string; "version": number; "withdrawn_at": string | null };

/** A pathway to begin. */
export type ApplicationRequest = { "pathway": string };

/** How far an application is. */
export type ApplicationStatus = "in_progress" | "sent" | "more_evidence" | "granted" | "refused" | "lapsed" | "withdrawn";

/** An organisation applies. Answers that the call's card needs have the names of its inputs. */
export type ApplicationSubmission = { "answers": Record<string, unknown>; "call_id": string; "recipient": Recipient };

/** The courses a policy is for. */
export type AppliesTo = { "modes": Array<"face_to_face" | "live_remote" | "online">; "phases": Array<"primary" | "secondary" | "post_16">; "programmes": Array<"core" | "gcse_subject_knowledge"> };

/** What a second person decides, and why. */
export type ApprovalDecision = { "outcome": "approved" | "declined"; "reason": string };

/** The same for several bursaries: all of them, or none. */
export type ApprovalDecisions = { "bursary_ids": Array<string>; "outcome": "approved" | "declined"; "reason": string };

/** One row. */
export type AreaIn = { "area_code": string; "area_name": string; "basis"?: string; "categories"?: Array<number> };

/** A version to be proposed. Rows are judged together: one wrong row refuses the whole list, and all are named. */
export type AreaListIn = { "areas": Array<AreaIn>; "completeness": "complete" | "partial"; "key_type": "district" | "local_authority" | "urn" | "trust"; "scheme": string; "source": string; "title": string; "valid_from": string; "valid_to"?: string | null; "vintage": string };

/** One version of a list and what became of it. */
export type AreaListOut = { "checksum": string; "completeness": "complete" | "partial"; "decided_at": string | null; "decided_by": string | null; "id": string; "imported_at": string; "imported_by": string | null; "key_type": "district" | "local_authority" | "urn" | "trust"; "reason": string | null; "scheme": string; "size": number; "source": string; "status": "proposed" | "approved" | "refused"; "title": string; "valid_from": string; "valid_to": string | null; "version": number; "vintage": string };

/** What the recipient asked for, and what shows that it was due: a drawdown, or a claim of days and travel. */
export type AskedPart = { "amount_pence": number; "asked_at": string; "condition": string | null; "decided_at": string | null; "evidence": Array<string>; "id": string; "instalment": string | null; "kind": string; "lines": Array<ClaimedLine>; "reason": string | null };

/** An assessment and where you stand with it. */
export type AssessmentDetail = { "assessment": AssessmentSummary; "gate": GateOut };

/** The summative assessment of a scheme. */
export type AssessmentFacts = { "organisation_id": string; "scheme": string; "slug": string; "title": string };

/** Figures of an assessment and of the questions of one version of its bank. */
export type AssessmentFigures = { "assessment": string; "attempts": number; "mean_percent": number | null; "passed_share": number | null; "questions": Array<QuestionFigures>; "shown_from": number; "version": number };

/** All assessments that can be sat. */
export type AssessmentList = { "data": Array<AssessmentSummary> };

/** An assessment that was set up. */
export type AssessmentOut = { "organisation_id": string; "scheme": string; "slug": string; "title": string };

/** The summative assessment, where the certificate needs one. */
export type AssessmentProgress = { "assessment": string | null; "attempts": number; "best_percent": string | null; "closed_because": Array<string>; "failures": number; "is_open": boolean; "is_passed": boolean; "opens_at": string | null; "opens_when": RequirementOut | null; "pass_percent": string; "status": GateStatus };

/** How the summative assessment is passed, and when it may be taken. */
export type AssessmentRuleInput = { "opens_when"?: AtLeastInput | CertificateHeld | AllOfInput | AnyOfInput | null; "pass_percent"?: number | string };

/** How the summative assessment is passed, and when it may be taken. */
export type AssessmentRuleOutput = { "opens_when"?: AtLeastOutput | CertificateHeld | AllOfOutput | AnyOfOutput | null; "pass_percent"?: string };

/** An assessment that can be sat. */
export type AssessmentSummary = { "conditions": Array<string>; "limits": Limits; "provider": string | null; "scheme": string; "slug": string; "title": string; "topics": Array<TopicOnPaper>; "version": number };

/** Who looks into it; null puts it back into the queue. */
export type Assignment = { "owner_id": string | null };

/** Whose one completion is. */
export type AssignmentIn = { "external_id": string; "teacher_id": string };

/** A figure that the plan assumes. */
export type AssumptionOut = { "figure": number; "name": "hubs" | "schools_per_hub" | "years" | "set_up_pence" | "centre_pence" | "centres_per_hundred_hubs" | "recurrent_pence" | "alliance_schools_at_least" | "alliance_schools_expected_from" | "alliance_schools_expected_to"; "says": string; "source": string };

/** Met when at least so many of them are. */
export type AtLeast = { "at_least": number; "of": Array<AllOf | AnyOf | AtLeast | Desirable | FactTest | TookPart | Question>; "title"?: string | null };

/** So many credits, hours or activities of a selection. */
export type AtLeastInput = { "amount": number | string; "measure": "credits" | "hours" | "activities"; "needs": "at_least"; "of"?: SelectionInput; "title": string };

/** So many credits, hours or activities of a selection. */
export type AtLeastOutput = { "amount": string; "measure": "credits" | "hours" | "activities"; "needs": "at_least"; "of"?: SelectionOutput; "title": string };

/** An attempt with its paper while it is in progress, and with how each topic went once it is marked. Which answers are right is never told, before or after: the questions are put again. */
export type AttemptOut = { "assessment": string; "deadline_at": string; "ended_at": string | null; "ended_by": string | null; "expires_at": string; "extra_time_percent": number; "id": string; "marks_awarded": number | null; "marks_possible": number | null; "now_at": string; "number": number; "outcome": certificationAssessmentsRulesOutcome | null; "pass_percent": string; "percent": string | null; "provider": string | null; "questions": Array<certificationAssessmentsSchemasQuestionOut>; "saved_at": string | null; "saved_number": number; "started_at": string; "status": AttemptStatus; "topics": Array<TopicResult> };

/** One time that the claim was paid, or is about to be. */
export type AttemptPart = { "attempt": number; "payment_id": string; "payment_run_id": string; "reference": string | null; "released_at": string | null; "return_code": string | null; "returned_at": string | null; "status": string };

/** That the conditions are accepted. */
export type AttemptRequest = { "accepts_conditions": true };

/** How far an attempt is. */
export type AttemptStatus = "in_progress" | "marked" | "expired";

/** An attempt. */
export type AttemptSummary = { "assessment": string; "deadline_at": string; "ended_at": string | null; "ended_by": string | null; "expires_at": string; "extra_time_percent": number; "id": string; "marks_awarded": number | null; "marks_possible": number | null; "number": number; "outcome": certificationAssessmentsRulesOutcome | null; "pass_percent": string; "percent": string | null; "provider": string | null; "saved_at": string | null; "saved_number": number; "started_at": string; "status": AttemptStatus };

/** Occasions that leads, or delegates of a hub, have to be at. */
export type Attendance = { "activity": string; "at_least"?: number | null; "delegates"?: number | null; "for_leads"?: "all" | "new" | "existing"; "is_required"?: boolean; "section"?: "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | null };

/** How many of a booking came; 0 when nobody did. */
export type AttendanceEntry = { "pupil_booking_id": string; "pupils": number; "staff": number };

/** A school that came. */
export type AttendingSchoolOut = { "is_member": boolean; "name": string; "urn": string };

/** Somebody's word. */
export type AttestationIn = { "academic_year": string; "note"?: string | null; "offers": boolean; "urn": string };

/** An attestation and what became of it. */
export type AttestationOut = { "academic_year": string; "attested_as": "school_lead" | "hub_staff"; "attested_at": string; "decided_at": string | null; "hub_id": string | null; "id": string; "note": string | null; "offers": boolean; "reason": string | null; "status": "standing" | "confirming" | "in_review" | "refused" | "overruled"; "urn": string };

/** How disputed links came about, as an auditor says. */
export type AuditClearance = { "cleared_at": string; "cleared_by": string; "first_number": number; "id": string; "last_number": number; "reason": string | null; "said_in": string };

/** What a second look at an accepted entry found. */
export type AuditDecision = { "outcome": "confirmed" | "rejected"; "reason"?: string | null; "reason_code"?: ReasonCode | null };

/** A link of which a service and a holder of its heads do not say the same. */
export type AuditDispute = { "cleared": AuditClearance | null; "found_at": string; "holder": string; "number": number; "service": string; "what": string };

/** Everything that did not agree, the newest first. Nothing is ever taken off. */
export type AuditDisputes = { "data": Array<AuditDispute> };

/** Somebody did something. */
export type AuditEntry = { "action": string; "caller_id": string | null; "caller_kind": string; "details": Record<string, JsonValue>; "organisation_id": string | null; "position": number; "recorded_at": string; "request_id": string | null; "subject": string };

/** How disputed links came about. Both numbers are included; the first is that of a dispute. */
export type AuditExplanation = { "first_number": number; "last_number": number; "of": string; "reason": string };

/** Something that is not as it was written. */
export type AuditFinding = { "number": number | null; "position": number | null; "what": string };

/** What a check of the whole chain found. */
export type AuditVerification = { "findings": Array<AuditFinding>; "head": string; "number": number };

/** How a client proves that it is the one. */
export type Authentication = "client_secret" | "private_key_jwt";

/** The same with everything in the ledger that the certificate rests on. */
export type AwardCheckInFull = { "closed_at": string | null; "decided_by": string | null; "entries": Array<EntryOut>; "id": string; "opened_at": string; "outcome": "awarded" | "withheld" | null; "reason": string | null; "recommendation": "award" | "withhold" | null; "recommended_at": string | null; "recommended_by": string | null; "scheme": string; "teacher_id": string };

/** An earned certificate that was drawn for a check, and what was said and decided. */
export type AwardCheckOut = { "closed_at": string | null; "decided_by": string | null; "id": string; "opened_at": string; "outcome": "awarded" | "withheld" | null; "reason": string | null; "recommendation": "award" | "withhold" | null; "recommended_at": string | null; "recommended_by": string | null; "scheme": string; "teacher_id": string };

/** What a second person says to a recommendation. Declined, the check waits for another. */
export type AwardDecision = { "outcome": "approved" | "declined" };

/** The award that it was drawn from. */
export type AwardPart = { "accepted_at": string | null; "agreement_reference": string; "amount_pence": number; "application_id": string | null; "application_percent": string | null; "decided_at": string | null; "decision_reason": string | null; "grant_id": string; "own_pence": number; "proposed_at": string; "reference": string; "title": string };

/** What to do about an earned certificate, and why. */
export type AwardRecommendation = { "outcome": "award" | "withhold"; "reason": string };

/** The profile of the issuer, by Open Badges 3.0. */
export type BadgeIssuer = { "id": string; "name": string; "type": Array<string>; "url": string };

/** A public RSA key as a JSON Web Key. */
export type BadgeKey = { "alg": "RS256"; "e": string; "kid": string; "kty": "RSA"; "n": string; "use": "sig" };

/** The keys that sign badges: the first signs now, the others did before. */
export type BadgeKeySet = { "keys": Array<BadgeKey> };

/** Scores from and to, both included. */
export type Band = { "band": string; "score_from": number; "score_to": number; "title": string };

/** The score of a dimension is in one of these bands. What was not asked about is in none. */
export type BandIs = { "asks": "band"; "bands": Array<string>; "dimension": string };

/** A band of the latest diagnostic. */
export type BandOut = { "band": string; "dimension": string };

/** That the bank debited the sum of the run. */
export type BankConfirmation = { "bank_reference": string };

/** One version of an assessment, as a person edits it. */
export type BankContent = { "conditions"?: Array<string>; "limits"?: Limits; "provider"?: string | null; "questions"?: Array<QuestionContent>; "source": string; "topics"?: Array<Topic> };

/** A second person's word. */
export type BankDecision = { "outcome": "approved" | "declined"; "reason": string };

/** Other content for a draft. */
export type BankEdit = { "conditions"?: Array<string>; "limits"?: Limits; "provider"?: string | null; "questions"?: Array<QuestionContent>; "source": string; "topics"?: Array<Topic> };

/** A bank with everything that it says. */
export type BankOut = { "assessment": string; "author_id": string | null; "content": BankContent; "created_at": string; "decided_at": string | null; "decided_by": string | null; "id": string; "published_at": string | null; "reason": string | null; "retired": Array<string>; "revision": number; "status": BankStatus; "version": number | null };

/** A new version to propose. */
export type BankRequest = { "assessment": string; "conditions"?: Array<string>; "limits"?: Limits; "provider"?: string | null; "questions"?: Array<QuestionContent>; "source": string; "topics"?: Array<Topic> };

/** An imported file with every line. */
export type BankReturnOut = { "amount_pence": number; "content_sha256": string; "id": string; "imported_at": string; "imported_by": string; "items": Array<ReturnLineOut>; "lines": number; "matched": number; "waiting": number };

/** An imported file. */
export type BankReturnSummary = { "amount_pence": number; "content_sha256": string; "id": string; "imported_at": string; "imported_by": string; "lines": number; "matched": number; "waiting": number };

/** How far a bank is. */
export type BankStatus = "draft" | "approved" | "declined" | "published";

/** A bank without its content. */
export type BankSummary = { "assessment": string; "author_id": string | null; "created_at": string; "decided_at": string | null; "decided_by": string | null; "id": string; "published_at": string | null; "reason": string | null; "revision": number; "status": BankStatus; "version": number | null };

/** Completions to record. */
export type BatchIn = { "completions": Array<{ "activity_code"?: string | null; "completed_on"?: string | null; "external_id": string; "external_learner_id"?: string | null; "external_run_id"?: string | null; "hours"?: number | string | null; "occurred_at"?: string | null; "percent"?: number | string | null; "revision"?: number; "school_urn"?: string | null; "teacher_id"?: string | null; "updated_at"?: string | null; "withdrawn"?: boolean }> };

/** What became of a batch: `received` is the sum of all other counts and the number of rejected rows. */
export type BatchOut = { "below_threshold": number; "corrected": number; "duplicates": number; "not_ours": number; "queued": number; "received": number; "recorded": number; "rejected": Array<Rejection>; "results": Array<RowOut>; "withdrawn": number };

/** Why two entries may be one activity. */
export type Because = "same_day" | "same_file";

/** Why an activity is recommended, for programs. */
export type BecauseOut = { "bands": Array<BandOut>; "kind": "pathway" | "requirement" | "component"; "pathway": string | null; "replaces": string | null; "requirement": string | null };

/** Groups of named projects, in named years or any, and what part somebody had in them. */
export type Before = { "by"?: "school" | "participant" | "lead"; "completed"?: boolean; "projects": Array<string>; "years"?: Array<string> };

/** A place on a run. */
export type BookingOut = { "band": number | null; "booked_by": string | null; "cancelled_at": string | null; "confirmed_at": string | null; "course_code": string; "course_run_id": string; "days": string | null; "ends_on": string; "expires_at": string | null; "hours": string | null; "hub_id": string; "id": string; "mode": "face_to_face" | "live_remote" | "online"; "phase": "primary" | "secondary" | "post_16"; "placed_at": string; "programme": "core" | "gcse_subject_knowledge"; "school_urn": string; "starts_on": string; "status": "held" | "waiting" | "offered" | "confirmed" | "attended" | "incomplete" | "no_show" | "cancelled" | "expired"; "teacher_id": string; "title": string; "transferred_from": string | null; "waiting_position": number | null };

/** From and to, both included, with the place in the source that says so. */
export type BoundsInput = { "maximum"?: number | string | null; "minimum"?: number | string | null; "says": string; "source": string };

/** From and to, both included, with the place in the source that says so. */
export type BoundsOutput = { "maximum"?: string | null; "minimum"?: string | null; "says": string; "source": string };

/** All budgets. */
export type BudgetList = { "data": Array<BudgetOut> };

/** A budget to open, empty. Money comes by an allocation, which takes two people. */
export type BudgetOpening = { "budget": string; "financial_year"?: string | null; "fund": string; "hub_id"?: string | null; "scheme"?: string | null; "title": string };

/** A budget and where its money stands. */
export type BudgetOut = { "allocated_pence": number; "available_pence": number; "budget": string; "financial_year": string | null; "forecast_at": string | null; "forecast_pence": number | null; "fund": string; "fund_title": string; "hub_id": string | null; "is_sandbox": boolean; "lot": number | null; "paid_pence": number; "payable_pence": number; "reserved_pence": number; "scheme": string | null; "title": string };

/** The evidence as it was signed. The signature covers `bundle` byte for byte, by a key of /v1/transparency/keys. */
export type BundleOut = { "bundle": string; "content": Record<string, unknown>; "key_id": string; "sha256": string; "signature": string; "submission_id": string };

/** A teacher applies for the bursary of their own booking. */
export type BursaryApplication = { "booking_id": string };

/** A bursary, with the whole of the decision that holds. */
export type BursaryOut = { "amount_pence": number; "applied_at": string; "applied_on": string; "booking_id": string; "budget": string; "course_code": string; "criteria": Array<CriterionResult>; "days": string; "decided_at": string | null; "decided_by": string | null; "decision_reason": string | null; "earn_by_on": string | null; "fee_pence": number | null; "group_id": string | null; "id": string; "milestones"?: Array<MilestoneOutput>; "outcome": fundingEligibilityRulesOutcome; "part": string | null; "policy": string; "policy_version": number; "reason": string; "school_urn": string; "second_approval_above_pence": number | null; "second_approved_at": string | null; "second_approved_by": string | null; "status": BursaryStatus; "teacher_id": string; "trace": Array<AmountLine>; "valid_until"?: string | null };

/** What an application would be told today. Nothing is stored or held. */
export type BursaryPreview = { "amount_pence": number; "booking_id": string; "criteria": Array<CriterionResult>; "fee_pence": number | null; "milestones"?: Array<MilestoneOutput>; "outcome": fundingEligibilityRulesOutcome; "policy": string; "policy_version": number; "reason": string; "trace": Array<AmountLine>; "valid_until"?: string | null };

/** Where a bursary stands. */
export type BursaryStatus = "eligible" | "needs_review" | "ineligible" | "approved" | "declined" | "claimable" | "claimed" | "paid" | "cancelled" | "lapsed" | "clawed_back";

/** What the award was calculated from: the calculation that holds now, with the source of every figure. */
export type CalculatedPart = { "because": string; "calculation": Calculation; "card_source": string; "card_title": string; "is_replayed": boolean; "ordinal": number };

/** What a card comes to for these inputs. `checksum` is that of the card version's canonical text. */
export type Calculation = { "by_funder": Array<Share>; "by_payee": Array<Share>; "card": string; "checksum": string; "findings": Array<fundingGrantCardsRulesFinding>; "in_kind_days": string; "inputs": Record<string, string>; "lines": Array<TraceLine>; "project_year": string; "total_pence": number; "version": number };

/** Which card to calculate, and with what. */
export type CalculationRequest = { "card": string; "inputs": Record<string, unknown>; "version"?: number | null };

/** A link to the caller's calendar, without its secret. */
export type CalendarFeedOut = { "created_at": string; "id": string; "rotated_at": string | null };

/** The caller's links, oldest first. */
export type CalendarFeedsOut = { "data": Array<CalendarFeedOut> };

/** Calls, the latest first. */
export type CallList = { "data": Array<CallOut> };

/** A call: its window, what it grants by which card, its form and how it is scored. */
export type CallOpening = { "agreement": fundingGrantsSchemasAgreement; "budget": string; "card": string; "closes_on": string; "opens_on": string; "terms": CallTermsInput; "title": string };

/** A call. */
export type CallOut = { "agreement_reference": string; "agreement_version": string; "budget": string; "card": string; "closes_on": string; "id": string; "opens_on": string; "terms": CallTermsOutput; "title": string };

/** The form, who may have it, and how it is scored. */
export type CallTermsInput = { "checks"?: Array<CheckInput>; "criteria": Array<fundingGrantApplicationsRulesCriterion>; "questions": Array<FundingQuestion>; "scorers"?: number };

/** The form, who may have it, and how it is scored. */
export type CallTermsOutput = { "checks"?: Array<CheckOutput>; "criteria": Array<fundingGrantApplicationsRulesCriterion>; "questions": Array<FundingQuestion>; "scorers"?: number };

/** Why a run is given up; what was in it waits for another. */
export type Cancellation = { "reason": string };

/** Somebody the learner may be. */
export type CandidateOut = { "clues": Array<"named_by_partner" | "same_number_elsewhere" | "same_school">; "is_linked": boolean; "phase": "primary" | "secondary" | "post_16"; "school_urn": string; "teacher_id": string };

/** One of two, as far as it takes to look further. */
export type CandidatePerson = { "id": string; "initials": string; "number_standing": Standing | null; "registered_at": string; "school_urn": string | null };

/** How many schools a published offer can take. Schools that waited move up when there are more. */
export type CapacityIn = { "capacity": number | null };

/** An amount with a ceiling; a line takes off what is above it. */
export type CappedInput = { "at_most_pence": number; "capped": fundingPoliciesAmountsLineInput | SumInput | CappedInput | NettedInput | ChosenInput };

/** An amount with a ceiling; a line takes off what is above it. */
export type CappedOutput = { "at_most_pence": number; "capped": fundingPoliciesAmountsLineOutput | SumOutput | CappedOutput | NettedOutput | ChosenOutput };

/** One version of a card. It never changes; another version takes over from its own effective date. */
export type CardInput = { "card": string; "claimable"?: Array<string>; "conditions"?: Array<string>; "effective_from": string; "examples": Array<WorkedExampleInput>; "funders": Array<Funder>; "granted_per": string; "inputs": Array<InputDeclarationInput>; "lines": Array<fundingGrantCardsLanguageLineInput>; "programme": string; "project_year": string; "source": string; "title": string; "version": number };

/** One version of a card. It never changes; another version takes over from its own effective date. */
export type CardOutput = { "card": string; "claimable"?: Array<string>; "conditions"?: Array<string>; "effective_from": string; "examples": Array<WorkedExampleOutput>; "funders": Array<Funder>; "granted_per": string; "inputs": Array<InputDeclarationOutput>; "lines": Array<fundingGrantCardsLanguageLineOutput>; "programme": string; "project_year": string; "source": string; "title": string; "version": number };

/** Versions of cards. */
export type CardList = { "data": Array<CardOut> };

/** A version of a card: its whole text, its checksum, and who decided it. */
export type CardOut = { "card": string; "checksum": string; "decided_at": string | null; "decided_by": string | null; "document": CardOutput; "proposed_by": string | null; "reason": string | null; "recorded_at": string; "status": CardStatus; "version": number };

/** A new version of a card, or a new card. It calculates nothing before another person has approved it. */
export type CardProposal = { "document": CardInput };

/** Where a version of a card stands. */
export type CardStatus = "draft" | "approved" | "declined";

/** One case. */
export type CaseInput = { "assessment_passed"?: boolean; "certificates"?: Array<string>; "done"?: Array<CaseActivityInput>; "expect": ExpectationInput; "name": string };

/** One case. */
export type CaseOutput = { "assessment_passed"?: boolean; "certificates"?: Array<string>; "done"?: Array<CaseActivityOutput>; "expect": ExpectationOutput; "name": string };

/** Something done. A kind that the catalogue has no activities for needs no code. */
export type CaseActivityInput = { "activity"?: string; "hours"?: number | string; "kind": ActivityKind };

/** Something done. A kind that the catalogue has no activities for needs no code. */
export type CaseActivityOutput = { "activity"?: string; "hours"?: string; "kind": ActivityKind };

/** Whether a case came out as it has to. */
export type CaseResult = { "differences": Array<string>; "is_passed": boolean; "name": string };

/** What sort of activity it is. */
export type Category = "course" | "community" | "diagnostic" | "assessment";

/** A centre with its spaces. Its version is the `If-Match` of an edit. */
export type CentreDetail = { "accessibility": Record<string, boolean>; "address": string; "closed_on": string | null; "distance_km": string | null; "host_urn": string | null; "hub_id": string; "id": string; "latitude": number; "longitude": number; "name": string; "opened_on": string | null; "opening_hours": Array<OpeningHours>; "planned_cost_pence": number | null; "postcode": string; "spaces": Array<SpaceOut>; "status": "planned" | "open" | "closed"; "town": string; "version": number };

/** What to change; what is left out stays. Closing a centre ends the bookings to come. */
export type CentreEdit = { "accessibility"?: Record<string, boolean> | null; "address"?: string | null; "name"?: string | null; "opening_hours"?: Array<OpeningHours> | null; "planned_cost_pence"?: number | null; "postcode"?: string | null; "status"?: "planned" | "open" | "closed" | null; "town"?: string | null };

/** A centre that a hub plans. */
export type CentreIn = { "accessibility"?: Record<string, boolean>; "address": string; "host_urn"?: string | null; "hub_id": string; "name": string; "opening_hours"?: Array<OpeningHours>; "planned_cost_pence"?: number | null; "postcode": string; "town": string };

/** A centre, as anybody may see it. */
export type CentreOut = { "accessibility": Record<string, boolean>; "address": string; "closed_on": string | null; "distance_km": string | null; "host_urn": string | null; "hub_id": string; "id": string; "latitude": number; "longitude": number; "name": string; "opened_on": string | null; "opening_hours": Array<OpeningHours>; "planned_cost_pence": number | null; "postcode": string; "status": "planned" | "open" | "closed"; "town": string };

/** The certificate of another scheme. */
export type CertificateHeld = { "needs": "certificate"; "scheme": string; "title": string };

/** The caller's certificates. */
export type CertificateList = { "data": Array<CertificateOut> };

/** A certificate of the caller's. */
export type CertificateOut = { "awarded_on": string; "code": string; "expires_on": string | null; "holder_name": string | null; "id": string; "number": string | null; "scheme": string; "scheme_version": number; "school_name"?: string | null; "shares_document": boolean; "shows_name": boolean; "status": "valid" | "revoked" | "superseded" | "expired"; "status_since_on": string | null; "title": string };

export type CertificateRecord = Record<string, unknown>;

/** Certificates that are held: neither revoked nor expired. */
export type CertificatesNeed = { "count": number; "kind": "certificates"; "need": string; "schemes": Array<string>; "title": string };

/** All answers so far. They replace those saved before; a question left out is not answered. */
export type CertificationAnswers = { "answers": Array<Answer>; "save_number": number };

/** An enrolment. */
export type CertificationEnrolmentOut = { "enrolled_at": string; "id": string; "scheme": string; "scheme_version": number };

/** A provider. */
export type CertificationProviderOut = { "launch_url": string; "organisation_id": string; "slug": string; "title": string };

/** One question, numbered from 1. */
export type CertificationQuestion = { "answers": Array<AnswerText>; "leads_to"?: string | null; "number": number; "section"?: string | null; "text": string; "topic": string };

/** A challenge is on its way. */
export type Challenged = { "status"?: "challenge_sent" };

/** One value that the file changes. `before` or `after` is left out where there was or will be nothing. */
export type Change = { "after"?: JsonValue; "before"?: JsonValue; "kind": "added" | "changed" | "removed"; "part": string; "path": Array<string | number> };

/** How one thing stands since it last changed. */
export type ChangeOut = { "changed_at": string; "data": Record<string, JsonValue> | null; "id": string; "operation": "changed" | "removed"; "resource": string };

/** A part of the change feed, oldest change first. */
export type ChangePage = { "data": Array<ChangeOut>; "page": Feed };

/** The pathways in force. */
export type CharteredPathwayList = { "data": Array<CharteredPathwayOut> };

/** A pathway to chartered status, and who decides at its end. */
export type CharteredPathwayOut = { "consent": string; "effective_from": string; "organisation_id": string; "slug": string; "source": string; "stages": Array<Stage>; "title": string; "version": number };

/** What an answer has to be, and what is said when it is not. */
export type CheckInput = { "at_least"?: number | string | null; "at_most"?: number | string | null; "has_to_be_yes"?: boolean; "otherwise": string; "question": string };

/** What an answer has to be, and what is said when it is not. */
export type CheckOutput = { "at_least"?: string | null; "at_most"?: string | null; "has_to_be_yes"?: boolean; "otherwise": string; "question": string };

/** One check with its outcome, in words. */
export type Checked = { "is_met": boolean; "question": string; "says": string };

/** One way an amount may go. */
export type ChoiceInput = { "then": fundingPoliciesAmountsLineInput | SumInput | CappedInput | NettedInput | ChosenInput; "when": FundingAllOfInput | FundingAnyOfInput | SomeOfInput | Matrix | InheritedInput | fundingPoliciesConditionsCriterion };

/** One way an amount may go. */
export type ChoiceOutput = { "then": fundingPoliciesAmountsLineOutput | SumOutput | CappedOutput | NettedOutput | ChosenOutput; "when": FundingAllOfOutput | FundingAnyOfOutput | SomeOfOutput | Matrix | InheritedOutput | fundingPoliciesConditionsCriterion };

/** The amount of the first choice whose condition holds; nothing when none does. */
export type ChosenInput = { "choices": Array<ChoiceInput> };

/** The amount of the first choice whose condition holds; nothing when none does. */
export type ChosenOutput = { "choices": Array<ChoiceOutput> };

/** Days at a day rate, or a cost at cost. */
export type ClaimLine = { "cost_pence"?: number | null; "days"?: number | string | null; "evidence": string; "happened_on": string; "rate": string; "what": string };

/** A line with the rate as it was. */
export type ClaimLineOut = { "amount_pence": number; "evidence": string; "happened_on": string; "number": number; "quantity": string; "rate": string; "rate_pence": number; "what": string };

/** A claim. The money goes to the school, never to the teacher. */
export type ClaimOut = { "amount_pence": number; "budget": string; "bursary_id": string; "claimant_id": string; "decided_at": string | null; "decided_by": string | null; "id": string; "payee_urn": string; "payment_run_id": string | null; "reason": string | null; "status": ClaimStatus; "submitted_at": string };

/** Where a claim stands. */
export type ClaimStatus = "submitted" | "approved" | "scheduled" | "paid" | "declined" | "withdrawn";

/** A teacher claims their own bursary for the school. */
export type ClaimSubmission = { "bursary_id": string };

/** A line of a claim, at the rate of its day. */
export type ClaimedLine = { "amount_pence": number; "evidence": string; "happened_on": string; "quantity": string; "rate": string; "rate_pence": number; "what": string };

/** The claim that was paid. */
export type ClaimedPart = { "claim_id": string; "decided_at": string | null; "reason": string | null; "submitted_at": string };

/** Where a claim stands. What is approved is owed, and a payable of its own says when it is paid. */
export type ClaimedStatus = "submitted" | "approved" | "declined";

/** Whether parts that were paid can be asked back when the programme is given up, and in which words. */
export type Clawback = { "on_withdrawal": "paid_parts" | "nothing"; "reason": string };

/** By how much, or to when: one of them. */
export type ClockMovement = { "advance_seconds"?: number | null; "set_to"?: string | null };

/** What time it is in the sandbox. */
export type ClockOut = { "ahead_seconds": number; "now_at": string };

/** What was closed. Closing again closes nothing twice. */
export type ClosingOut = { "lines": number; "month": string; "statements": number; "total_pence": number };

/** Close a month: of all parties, or of one. */
export type ClosingRequest = { "month": string; "party"?: string | null; "party_kind"?: PartyKind | null };

/** What the second person says of the closing of a month. */
export type ClosureDecision = { "outcome": "approved" | "declined"; "reason": string };

/** What a closed run came to. */
export type ClosureOut = { "attended": number; "closed_at": string; "closed_by": string; "course_run_id": string; "hours_credited": string; "incomplete": number; "no_show": number };

/** A code that the app shows now. */
export type CodeConfirmation = { "code": string };

/** How long the code is to be good for. */
export type CodeIn = { "valid_for_minutes"?: number };

/** A code, shown this once. The one before it is good no longer. */
export type CodeOut = { "code": string; "expires_at": string; "opened_at": string; "session_id": string };

/** A moderator's word on a comment. The stars count whatever it says. */
export type CommentDecisionIn = { "outcome": "shown" | "refused"; "reason": string };

/** What somebody unnamed said of a resource. */
export type CommentOut = { "comment": string; "comment_id": string; "rated_at": string; "stars": number; "version_number": number };

/** One acceptance for each person of a group; what it is worth stands in the catalogue of activities. */
export type CommunityCredit = { "accepted_by": "confirmation" | "posts"; "activity": string; "posts"?: number | null; "says": string; "section"?: "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | null; "within_weeks"?: number | null };

/** What values of one fact pass: those that are listed, numbers between bounds, or days between days. */
export type ComparisonInput = { "at_least"?: number | null; "below"?: number | null; "fact": string; "on_or_after"?: string | null; "on_or_before"?: string | null; "one_of"?: Array<boolean | number | string> };

/** The next version of a rule, to be proposed. A course's rule goes before its programme's, and that before all. */
export type CompletionRuleIn = { "applies_to"?: string; "credit"?: "course_hours" | "minutes_attended"; "minimum_percent": number | string; "scope": "default" | "programme" | "course"; "source": string; "valid_from_on": string; "valid_to_on"?: string | null };

/** One version of a rule and what became of it. */
export type CompletionRuleOut = { "applies_to": string; "credit": "course_hours" | "minutes_attended"; "decided_at": string | null; "decided_by": string | null; "id": string; "minimum_percent": string; "proposed_at": string; "proposed_by": string | null; "reason": string | null; "scope": "default" | "programme" | "course"; "source": string; "status": "proposed" | "approved" | "refused"; "valid_from_on": string; "valid_to_on": string | null; "version": number };

/** One component. `counted` is `recorded` up to `required`; `surplus` is kept and never fills another component. */
export type ComponentOut = { "component": "commitment" | "professional_knowledge" | "community"; "counted": string; "entries": Array<EntryOut>; "needed": string; "recorded": string; "required": string; "surplus": string; "title": string };

/** One component and the credits that complete it; what is recorded beyond the cap is surplus. */
export type ComponentRuleInput = { "cap"?: number | string | null; "component": "commitment" | "professional_knowledge" | "community"; "credits_required": number | string; "title": string };

/** One component and the credits that complete it; what is recorded beyond the cap is surplus. */
export type ComponentRuleOutput = { "cap"?: string | null; "component": "commitment" | "professional_knowledge" | "community"; "credits_required": string; "title": string };

/** The token from the mail. */
export type Confirmation = { "token": string };

/** How somebody made sure of the details, other than by the way in which they arrived. */
export type ConfirmationMethod = "telephone" | "letter" | "in_person";

/** The address is proven and the account exists. */
export type Confirmed = { "status"?: "confirmed" };

/** A number as staff found it, and by what. */
export type ConfirmedTrn = { "reason": string; "standing": "matched" | "verified"; "trn": string };

/** A consent, word for word. */
export type ConsentOut = { "given_at": string; "revoked_at": string | null; "statement": string; "used_at": string | null };

/** A teacher's word that the evidence may be sent, once. */
export type ConsentRequest = { "agrees": true };

/** That nothing of the older log was changed, removed or reordered in the newer: a proof by RFC 6962. */
export type ConsistencyProof = { "newer": number; "older": number; "path": Array<string> };

/** A measure by name, such as `schools`. */
export type Count = { "count": string };

/** Numbers of one project, in one region or in all: planned, agreed with hubs, and there. */
export type CountOut = { "delivery": DeliveryCount; "groups": number; "hubs": number; "participants": number; "schools": number; "targets": TargetCount };

/** People by outcome, as far as it is done. */
export type Counts = { "stays_complete"?: number; "stays_incomplete"?: number; "would_complete"?: number; "would_lose"?: number };

/** What a decision needs to know of the booked course. */
export type Course = { "course_code": string; "days": string; "mode": "face_to_face" | "live_remote" | "online"; "phase": "primary" | "secondary" | "post_16"; "programme": "core" | "gcse_subject_knowledge"; "starts_on": string };

/** A course of the catalogue. */
export type CourseOut = { "code": string; "days": string | null; "hours": string | null; "key_stages": Array<string>; "mode": "face_to_face" | "live_remote" | "online"; "phases": Array<"primary" | "secondary" | "post_16">; "programme": "core" | "gcse_subject_knowledge"; "subjects": Array<string>; "title": string };

/** A run with its sessions. Send `version` back as `If-Match` to edit it. */
export type CourseRunDetail = { "capacity": number; "charge_pence": number | null; "course_code": string; "days": string | null; "distance_km": string | null; "ends_at": string; "ends_on": string; "facilitator_ids": Array<string>; "hold_minutes": number; "hours": string | null; "hub_id": string | null; "hub_name": string | null; "id": string; "independent_charge_pence": number | null; "instance_code": string; "joining_link": string | null; "key_stages": Array<string>; "mode": "face_to_face" | "live_remote" | "online"; "offer_minutes": number; "phase": "primary" | "secondary" | "post_16" | null; "phases": Array<"primary" | "secondary" | "post_16">; "places_left": number; "places_per_school": number | null; "postcode": string | null; "programme": "core" | "gcse_subject_knowledge"; "sessions": Array<SessionOut>; "starts_at": string; "starts_on": string; "status": "draft" | "open" | "postponed" | "moved_online" | "cancelled" | "closed"; "status_reason": string | null; "title": string; "town": string | null; "venue": string | null; "version": number; "waiting": number };

/** A dated run, with what a teacher chooses by. */
export type CourseRunOut = { "capacity": number; "charge_pence": number | null; "course_code": string; "days": string | null; "distance_km": string | null; "ends_at": string; "ends_on": string; "hours": string | null; "hub_id": string | null; "hub_name": string | null; "id": string; "independent_charge_pence": number | null; "instance_code": string; "key_stages": Array<string>; "mode": "face_to_face" | "live_remote" | "online"; "phase": "primary" | "secondary" | "post_16" | null; "phases": Array<"primary" | "secondary" | "post_16">; "places_left": number; "postcode": string | null; "programme": "core" | "gcse_subject_knowledge"; "starts_at": string; "starts_on": string; "status": "draft" | "open" | "postponed" | "moved_online" | "cancelled" | "closed"; "title": string; "town": string | null; "venue": string | null };

/** A district that the hub is to cover. */
export type CoverageIn = { "district_code": string; "reason": string; "valid_from": string; "valid_to"?: string | null };

/** The districts of a hub. */
export type CoverageListOut = { "coverage": Array<CoverageOut>; "hub_id": string; "on": string | null };

/** A district that a hub covers, and on which days. */
export type CoverageOut = { "basis": "county_named_by_hub" | "district_named_by_hub" | "nearest_lead_school" | "decided"; "district_code": string; "district_name": string; "district_vintage": string; "hub_id": string; "id": string; "recorded_at": string; "valid_from": string; "valid_to": string | null };

/** A key as answered when it is made. */
export type CreatedApiKey = { "allowed_networks": Array<string>; "created_at": string; "environment": Environment; "expires_on": string; "id": string; "key": string; "last_used_at": string | null; "name": string; "organisation_id": string; "public_id": string; "requests_per_minute": number | null; "revoked_at": string | null; "revoked_because"?: "by_manager" | "rotated" | "leaked" | null; "scopes": Array<Scope> };

/** A client as answered when it is made, or when its secret is. */
export type CreatedOAuthClient = { "allowed_networks": Array<string>; "authentication": Authentication; "client_secret": string | null; "created_at": string; "environment": Environment; "former_secret_until": string | null; "id": string; "jwks": Record<string, Array<Record<string, string>>> | null; "last_used_at": string | null; "name": string; "organisation_id": string; "requests_per_minute": number | null; "revoked_at": string | null; "scopes": Array<Scope> };

/** What a person signs in with. */
export type Credentials = { "email": string; "mode"?: "bearer" | "cookie"; "password": string };

/** What one kind of activity earns: a fixed sum, credits per hour, or what the catalogue says of the activity. */
export type CreditRuleInput = { "at_most"?: number | string | null; "basis": "fixed" | "per_hour" | "catalogue"; "component": "commitment" | "professional_knowledge" | "community"; "credits"?: number | string | null; "eligible"?: SelectionInput | null; "kind": ActivityKind; "source": string };

/** What one kind of activity earns: a fixed sum, credits per hour, or what the catalogue says of the activity. */
export type CreditRuleOutput = { "at_most"?: string | null; "basis": "fixed" | "per_hour" | "catalogue"; "component": "commitment" | "professional_knowledge" | "community"; "credits"?: string | null; "eligible"?: SelectionOutput | null; "kind": ActivityKind; "source": string };

/** What an activity earns in one version of a scheme: a sum, or so much per hour. */
export type CreditsSomewhere = { "at_most": string | null; "component": "commitment" | "professional_knowledge" | "community"; "credits": string | null; "credits_per_hour": string | null; "reason": string; "scheme": string; "standing": "in_force" | "on_record"; "version": number };

/** What a rule says of one applicant. */
export type CriteriaDecision = { "outcome": Eligibility; "reasons": Array<CriterionReason>; "rests_on_declarations": boolean; "words": string };

/** What a person decides of one criterion, whatever is known or declared. */
export type CriterionOverride = { "criterion": string; "is_met": boolean; "reason": string };

/** One test of a decision: what became of it, from what, and in words. */
export type CriterionReason = { "as_of": string | null; "criterion": string; "is_met": boolean | null; "may_be_declared": boolean; "source": string; "standing": HubsStanding; "title": string; "value": Array<boolean | number | string> | null; "words": string };

/** One criterion of a decision: the fact used, where it comes from, and what became of it. */
export type CriterionResult = { "as_of": string | null; "criterion": string; "fact": string; "outcome": Met; "source": string; "title": string; "value": boolean | number | string | Array<boolean | number | string> | null };

/** What was found damaged or missing during or after a loan. */
export type DamageIn = { "description": string; "items_damaged": number; "items_missing": number };

/** What became of the damage. */
export type DamageOutcomeIn = { "cost_pence"?: number; "outcome": "repaired" | "replaced" | "written_off" | "no_fault_found" };

/** A report and its outcome. Until it has one the kit is not handed out. */
export type DamageReportOut = { "cost_pence": number | null; "decided_at": string | null; "description": string; "id": string; "items_damaged": number; "items_missing": number; "loan_id": string; "outcome": "repaired" | "replaced" | "written_off" | "no_fault_found" | null; "reported_at": string };

/** A dashboard that the caller may open. */
export type DashboardEntry = { "address": string; "hub_id": string | null; "hub_name": string | null; "kind": "network" | "hub" | "own"; "network": string; "network_title": string; "project_year": string };

/** Every dashboard that the caller may open, the newest year first. */
export type DashboardsOut = { "data": Array<DashboardEntry> };

/** Somebody of the staff saw a person's data. */
export type DataView = { "request_id": string | null; "service": string; "viewed_at": string; "viewer_id": string | null; "viewer_kind": string; "what": string };

/** How one of them stands now. */
export type Decided = { "amount_pence": number; "id": string; "status": BursaryStatus };

/** In the order in which they were named. */
export type DecidedList = { "data": Array<Decided> };

/** What the rule said, by which version, from which facts of which vintage. */
export type DecidedPart = { "criteria": Array<CriterionResult>; "decided_at": string; "is_replayed": boolean; "ordinal": number; "outcome": string; "policy": string; "policy_checksum": string; "policy_effective_from": string; "policy_source": string; "policy_title": string; "policy_version": number; "reason": string; "trace": Array<AmountLine> };

/** A moderator's decision. A returned entry needs a reason, from which its author can do better. */
export type Decision = { "outcome": "accepted" | "returned"; "reason"?: string | null; "reason_code"?: ReasonCode | null };

/** Every decision on a bursary, the oldest first; the last one holds. */
export type DecisionList = { "data": Array<FundingDecisionOut> };

/** A decision of the deciding organisation. A later revision replaces it; none is taken away. */
export type DecisionOut = { "decided_on": string; "outcome": "granted" | "refused" | "more_evidence"; "reason": string; "recorded_at": string; "reference": string; "renew_by_on": string | null; "revision": number; "status_from_on": string | null };

/** What the organisation decided. One that differs from the latest is a further revision; the same again is none. */
export type DecisionRequest = { "decided_on": string; "outcome": "granted" | "refused" | "more_evidence"; "reason": string; "reference": string; "renew_by_on"?: string | null; "status_from_on"?: string | null };

/** What the applicant says of one criterion: its title is true of it (or, of a question, the answer is yes). */
export type Declaration = { "answer": boolean; "criterion": string; "evidence"?: string | null };

/** One person who is sent. */
export type DelegateIn = { "person_id": string; "presence"?: "present" | "absent" | null };

/** How many are sent to each occasion of an activity. */
export type DelegatesExpected = { "activity": string; "at_most": number | null; "occasions": Array<string>; "title": string };

/** Everybody who is sent to one occasion: who is left out is not sent. */
export type DelegatesIn = { "activity": string; "delegates": Array<DelegateIn>; "occasion"?: string | null };

/** Groups by where they stand, and who is in those that run or have completed. */
export type DeliveryCount = { "attended": number; "cancelled": number; "completed": number; "forming": number; "participants": number; "running": number; "schools": number };

/** Groups, and who is in those that run or have completed. */
export type DeliveryFigures = { "cancelled": number; "completed": number; "forming": number; "held": number; "leads": number; "marked": number; "participants": number; "present": number; "running": number; "schools": number; "schools_reached": number; "to_come": number; "unmarked": number };

/** What a hub is to reach in a year, and what it has. */
export type DeliveryOut = { "academic_year": string; "first_on": string; "hub_id": string; "last_on": string; "measures": Array<MeasureOut> };

/** What became of one event on its way to one address. */
export type DeliveryState = "waiting" | "delivered" | "dead" | "cancelled";

/** Wished for: reported, and never decisive. */
export type Desirable = { "desirable": Array<AllOf | AnyOf | AtLeast | Desirable | FactTest | TookPart | Question>; "title"?: string | null };

/** What the second person says of bank details. Approving needs the confirmation. */
export type DetailsDecision = { "confirmation"?: FundingConfirmation | null; "outcome": "approved" | "declined"; "reason": string };

/** A version of a payee's bank details, as much of it as anybody is shown. */
export type DetailsOut = { "account_ending": string; "account_name": string; "collects_for": Array<string>; "confirmation_method": ConfirmationMethod | null; "confirmation_note": string | null; "confirmed_on": string | null; "decided_at": string | null; "decided_by": string | null; "decision_reason": string | null; "modulus_check": ModulusCheck; "outcome": "approved" | "declined" | null; "proposed_at": string; "proposed_by": string; "reason": string; "sort_code_ending": string; "usable_from_at": string | null; "version": number };

/** Bank details as somebody received them. Another person confirms and approves them. */
export type DetailsProposal = { "account_name": string; "account_number": string; "collects_for"?: Array<string>; "reason": string; "sort_code": string };

/** The diagnostics in force. */
export type DiagnosticList = { "data": Array<DiagnosticSummary> };

/** A questionnaire with its questions. */
export type DiagnosticOut = { "early_exit": EarlyExit | null; "questions": Array<certificationDiagnosticsSchemasQuestionOut>; "schemes": Array<string>; "slug": string; "source": string; "title": string; "version": number };

/** The result of an attempt. */
export type DiagnosticResultOut = { "answers": Array<AnswerGiven>; "diagnostic": string; "dimensions": Array<DimensionOut>; "id": string; "pathway": PathwayOut; "reason": string; "score": number; "submitted_at": string; "version": number };

/** Answers to a questionnaire. */
export type DiagnosticSubmission = { "answers": Array<AnswerGiven> };

/** A questionnaire that can be taken. */
export type DiagnosticSummary = { "schemes": Array<string>; "slug": string; "title": string; "version": number };

/** How hard a question is meant to be; the statistics tell how hard it is. */
export type Difficulty = "foundation" | "core" | "stretch";

/** One thing that answers are scored in. */
export type Dimension = { "bands": Array<Band>; "dimension": string; "title": string };

/** The score in one dimension, and its band. Both are null where nothing was asked about it. */
export type DimensionOut = { "band": string | null; "band_title": string | null; "dimension": string; "score": number | null; "title": string };

/** A local authority district and the year of its code list. */
export type DistrictOut = { "code": string; "name": string; "vintage": string };

/** A statement as it is frozen: its canonical text is what the digest is of. */
export type Document = { "closed_at": string; "lines": Array<fundingStatementsSchemasLine>; "month": string; "party": string; "party_kind": PartyKind; "party_name": string | null; "statement_id": string; "total_pence": number; "totals_pence": Record<string, number> };

/** Participants are left out of a target that the other projects of the network count towards. */
export type DoesNotCount = { "kind": "does_not_count"; "says": string; "section"?: "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | null; "target": "groups" | "schools" | "participants" | "hubs" };

/** Rules, from when on they are to apply, where they come from, and cases that they have to pass. */
export type DraftContent = { "cases"?: Array<CaseInput>; "effective_from": string; "effective_to"?: string | null; "rules": SchemeRulesInput; "source": string; "standing"?: "in_force" | "on_record" };

/** A second person's word. */
export type DraftDecision = { "outcome": "approved" | "declined"; "reason": string };

/** A draft. */
export type DraftOut = { "author_id": string; "cases": Array<CaseOutput>; "created_at": string; "decided_at": string | null; "decided_by": string | null; "effective_from": string; "effective_to": string | null; "id": string; "published_at": string | null; "published_version": number | null; "reason": string | null; "revision": number; "rules": SchemeRulesOutput; "scheme": string; "source": string; "standing": "in_force" | "on_record"; "status": DraftStatus; "tested_at": string | null };

/** Who gains and who loses: every open school, a teacher of its first course of a day, before and after. */
export type DraftPreview = { "compared_with": number | null; "gain": number; "kinds": Array<fundingPolicyDraftsSchemasComparison>; "lose": number; "on": string; "schools": number; "stay": number; "unsettled": number };

/** A proposal for a scheme. */
export type DraftRequest = { "cases"?: Array<CaseInput>; "effective_from": string; "effective_to"?: string | null; "rules": SchemeRulesInput; "scheme": string; "source": string; "standing"?: "in_force" | "on_record" };

/** How far a draft is. */
export type DraftStatus = "draft" | "tested" | "approved" | "declined" | "published";

/** All requests of an award, the first first. */
export type DrawdownList = { "data": Array<DrawdownOut> };

/** A request, and whether what was approved has been paid. */
export type DrawdownOut = { "amount_pence": number; "decided_at": string | null; "decided_by": string | null; "evidence": Array<string>; "grant_id": string; "id": string; "instalment_id": string; "payment": PayableStatus | null; "reason": string | null; "requested_at": string; "requested_by": string; "status": DrawdownStatus };

/** How much of which instalment, and what shows that its condition is met. */
export type DrawdownRequest = { "amount_pence": number; "evidence": Array<string>; "instalment_id": string };

/** Where a request stands. What is approved is owed, and a payable of its own says when it is paid. */
export type DrawdownStatus = "requested" | "approved" | "declined";

/** When a duty of evaluation is due: on a day, or so many days after something happened. */
export type Due = { "after"?: "group_completed" | "session" | "attendance_recorded" | null; "days_after"?: number | null; "on"?: string | null; "when"?: string | null };

/** Another entry that may be the same activity. It is a hint; a person decides. */
export type Duplicate = { "because": Because; "entry_id": string };

/** The answer that ends the questionnaire at once, and where it leads. */
export type EarlyExit = { "answer": number; "pathway": string; "question": number };

/** What a change did to one bursary. */
export type Effect = "pending" | "unchanged" | "decided" | "kept" | "gone";

/** The answer of a rule. */
export type Eligibility = "eligible" | "not_eligible" | "needs_review";

/** Every rule's answer for one school. */
export type EligibilityOut = { "answered_on": string; "rules": Array<fundingEligibilityRulesFinding>; "school_name": string; "urn": string };

/** The token from the mail. */
export type EmailChangeConfirmation = { "token": string };

/** The address from now on, and the password, since who holds the address holds the account. */
export type EmailChangeRequest = { "email": string; "password": string };

/** The same whether or not the address has an account already: only its owner learns which, by mail. */
export type EmailChangeRequested = { "status"?: "confirmation_sent" };

/** The account has the address. */
export type EmailChanged = { "status": "email_changed" | "email_restored" };

/** One employment. */
export type EmploymentOut = { "from_on": string; "id": string; "school_urn": string; "to_on": string | null };

/** Where somebody teaches and taught, the newest first. */
export type Employments = { "data": Array<EmploymentOut> };

/** The last day of a coverage. */
export type EndIn = { "on": string; "reason": string };

/** When a role ends. */
export type Ending = { "until_on"?: string | null };

/** What the organisation says. */
export type EndorsementIn = { "statement": string };

/** An endorsement. */
export type EndorsementOut = { "given_at": string; "id": string; "organisation": string | null; "organisation_id": string; "statement": string; "subject": "application" | "certificate" | "activity" | "scheme"; "title": string; "withdrawal_reason": string | null; "withdrawn_at": string | null };

/** Whom to ask, and for what: an application, a certificate or an activity of one's own. */
export type EndorsementRequestIn = { "activity"?: string | null; "application_id"?: string | null; "certificate_id"?: string | null; "note": string; "organisation_id": string };

/** A request, as the teacher and the organisation see it. */
export type EndorsementRequestOut = { "endorsement_id": string | null; "id": string; "note": string; "organisation": string | null; "organisation_id": string; "requested_at": string; "subject": "application" | "certificate" | "activity" | "scheme"; "title": string };

/** Why an endorsement is withdrawn. */
export type EndorsementWithdrawal = { "reason": string };

/** Endorsements that stand, each of another organisation. */
export type EndorsementsNeed = { "kind": "endorsements"; "need": string; "organisations": number; "title": string };

/** In which year the caller's school takes part. */
export type EnrolmentIn = { "academic_year": string };

/** A teacher's enrolments. */
export type EnrolmentList = { "data": Array<CertificationEnrolmentOut> };

/** A school's part in a programme in a year. */
export type EnrolmentOut = { "academic_year": string; "enrolled_at": string; "id": string; "programme_slug": string; "urn": string; "withdrawn_at": string | null; "withdrawn_because": "timetable" | "staffing" | "no_longer_offered" | "school_closing" | "other" | null };

/** A scheme to work towards. */
export type EnrolmentRequest = { "scheme": string };

/** How the whole run turned out for one booking. */
export type EntryIn = { "booking_id": string; "hours"?: number | string | null; "outcome": "attended" | "absent" };

/** Why money moved. */
export type EntryKind = "allocation" | "reservation" | "release" | "accrual" | "payment" | "virement" | "recovery" | "reversal";

/** One entry of the credit ledger. */
export type EntryOut = { "activity": string; "credits": string; "hours": string; "id": string; "occurred_on": string; "recorded_at": string; "source": string };

/** Whether a key acts on real records. */
export type Environment = "live" | "test";

/** What stands in a space. */
export type EquipmentItem = { "count": number; "name": string };

/** What was done, for somebody who has no account any more. It names nobody. */
export type ErasureCertificate = { "completed_at": string | null; "erasure_id": string; "form"?: "uk.ncce.erasure.v1"; "requested_at": string; "services": Array<ErasureStepOut>; "sha256": string; "status": "requested" | "cooling" | "running" | "completed" | "cancelled" };

/** The token from the mail. */
export type ErasureConfirmation = { "token": string };

/** How far an erasure is. */
export type ErasureOut = { "cancelled_at": string | null; "completed_at": string | null; "confirmed_at": string | null; "id": string; "person_id": string; "requested_at": string; "runs_at": string | null; "status": "requested" | "cooling" | "running" | "completed" | "cancelled"; "steps": Array<ErasureStepOut> };

/** What one service did. */
export type ErasureStepOut = { "attempts": number; "completed_at": string | null; "erased": Record<string, number>; "kept": Record<string, number>; "service": string };

/** K. An established project may have no lead evaluator and still has duties. */
export type Evaluation = { "duties"?: Array<EvaluationDuty>; "has_lead_evaluator"?: boolean };

/** K: something that somebody hands in. */
export type EvaluationDuty = { "by": "lead" | "participant" | "school" | "hub" | "co_ordination_team" | "lead_evaluator"; "due": Due; "kind": "report" | "survey" | "data" | "attendance" | "case_study"; "outcome_kinds"?: Array<"professional_learning" | "practice_development" | "materials" | "policies" | "pupils">; "says"?: string | null; "slug": string; "title": string };

/** Why an event is called off. */
export type EventCancellation = { "because": "too_few_pupils" | "staff_absent" | "venue_lost" | "weather" | "other" };

/** A step in an entry's life. */
export type EventOut = { "actor": string; "happened_at": string; "kind": string; "number": number; "reason_code": ReasonCode | null; "submission": number };

/** What can be subscribed to. */
export type EventTypeOut = { "audience": "everybody" | "own"; "fields": Array<string>; "read_from": string; "type": string };

/** All that can be subscribed to. */
export type EventTypesOut = { "data": Array<EventTypeOut> };

/** What shows the award to whoever does not trust this answer: its record, and the proof that the log has it. */
export type Evidence = { "log": InclusionProof; "record": CertificateRecord };

/** A file that was added, with entries that have the same one. */
export type EvidenceAdded = { "duplicates": Array<Duplicate>; "entry_id": string; "id": string; "left_out": Array<string>; "media_type": string; "name": string | null; "purged_at": string | null; "scan_status": "not_scanned" | "clean"; "sha256": string; "size_bytes": number; "uploaded_at": string };

/** The files of an entry. */
export type EvidenceList = { "data": Array<EvidenceOut> };

/** A file with an entry. */
export type EvidenceOut = { "entry_id": string; "id": string; "left_out": Array<string>; "media_type": string; "name": string | null; "purged_at": string | null; "scan_status": "not_scanned" | "clean"; "sha256": string; "size_bytes": number; "uploaded_at": string };

/** What shows that the course was completed. */
export type EvidencePart = { "completed_on": string; "completion_id": string; "counts": boolean; "hours": string; "revision": number };

/** What has to come of a case; what is not said does not matter. */
export type ExpectationInput = { "assessment_is_open"?: boolean | null; "credits"?: Record<string, number | string>; "is_complete": boolean };

/** What has to come of a case; what is not said does not matter. */
export type ExpectationOutput = { "assessment_is_open"?: boolean | null; "credits"?: Record<string, string>; "is_complete": boolean };

/** What the policy has to say. */
export type Expected = { "amount_pence"?: number; "fee_pence"?: number | null; "outcome": fundingEligibilityRulesOutcome; "row"?: string | null };

/** A criterion with the sentence that says how it came out. */
export type ExplainedCriterion = { "as_of": string | null; "criterion": string; "fact": string; "outcome": Met; "reason": string; "source": string; "title": string; "value": boolean | number | string | Array<boolean | number | string> | null };

/** Where one payment came from, to the penny. */
export type Explanation = { "attempts": Array<AttemptPart>; "bursary": GrantedPart; "claim": ClaimedPart; "decision": DecidedPart; "evidence": EvidencePart | null; "payment": PaidPart; "people": Array<PersonPart> | null; "postings": Array<PostingPart> | null; "recoveries": Array<RecoveryPart>; "sentences": Array<string>; "statements": Array<StatementPart> };

/** Everything that certification holds about you. */
export type Export = { "form": "uk.ncce.certification.export.v1"; "held": Record<string, Array<Record<string, JsonValue>>>; "made_at": string; "not_held": Record<string, string>; "teacher_id": string };

/** How far one service is. */
export type ExportPartOut = { "counts": Record<string, number>; "files": number; "made_at": string | null; "service": string; "sha256": string | null };

/** The lender's word on an extension. */
export type ExtensionDecision = { "outcome": "granted" | "refused" };

/** Until when the borrower would like to keep the kit. */
export type ExtensionIn = { "due_on": string };

/** How many of something: limits when `is_limit`, and otherwise what is hoped for. `average` is what all groups of a hub together must reach per group; `expected` is what plans and grants assume. */
export type Extent = { "average"?: number | null; "expected"?: number | null; "is_limit"?: boolean; "maximum"?: number | null; "minimum"?: number | null; "minimum_by"?: "start" | "completion"; "says"?: string | null; "section"?: "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | null };

/** One value a filter can have, and how many runs it would find. */
export type FacetValue = { "count": number; "label": string; "value": string };

/** For each filter the values that find anything, the most frequent first. */
export type Facets = { "hub_id"?: Array<FacetValue>; "key_stage"?: Array<FacetValue>; "mode"?: Array<FacetValue>; "programme"?: Array<FacetValue>; "region"?: Array<FacetValue>; "subject"?: Array<FacetValue> };

/** What is known of one fact: the values it may have. None is known when empty; one when settled. */
export type Fact = { "as_of"?: string | null; "is_whole"?: boolean; "members"?: Array<Fact> | null; "possible"?: Array<boolean | number | string>; "source": string; "until"?: string | null };

/** Which values of one fact pass: those listed, numbers between bounds, or sets that include some or all. */
export type FactTest = { "at_least"?: number | null; "at_most"?: number | null; "criterion": string; "fact": string; "includes_all"?: Array<string>; "includes_any"?: Array<string>; "may_be_declared"?: boolean; "needs_evidence"?: boolean; "one_of"?: Array<boolean | number | string>; "title": string };

/** A factor that counts from now on. Holders of tokens fetch new ones; cookies are renewed by this answer. */
export type FactorAdded = { "recovery_codes": Array<string> | null };

/** All of them: one a provider at most. */
export type FederatedIdentities = { "data": Array<FederatedIdentityOut> };

/** An account elsewhere with which the caller signs in. */
export type FederatedIdentityOut = { "id": string; "last_used_at": string | null; "linked_at": string; "provider": string };

/** A teacher of a school with these facts on such a course; a fact that is not named is unknown. */
export type FeeCaseInput = { "charge_pence"?: number | null; "days"?: number | string | null; "expect": FeeExpected; "facts"?: Record<string, boolean | number | string>; "independent_charge_pence"?: number | null; "mode"?: "face_to_face" | "live_remote" | "online"; "name": string; "phase"?: "primary" | "secondary" | "post_16"; "programme"?: "core" | "gcse_subject_knowledge" };

/** A teacher of a school with these facts on such a course; a fact that is not named is unknown. */
export type FeeCaseOutput = { "charge_pence"?: number | null; "days"?: string | null; "expect": FeeExpected; "facts"?: Record<string, boolean | number | string>; "independent_charge_pence"?: number | null; "mode"?: "face_to_face" | "live_remote" | "online"; "name": string; "phase"?: "primary" | "secondary" | "post_16"; "programme"?: "core" | "gcse_subject_knowledge" };

/** One kind of place under the version in force and under the draft. Null: no row, or no amount, is settled. */
export type FeeComparison = { "amount_after_pence": number | null; "amount_before_pence": number | null; "basis_after": string | null; "basis_before": string | null; "examples": Array<string>; "places": number };

/** A version of the fee policy, and cases that it has to pass: at least one for each row. */
export type FeeDraftContent = { "cases": Array<FeeCaseInput>; "policy": FeePolicyInput };

/** A draft of the fee policy. */
export type FeeDraftOut = { "author_id": string; "cases": Array<FeeCaseOutput>; "checksum": string; "created_at": string; "decided_at": string | null; "decided_by": string | null; "id": string; "policy": FeePolicyOutput; "published_at": string | null; "published_version": number | null; "reason": string | null; "revision": number; "status": DraftStatus };

/** Who would pay more and who less: places booked in the last year, and quotes that no booking followed. Each is priced twice, by what is known today, as if it were booked on the draft's first day. */
export type FeeDraftPreview = { "bookings": number; "compared_with": number | null; "difference_pence": number; "kinds": Array<FeeComparison>; "less": number; "more": number; "newly_settled": number; "on": string; "quotes": number; "same": number; "unsettled": number };

/** What the policy has to say. Without a row and an amount: that a fact is missing. */
export type FeeExpected = { "amount_pence"?: number | null; "outcome": fundingFeePoliciesRulesOutcome; "row"?: string | null };

/** What is due for a booking, with the price of the day it was booked. */
export type FeeOut = { "amount_pence": number | null; "at_most_pence": number | null; "booking_id": string; "course_code": string; "course_run_id": string; "hub_id": string; "placed_at": string; "policy_version": number; "price": Price; "priced_on": string; "quote_id": string | null; "reason": string; "school_urn": string; "status": FeeStatus; "teacher_id": string; "voided_at": string | null };

/** One version of the fee policy. It never changes; another version takes over from its own effective date. */
export type FeePolicyInput = { "effective_from": string; "quote_valid_days": number; "rows": Array<FeeRowInput>; "source": string; "title": string; "version": number };

/** One version of the fee policy. It never changes; another version takes over from its own effective date. */
export type FeePolicyOutput = { "effective_from": string; "quote_valid_days": number; "rows": Array<FeeRowOutput>; "source": string; "title": string; "version": number };

/** Versions, the oldest first. */
export type FeePolicyList = { "data": Array<FeePolicyOut> };

/** One version of the fee policy, with the days it is in force and the checksum of its whole text. */
export type FeePolicyOut = { "checksum": string; "effective_from": string; "effective_to": string | null; "quote_valid_days": number; "rows": Array<FeeRowOutput>; "source": string; "title": string; "version": number };

/** One line of the published table: the most that may be charged for a day, in pence. */
export type FeeRowInput = { "fee_per_day_pence": number; "hub_charge"?: "charge_pence" | "independent_charge_pence"; "plus_vat"?: boolean; "reason": string; "row": string; "takes_free_place"?: boolean; "when": FundingAllOfInput | FundingAnyOfInput | SomeOfInput | Matrix | InheritedInput | fundingPoliciesConditionsCriterion };

/** One line of the published table: the most that may be charged for a day, in pence. */
export type FeeRowOutput = { "fee_per_day_pence": number; "hub_charge"?: "charge_pence" | "independent_charge_pence"; "plus_vat"?: boolean; "reason": string; "row": string; "takes_free_place"?: boolean; "when": FundingAllOfOutput | FundingAnyOfOutput | SomeOfOutput | Matrix | InheritedOutput | fundingPoliciesConditionsCriterion };

/** Where a fee stands. */
export type FeeStatus = "due" | "in_review" | "void";

/** Where to go on. */
export type Feed = { "has_more": boolean; "next_cursor": string };

/** One wrong field. */
export type FieldError = { "code": string; "detail": string; "pointer": string };

/** A year so far. */
export type Figures = { "delivery": DeliveryFigures; "money": MoneyFigures | null; "plan": PlanFigures; "recruitment": RecruitmentFigures; "reports": ReportFigures };

/** What a file would do. Nothing was kept. */
export type FileCheck = { "changes": Array<Change>; "changes_count": number; "is_new": boolean; "network_slug": string; "project_year": string };

/** In which form the payments of a run leave. */
export type FileFormat = "bacs" | "csv";

/** The files of a run: their totals, and every download. */
export type FileList = { "amount_pence": number; "data": Array<FileOut>; "payments": number };

/** A permission to download a file once, and whether it was used. A further one takes two people. */
export type FileOut = { "approved_at": string | null; "approved_by": string | null; "downloaded_at": string | null; "downloaded_by": string | null; "format": FileFormat; "ordinal": number; "reason": string | null; "requested_at": string | null; "requested_by": string | null; "sha256": string };

/** J: the grant card of the project and what fills it. Amounts stand on the card, in funding. */
export type Finance = { "card": string; "co_funders"?: Array<string>; "granted_per"?: "group" | "hub" | "participant" | "strand"; "inputs"?: Record<string, unknown>; "may_charge"?: boolean; "notes"?: Array<string> };

/** One thing about a plan that a rule of the network's documents speaks of. */
export type Finding = { "code": string; "planned"?: number | null; "project"?: string | null; "says": string; "severity": "fault" | "remark"; "source": string; "strand"?: string | null; "wanted"?: number | null };

/** What was found about one person. */
export type FindingOut = { "from_version": number; "is_awarded": boolean; "missing": string; "outcome": certificationReevaluationsSchemasOutcome; "teacher_id": string; "was_moved": boolean };

/** A reason to look at a question again. */
export type Flag = "too_easy" | "too_hard" | "tells_little" | "misleads" | "unused_option" | "often_left_out";

/** Send the browser to `authorization_url`, and keep `flow` in it until it comes back. */
export type FlowBegun = { "authorization_url": string; "expires_in_seconds": number; "flow": string };

/** What the provider gave the browser in the address it came back to. */
export type FlowReturn = { "code": string; "flow": string; "iss"?: string | null; "mode"?: "bearer" | "cookie"; "oauth_state": string };

/** What a budget is expected to spend in all. */
export type Forecast = { "forecast_pence": number; "reason": string };

/** A forecast that was made. */
export type ForecastOut = { "budget": string; "forecast_pence": number; "id": string; "made_at": string; "made_by": string; "reason": string };

/** Somebody who fits, as far as it takes to tell people apart. */
export type FoundTeacher = { "family_name": string; "given_name": string; "id": string; "phase": Phase | null; "school_urn": string | null };

/** Who fits, at most fifty. */
export type FoundTeachers = { "data": Array<FoundTeacher> };

/** All funds; a fund comes before its parts. */
export type FundList = { "data": Array<FundOut> };

/** A fund: what was awarded, and where the money of its budgets and of those of its parts stands. */
export type FundOut = { "allocated_pence": number; "available_pence": number; "awarded_pence": number | null; "forecast_pence": number; "fund": string; "lot": number | null; "paid_pence": number; "part_of": string | null; "payable_pence": number; "reserved_pence": number; "source": string; "title": string };

/** Who pays a part. A part of an external funder is claimed from them and never leaves our budgets. */
export type Funder = { "claimed_from"?: string | null; "funder": string; "is_external"?: boolean; "title": string };

/** The whole report. Each breakdown adds up to `spent_pence`, which is what the ledger says to the penny. */
export type FunderReport = { "by_budget": Array<SpendingOutput>; "by_category": Array<SpendingOutput>; "by_lot": Array<SpendingOutput>; "by_phase": Array<SpendingOutput>; "by_region": Array<SpendingOutput>; "from_on": string | null; "made_at": string; "money": Array<Money>; "spent_pence": number; "targets": Array<Target>; "to_on": string | null };

/** A named person agrees for the recipient. */
export type FundingAcceptance = { "agreement_version": string; "name": string; "position": string };

/** What the award is to be calculated from now. */
export type FundingAdjustmentRequest = { "because": string; "card_version"?: number | null; "findings_accepted_because"?: string | null; "inputs": Record<string, unknown> };

/** Met when all parts are met; `all` of nothing is met. */
export type FundingAllOfInput = { "all": Array<FundingAllOfInput | FundingAnyOfInput | SomeOfInput | Matrix | InheritedInput | fundingPoliciesConditionsCriterion> };

/** Met when all parts are met; `all` of nothing is met. */
export type FundingAllOfOutput = { "all": Array<FundingAllOfOutput | FundingAnyOfOutput | SomeOfOutput | Matrix | InheritedOutput | fundingPoliciesConditionsCriterion> };

/** Met when at least one part is met; `any` of nothing is not met. */
export type FundingAnyOfInput = { "any": Array<FundingAllOfInput | FundingAnyOfInput | SomeOfInput | Matrix | InheritedInput | fundingPoliciesConditionsCriterion> };

/** Met when at least one part is met; `any` of nothing is not met. */
export type FundingAnyOfOutput = { "any": Array<FundingAllOfOutput | FundingAnyOfOutput | SomeOfOutput | Matrix | InheritedOutput | fundingPoliciesConditionsCriterion> };

/** An application. The applicant is shown the scores once it is decided, and never by whom. */
export type FundingApplicationOut = { "answers": Record<string, boolean | string>; "call_id": string; "checks": Array<Checked>; "decided_at": string | null; "decided_by": string | null; "feedback": string | null; "grant_id": string | null; "id": string; "moderation": string | null; "percent": string | null; "recipient": Recipient; "requested_pence": number; "scores": Array<ScoreOut>; "status": FundingApplicationStatus; "submitted_at": string; "submitted_by": string };

/** Where an application stands. */
export type FundingApplicationStatus = "submitted" | "ineligible" | "moderated" | "funded" | "declined";

/** A line of a matrix: numbers of the first fact, and what the second may be; anything when nothing is listed. */
export type FundingBand = { "at_least"?: number | null; "below"?: number | null; "with_one_of"?: Array<boolean | number | string> };

/** Why the money has to come back. */
export type FundingBecause = "completion_withdrawn" | "booking_cancelled" | "programme_given_up" | "overpayment" | "underspend";

/** A teacher of a school with these facts; a fact that is not named is unknown. */
export type FundingCaseInput = { "days"?: number | string; "expect": Expected; "facts"?: Record<string, boolean | number | string>; "name": string; "quotas_taken"?: Array<string> };

/** A teacher of a school with these facts; a fact that is not named is unknown. */
export type FundingCaseOutput = { "days"?: string; "expect": Expected; "facts"?: Record<string, boolean | number | string>; "name": string; "quotas_taken"?: Array<string> };

/** How a case came out. */
export type FundingCaseResult = { "differences": Array<string>; "is_passed": boolean; "name": string };

/** How the second person made sure, by another way than the details came. */
export type FundingConfirmation = { "method": ConfirmationMethod; "note": string; "on": string };

/** What the policy says, and how it came to it. `fee_pence` is None while more than one fee is possible. */
export type FundingDecision = { "amount_pence": number; "criteria": Array<CriterionResult>; "fee_pence": number | null; "milestones"?: Array<MilestoneOutput>; "outcome": fundingEligibilityRulesOutcome; "policy": string; "reason": string; "row": string | null; "trace": Array<AmountLine>; "valid_until"?: string | null; "version": number };

/** One decision as it was made: every input with source and day, and the whole result. */
export type FundingDecisionOut = { "cause": string | null; "checksum": string; "decided_at": string; "inputs": Inputs; "ordinal": number; "outcome": fundingEligibilityRulesOutcome; "result": FundingDecision; "supersedes": number | null; "valid_until_on": string | null };

/** A version of a policy, the budget it is paid from, and cases that it has to pass: at least one for each row. */
export type FundingDraftContent = { "budget": string; "cases": Array<FundingCaseInput>; "policy": PolicyInput };

/** A draft. */
export type FundingDraftOut = { "author_id": string; "budget": string; "cases": Array<FundingCaseOutput>; "checksum": string; "created_at": string; "decided_at": string | null; "decided_by": string | null; "id": string; "policy": PolicyOutput; "published_at": string | null; "published_version": number | null; "reason": string | null; "revision": number; "status": DraftStatus };

/** Why an award ends, and when what is due back has to be returned. */
export type FundingEnding = { "reason": string; "returns_due_on": string };

/** Every step, the oldest first. */
export type FundingHistory = { "data": Array<MoveOut> };

export type FundingPageDraftOut = { "data": Array<FundingDraftOut>; "page": PageInfo };

export type FundingPageReviewOut = { "data": Array<FundingReviewOut>; "page": PageInfo };

/** Versions, the policies by name and each one's oldest first. */
export type FundingPolicyList = { "data": Array<FundingPolicyOut> };

/** One version of a policy, with the days it is in force and the checksum of its whole text. */
export type FundingPolicyOut = { "applies_to": AppliesTo; "checksum": string; "effective_from": string; "effective_to": string | null; "policy": string; "rows": Array<RowOutput>; "source": string; "title": string; "version": number };

/** One question of the form. */
export type FundingQuestion = { "is_required"?: boolean; "kind": "text" | "number" | "yes_no"; "question": string; "title": string };

/** A part that came back or was written off. */
export type FundingReceiptOut = { "amount_pence": number; "id": string; "kind": Method; "recorded_at": string; "recorded_by": string; "reference": string };

/** A recorded decision, made again from its own inputs by its own policy version. */
export type FundingReplay = { "bursary_id": string; "is_same": boolean; "ordinal": number; "recorded_checksum": string; "replayed_checksum": string; "result": FundingDecision };

/** One fact that somebody has to find out. An approved override of it, or news of it, settles the task. */
export type FundingReviewOut = { "due_on": string; "fact": string; "id": string; "is_overdue": boolean; "opened_at": string; "owner_id": string | null; "question": string; "school_urn": string; "settled_at": string | null; "status": ReviewStatus; "teacher_id": string | null; "waiting": Array<string> };

/** How far some have come on the way to a target. */
export type FundingStage = { "reached": number; "stage": string; "title": string };

/** A closed statement without its lines; they are in its document. */
export type FundingStatementOut = { "closed_at": string; "document_sha256": string; "id": string; "lines": number; "month": string; "party": string; "party_kind": PartyKind; "settled_at": string | null; "settlement_reference": string | null; "status": StatementStatus; "total_pence": number };

/** What a test found. The draft is tested when every case passed and there is nothing to complain of. */
export type FundingTrialReport = { "cases": Array<FundingCaseResult>; "complaints": Array<string>; "status": DraftStatus };

/** Whether you may begin an attempt now, and why not. */
export type GateOut = { "attempts": number; "extra_time_percent": number; "failures": number; "opens_at": string | null; "pass_percent": string | null; "reasons": Array<string>; "status": GateStatus };

/** Whether an attempt may begin. */
export type GateStatus = "open" | "passed" | "in_progress" | "being_marked" | "waiting" | "not_enrolled" | "not_asked_for" | "not_eligible" | "not_available";

/** Taking part gives priority in another project of a later year. */
export type GivesPriority = { "kind": "gives_priority"; "project": string; "project_year": string; "says": string; "section"?: "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | null };

/** All claims on an award, the first first. */
export type GrantClaimList = { "data": Array<GrantClaimOut> };

/** A claim, and whether what was approved has been paid. */
export type GrantClaimOut = { "amount_pence": number; "claimed_at": string; "claimed_by": string; "decided_at": string | null; "decided_by": string | null; "grant_id": string; "id": string; "lines": Array<ClaimLineOut>; "payment": PayableStatus | null; "reason": string | null; "status": ClaimedStatus };

/** Days and travel on one award. */
export type GrantClaimSubmission = { "lines": Array<ClaimLine> };

/** Where one payment on a grant came from, to the penny. */
export type GrantExplanation = { "asked": AskedPart; "award": AwardPart; "calculated": CalculatedPart; "funders": Array<SourceOut>; "owed": OwedPart; "payments": Array<PaymentAttempt>; "people": Array<PersonPart> | null; "postings": Array<PostingPart> | null; "sentences": Array<string> };

/** How the hub applies for funds: by a grant application to an open call of this card, with these answers. */
export type GrantOfferOut = { "answers": Record<string, string>; "card": string; "recipient_id": string; "recipient_kind": "hub" };

/** An award with every calculation, every funder's part, its instalments and its history. */
export type GrantOut = { "accepted_at": string | null; "accepted_by": string | null; "accepted_name": string | null; "accepted_position": string | null; "agreement_reference": string; "agreement_sha256": string; "agreement_version": string; "amount_pence": number; "budget": string; "card": string; "card_version": number; "decided_at": string | null; "decided_by": string | null; "decision_reason": string | null; "drawn_pence": number; "due_back_pence": number; "end_reason": string | null; "ended_at": string | null; "ended_by": string | null; "findings_accepted_because": string | null; "history": Array<HistoryEntry>; "id": string; "instalments": Array<InstalmentOut>; "lapsed_pence": number; "own_pence": number; "proposed_at": string; "proposed_by": string; "recipient": Recipient; "reference": string; "returned_pence": number; "snapshots": Array<SnapshotOut>; "sources": Array<SourceOut>; "spent_pence": number; "status": GrantStatus; "title": string };

/** An award to be approved by another person. What it comes to is calculated from the card. */
export type GrantProposal = { "agreement": fundingGrantsSchemasAgreement; "budget": string; "card": string; "card_version"?: number | null; "findings_accepted_because"?: string | null; "inputs": Record<string, unknown>; "instalments"?: Array<Instalment>; "recipient": Recipient; "reference": string; "title": string };

/** Where an award stands. */
export type GrantStatus = "proposed" | "withdrawn" | "declined" | "awarded" | "accepted" | "completed" | "terminated";

/** An award, without its papers. */
export type GrantSummary = { "accepted_at": string | null; "accepted_by": string | null; "accepted_name": string | null; "accepted_position": string | null; "agreement_reference": string; "agreement_sha256": string; "agreement_version": string; "amount_pence": number; "budget": string; "card": string; "card_version": number; "decided_at": string | null; "decided_by": string | null; "decision_reason": string | null; "drawn_pence": number; "due_back_pence": number; "end_reason": string | null; "ended_at": string | null; "ended_by": string | null; "findings_accepted_because": string | null; "id": string; "lapsed_pence": number; "own_pence": number; "proposed_at": string; "proposed_by": string; "recipient": Recipient; "reference": string; "returned_pence": number; "spent_pence": number; "status": GrantStatus; "title": string };

/** The bursary that was claimed. */
export type GrantedPart = { "applied_at": string; "applied_on": string; "approval_reason": string | null; "approved_at": string | null; "booking_id": string; "bursary_id": string; "course_code": string; "days": string };

/** What changes; a field left out keeps its value. */
export type GroupActivityEdit = { "ends_on"?: string; "minutes"?: number | null; "notes"?: string | null; "place"?: string | null; "starts_on"?: string; "status"?: "planned" | "held" | "cancelled"; "title"?: string };

/** A session, a visit, a task between sessions or anything else that a group does on a day. */
export type GroupActivityIn = { "ends_on"?: string | null; "kind": "session" | "residential" | "visit" | "gap_task" | "webinar" | "workshop" | "meeting" | "online" | "conference"; "minutes"?: number | null; "place"?: string | null; "slug"?: string | null; "starts_on": string; "title": string; "urn"?: string | null };

/** Something that a group does. */
export type GroupActivityOut = { "ends_on": string; "group_id": string; "id": string; "kind": "session" | "residential" | "visit" | "gap_task" | "webinar" | "workshop" | "meeting" | "online" | "conference"; "marked": number; "minutes": number | null; "notes": string | null; "place": string | null; "present": number; "slug": string | null; "starts_on": string; "status": "planned" | "held" | "cancelled"; "title": string; "urn": string | null };

/** One line of a group's contact list. */
export type GroupContactOut = { "part": "lead" | "participant"; "person_id": string; "role": string | null; "school_name": string | null; "since_on": string; "urn": string | null };

/** Everybody in a group as it is now, leads first. */
export type GroupContactsOut = { "data": Array<GroupContactOut> };

/** Of all pupils who came to the event, whatever their school. */
export type GroupCounts = { "boys": number; "girls": number; "not_stated": number };

/** Who is sent to what. */
export type GroupDelegateOut = { "activity": string; "occasion": string | null; "person_id": string; "presence": "present" | "absent" | null };

/** What a group sends delegates to, and whom it sends. */
export type GroupDelegatesOut = { "activities": Array<DelegatesExpected>; "data": Array<GroupDelegateOut> };

/** A school, a person or a lead leaves. */
export type GroupDeparture = { "left_on"?: string | null; "reason": string };

/** The documents of a group. */
export type GroupDocumentList = { "data": Array<GroupDocumentOut> };

/** A document of a group. */
export type GroupDocumentOut = { "group_id": string; "id": string; "left_out": Array<string>; "media_type": string; "name": string | null; "person_id": string | null; "purged_at": string | null; "scan_status": "not_scanned" | "clean"; "sha256": string; "size_bytes": number; "uploaded_at": string };

/** The same, with every line of the calculations. */
export type GroupGrantDetail = { "awarded": Calculation | null; "awarded_pence": number; "card": string | null; "drawn_pence": number; "expected": Calculation | null; "expected_pence": number; "explanation": Array<string>; "grant_id": string | null; "grant_status": GrantStatus | null; "group_id": string; "hub_id": string; "hub_name": string | null; "is_ready_to_complete": boolean; "network": string; "owed_pence": number; "project_code": string; "project_year": string; "question": string | null; "question_code": string | null; "recovery": "proposed" | "approved" | "declined" | null; "status": "running" | "completed" | "cancelled"; "to_recover_pence": number; "to_return_pence": number };

/** What a group's hub can expect, has drawn and is owed, with what that was worked out from. */
export type GroupGrantOut = { "awarded_pence": number; "card": string | null; "drawn_pence": number; "expected_pence": number; "grant_id": string | null; "grant_status": GrantStatus | null; "group_id": string; "hub_id": string; "hub_name": string | null; "is_ready_to_complete": boolean; "network": string; "owed_pence": number; "project_code": string; "project_year": string; "question": string | null; "question_code": string | null; "recovery": "proposed" | "approved" | "declined" | null; "status": "running" | "completed" | "cancelled"; "to_recover_pence": number; "to_return_pence": number };

/** Who leads a group. */
export type GroupLeadOut = { "experience": "new" | "existing"; "id": string; "lead_id": string; "person_id": string; "since_on": string; "until_on": string | null };

/** Who leads and led a group. */
export type GroupLeadsOut = { "data": Array<GroupLeadOut> };

/** One participant's mark. */
export type GroupMarkIn = { "mark": "present" | "absent" | "excused" | "done" | "not_done"; "minutes"?: number | null; "participant_id": string };

/** One line of a register. */
export type GroupMarkOut = { "mark": "present" | "absent" | "excused" | "done" | "not_done" | null; "minutes": number | null; "participant_id": string; "person_id": string; "urn": string | null };

/** One group's money in pence. */
export type GroupMoneyFigures = { "awarded_pence": number; "drawn_pence": number; "expected_pence": number; "grant_status": string | null; "owed_pence": number; "question_code": string | null; "to_return_pence": number };

/** An organisation of a group. */
export type GroupOrganisationOut = { "id": string; "joined_on": string; "left_on": string | null; "name": string; "organisation_id": string; "participants": number };

/** Organisations that are and were in a group, in the order in which they joined. */
export type GroupOrganisationsOut = { "data": Array<GroupOrganisationOut> };

/** The bookings of a group, in the order asked for. */
export type GroupOut = { "data": Array<BookingOut> };

/** A person in a group. Names and addresses are identity's; messages go through it. */
export type GroupParticipantOut = { "accreditation": string | null; "id": string; "joined_on": string; "left_on": string | null; "organisation_id": string | null; "outcome": "completed" | "incomplete" | null; "person_id": string; "role": string | null; "school_name": string | null; "urn": string | null };

/** Whether the grant of a group that was called off is ended, and by when what was not spent has to be back. */
export type GroupRecoveryDecision = { "outcome": "approved" | "declined"; "reason": string; "returns_due_on": string };

/** Marks of an activity: those that are named are set or corrected, others stay. */
export type GroupRegisterIn = { "entries": Array<GroupMarkIn> };

/** The register of an activity: everybody who was in the group on its day. */
export type GroupRegisterOut = { "activity": GroupActivityOut; "data": Array<GroupMarkOut> };

/** A school of a group. */
export type GroupSchoolOut = { "id": string; "joined_on": string; "left_on": string | null; "name": string; "participants": number; "urn": string };

/** Schools that are and were in a group, in the order in which they joined. */
export type GroupSchoolsOut = { "data": Array<GroupSchoolOut> };

/** What a group has too little or too much of. */
export type GroupShortfallOut = { "code": string; "is_decisive": boolean; "keeps_from": "running" | "completed" | null; "says": string };

/** The space of a group that the caller is of. */
export type GroupSpaceOut = { "earns": string | null; "group_id": string; "group_status": "forming" | "running" | "completed" | "cancelled"; "hub_id": string; "may_moderate": boolean; "network": string; "open_reports": number | null; "part": "participant" | "lead" | "staff"; "project_code": string; "title": string; "topics": number; "unread": number };

/** What becomes of a group: it starts, is completed, or is called off. */
export type GroupStepIn = { "on": string; "reason"?: string | null; "to": "running" | "completed" | "cancelled" };

/** How many of the pupils who came were of which group. */
export type GroupsOut = { "boys": number; "girls": number; "not_stated": number };

/** To which hub a district goes, from which day. */
export type HandOverIn = { "on": string; "reason": string; "to_hub_id": string };

/** Something that would help next. */
export type HintOut = { "component": "commitment" | "professional_knowledge" | "community"; "hint": string };

/** Everything that happened to an entry. What an earlier release did with it may be missing. */
export type History = { "entry_id": string; "events": Array<EventOut>; "submissions": Array<certificationLogEntriesSchemasSubmissionOut> };

/** What happened, who did it, and why. */
export type HistoryEntry = { "action": string; "actor": string | null; "amount_pence": number | null; "happened_at": string; "reason": string | null; "status": GrantStatus };

/** Something that happened to a kit. */
export type HistoryStep = { "at": string; "borrower_urn": string; "due_on": string; "loan_id": string; "step": string };

/** The name to print, and who may see it. Nobody may unless you say so. */
export type HolderName = { "name": string; "shares_document"?: boolean; "shows_name"?: boolean };

/** A hub and how far its lead school is from the place, in a straight line. */
export type HubAt = { "hub": HubOut; "km": number };

/** For which hubs a rule holds: those that answer a fact of the network with yes, or with a number above 0. */
export type HubCondition = { "fact": string; "says": string };

/** The same for one hub. */
export type HubDashboard = { "as_at": string; "basis": "agreed" | "newest"; "groups": Array<HubDashboardGroup>; "hub_id": string; "hub_name": string; "network": string; "network_title": string; "plan_status": "none" | "draft" | "submitted" | "returned" | "agreed"; "project_year": string; "projects": Array<ProjectFigures>; "region": string; "reports_due": Array<ReportsDue>; "total": Figures };

/** A group of a hub, with its money. */
export type HubDashboardGroup = { "ends_on": string | null; "group_id": string; "held": number; "hub_id": string; "hub_name": string; "marked": number; "money": GroupMoneyFigures | null; "next_on": string | null; "participants": number; "participants_at_most": number | null; "present": number; "project_code": string; "project_title": string; "reports_late": number; "reports_open": number; "schools": number; "schools_at_most": number | null; "starts_on": string; "status": "forming" | "running" | "completed" | "cancelled"; "title": string };

/** A hub in the network's view. */
export type HubDeliveryOut = { "hub_id": string; "is_open": boolean; "kind": "computing_hub" | "maths_hub" | "stem_skills_hub" | "satellite"; "measures": Array<MeasureOut>; "name": string; "region": string; "slug": string };

/** What is asked of each hub, in its plan, or told of it by the national team. */
export type HubFact = { "kind": "yes_no" | "count"; "slug": string; "title": string; "told_by"?: "hub" | "national_team" };

/** What administrators may change as well. */
export type HubFacts = { "email"?: string; "lead_school"?: string | null; "lead_school_urn"?: string | null; "managed_by_hub_id"?: string | null; "name"?: string; "opening_hours"?: string | null; "phone"?: string | null; "region"?: string; "website"?: string | null };

/** One hub. */
export type HubFigures = { "delivery": DeliveryFigures; "hub_id": string; "hub_name": string; "left_on": string | null; "money": MoneyFigures | null; "plan": PlanFigures; "plan_status": "none" | "draft" | "submitted" | "returned" | "agreed"; "recruitment": RecruitmentFigures; "region": string; "reports": ReportFigures };

/** The last day of a guest, earlier than it was. */
export type HubGuestEnd = { "until_on": string };

/** A school that may use the hub's centre and borrow its equipment without belonging to it. */
export type HubGuestIn = { "because": string; "from_on": string; "until_on": string; "urn": string };

/** A guest of a hub. */
export type HubGuestOut = { "because": string; "from_on": string; "hub_id": string; "id": string; "until_on": string; "urn": string };

/** A hub, as anybody may see it. */
export type HubOut = { "email": string; "id": string; "is_open": boolean; "kind": "computing_hub" | "maths_hub" | "stem_skills_hub" | "satellite"; "latitude": number; "lead_school": string | null; "lead_school_urn": string | null; "longitude": number; "managed_by_hub_id": string | null; "name": string; "opening_hours": string | null; "phone": string | null; "postcode": string; "region": string; "slug": string; "stage": "applied" | "assessed" | "designated" | "reviewed" | "closed"; "website": string | null };

/** The same with its newest lines, and what the documents say of them. The ETag is what a change needs. */
export type HubPlanDetail = { "agreed_revision": number | null; "facts": Record<string, number>; "faults_count": number; "findings": Array<Finding>; "hub_id": string; "hub_name": string; "id": string; "lines": Array<PlanLineOut>; "network_slug": string; "project_year": string; "region": string; "revision": number; "status": "draft" | "submitted" | "returned" | "agreed"; "window": PlanWindowOut };

/** Of which hub, network and year. */
export type HubPlanIn = { "hub_id": string; "network": string; "project_year": string };

/** A hub's plan for a year. */
export type HubPlanOut = { "agreed_revision": number | null; "hub_id": string; "hub_name": string; "id": string; "network_slug": string; "project_year": string; "region": string; "revision": number; "status": "draft" | "submitted" | "returned" | "agreed" };

/** A teacher's membership of a hub. */
export type HubsMembershipOut = { "hub_id": string; "id": string; "joined_at": string; "teacher_id": string };

/** One of the people whom each participating school sends. */
export type HubsRole = { "count"?: number; "slug": string; "title": string };

/** A school; null means that the register does not say. */
export type HubsSchoolOut = { "as_of_on": string; "closed_on": string | null; "country": string; "district_code": string | null; "district_vintage": string | null; "establishment_number": string | null; "establishment_type": number; "free_school_meals_percent": string | null; "highest_age": number | null; "is_open": boolean; "is_section_41_approved": boolean | null; "is_state_funded": boolean | null; "key_stages": Array<string> | null; "la_code": string | null; "lowest_age": number | null; "missing_since_on": string | null; "name": string; "offers_gcse_computer_science": boolean | null; "opened_on": string | null; "phase": "nursery" | "primary" | "secondary" | "all_through" | "post_16" | "not_applicable"; "postcode": string | null; "pupils": number | null; "region": string | null; "sector": string | null; "source": string; "status": "open" | "closed" | "open_but_closing" | "proposed" | null; "town": string | null; "trust_code": string | null; "ukprn": string | null; "urn": string };

/** What a test's outcome is, and on whose word. */
export type HubsStanding = "met" | "not_met" | "unknown" | "declared" | "overridden";

/** One bursary, before and after. */
export type ImpactItemOut = { "amount_after_pence": number | null; "amount_before_pence": number; "bursary_id": string; "effect": Effect; "handled_at": string | null; "outcome_after": fundingEligibilityRulesOutcome | null; "status_before": string };

/** One change and what it did, as far as it is worked off. */
export type ImpactOut = { "cause": string; "decided": number; "finished_at": string | null; "found": number; "gone": number; "id": string; "kept": number; "opened_at": string; "pending": number; "unchanged": number };

/** The second person's word. */
export type ImportDecisionIn = { "outcome": "approved" | "refused"; "reason": string };

/** That an entry is in the log: an audit path by RFC 6962 from its leaf to the root of the head. */
export type InclusionProof = { "entry": string; "head": TreeHead; "path": Array<string>; "position": number };

/** A criterion that a school meets when any school of its trusts does. */
export type InheritedInput = { "any_school_of_trust": ComparisonInput; "criterion": string; "not_met": string; "title": string; "unknown": string };

/** A criterion that a school meets when any school of its trusts does. */
export type InheritedOutput = { "any_school_of_trust": fundingPoliciesConditionsComparison; "criterion": string; "not_met": string; "title": string; "unknown": string };

/** Where a value of the grant card comes from: counted from the plan or the group, fixed, or told by the hub. */
export type Input = { "from": "groups" | "schools" | "participants" | "average_participants" | "leads" | "lead_experience" | "strand" | "constant" | "hub"; "value"?: string | null };

/** One thing that the calculation has to be told. */
export type InputDeclarationInput = { "choices"?: Array<string>; "default"?: number | string | null; "expected"?: BoundsInput | null; "input": string; "kind": "count" | "days" | "pence" | "choice"; "limit"?: BoundsInput | null; "title": string };

/** One thing that the calculation has to be told. */
export type InputDeclarationOutput = { "choices"?: Array<string>; "default"?: string | null; "expected"?: BoundsOutput | null; "input": string; "kind": "count" | "days" | "pence" | "choice"; "limit"?: BoundsOutput | null; "title": string };

/** Everything a decision was made from. */
export type Inputs = { "applied_on": string; "checksum": string; "course": Course; "facts": Record<string, Fact>; "milestone"?: string | null; "policy": string; "quotas_taken": Record<string, boolean>; "school_urn": string; "teacher_id"?: string | null; "version": number };

/** A part that may be drawn from a day on. */
export type Instalment = { "amount_pence": number; "condition": string; "due_on": string; "title": string };

/** An instalment and what was drawn of it. */
export type InstalmentOut = { "amount_pence": number; "cancelled_pence": number; "condition": string; "drawn_pence": number; "due_on": string; "id": string; "number": number; "title": string };

/** A school's interest: numbers, and whom to ask for by role. No names. */
export type InterestIn = { "contact_role": "headteacher" | "computing_lead" | "stem_lead" | "careers_lead" | "school_office"; "pupils": number; "staff"?: number };

/** A school's interest and whether the offer can take it. */
export type InterestOut = { "contact_role": "headteacher" | "computing_lead" | "stem_lead" | "careers_lead" | "school_office"; "offer_id": string; "pupils": number; "school_urn": string; "since_at": string; "staff": number; "status": "registered" | "waiting" | "withdrawn" };

/** An open invitation. */
export type InvitationOut = { "email": string; "expires_at": string; "id": string; "invited_at": string; "invited_by": string; "organisation_id": string | null; "role": Role; "until_on": string | null };

export type JsonValue = unknown;

/** Public keys of a client, as a JSON Web Key Set. */
export type KeySet = { "keys": Array<Record<string, unknown>> };

/** One kit. Its version is the `If-Match` of an edit. */
export type KitDetail = { "condition": "new" | "good" | "worn" | "damaged"; "hub_id": string; "id": string; "items_count": number; "kind": "microbits" | "sensors" | "single_board_computers" | "robots" | "electronics" | "laptops" | "other"; "longest_loan_days": number; "owner_urn": string | null; "status": "available" | "out" | "in_repair" | "lost" | "withdrawn"; "taken": Array<TakenDays>; "title": string; "value_pence": number; "version": number };

/** What to change; what is left out stays. */
export type KitEdit = { "condition"?: "new" | "good" | "worn" | "damaged" | null; "is_withdrawn"?: boolean | null; "items_count"?: number | null; "longest_loan_days"?: number | null; "title"?: string | null; "value_pence"?: number | null };

/** A kit that a hub, or a school of it, lends. */
export type KitIn = { "condition": "new" | "good" | "worn" | "damaged"; "hub_id": string; "items_count": number; "kind": "microbits" | "sensors" | "single_board_computers" | "robots" | "electronics" | "laptops" | "other"; "longest_loan_days"?: number; "owner_urn"?: string | null; "title": string; "value_pence": number };

/** A kit and where it stands. */
export type KitOut = { "condition": "new" | "good" | "worn" | "damaged"; "hub_id": string; "id": string; "items_count": number; "kind": "microbits" | "sensors" | "single_board_computers" | "robots" | "electronics" | "laptops" | "other"; "longest_loan_days": number; "owner_urn": string | null; "status": "available" | "out" | "in_repair" | "lost" | "withdrawn"; "title": string; "value_pence": number };

/** The way to an attempt at a provider. Whoever has the link sits the attempt: it is for you alone. */
export type LaunchOut = { "expires_at": string; "url": string };

/** Marks of a lead: those that are named are set or corrected, others stay. */
export type LeadAttendanceIn = { "entries": Array<LeadMark> };

/** Days that a lead is given for one purpose; `days_at_most` when the source gives a range. */
export type LeadDays = { "days": string; "days_at_most"?: string | null; "for_leads"?: "all" | "new" | "existing"; "is_included"?: boolean; "label": string; "per"?: "group" | "school" | "participant" | "lead"; "section"?: "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | null };

/** Days for one purpose. */
export type LeadDaysLineOut = { "days": string; "days_at_most": string; "days_each": string; "is_included": boolean; "label": string; "per": "group" | "school" | "participant" | "lead"; "times": number };

/** The days a lead is given for the groups they lead now. */
export type LeadDaysOut = { "days": string; "days_at_most": string; "lines": Array<LeadDaysLineOut> };

/** What becomes of a proposal, with the criteria that a person decides against what is known or declared. */
export type LeadDecisionIn = { "outcome": "accepted" | "declined"; "overrides"?: Array<Override>; "reason": string };

/** Occasions that the lead has to be at. */
export type LeadDutyOut = { "activity": string; "at_least": number; "attended": number; "is_met": boolean; "is_required": boolean; "occasions": Array<LeadOccasionOut>; "title": string };

/** Why somebody leads no more. */
export type LeadEndIn = { "reason": string };

/** A lead of the project who is given a group. */
export type LeadJoins = { "lead_id": string; "since_on"?: string | null };

/** Whether a lead was at an occasion. */
export type LeadMark = { "activity": string; "occasion": string; "presence": "present" | "absent" | "excused" };

/** One occasion and whether the lead was there. */
export type LeadOccasionOut = { "ends_on": string | null; "place": string | null; "presence": "present" | "absent" | "excused" | null; "starts_on": string | null; "title": string; "when": string | null };

/** F: who leads a group, and what that takes. */
export type Leads = { "attendance"?: Array<Attendance>; "commitments"?: Array<string>; "days"?: Array<LeadDays>; "desirable"?: Array<string>; "how_many"?: Extent | null; "per"?: "group" | "hub"; "provided_by"?: "hub" | "national_team"; "requirements"?: AllOf | AnyOf | AtLeast | Desirable | FactTest | TookPart | Question | null; "title"?: string };

/** A key that somebody found where no key belongs. */
export type LeakReport = { "found_where": string; "key": string };

/** What came of a report. */
export type LeakReportOut = { "outcome": "revoked" | "not_in_use" };

/** That somebody teaches nowhere from now on. */
export type Leaving = { "to_on": string };

/** One posting with the movement it belongs to. */
export type LedgerEntry = { "account": string; "amount_pence": number; "id": number; "kind": EntryKind; "narrative": string; "posted_at": string; "reverses_id": string | null; "source": string; "transaction_id": string };

/** A licence under which a resource may be published. */
export type LicenceOut = { "attribution": boolean; "code": "CC0-1.0" | "CC-BY-4.0" | "CC-BY-SA-4.0" | "CC-BY-NC-4.0" | "CC-BY-NC-SA-4.0" | "OGL-UK-3.0" | "MIT"; "commercial": boolean; "link": string; "share_alike": boolean; "title": string };

/** Where a hub stands, how it came there, and what may follow. */
export type LifeCycleOut = { "hub_id": string; "may_follow": Array<"applied" | "assessed" | "designated" | "reviewed" | "closed">; "stage": "applied" | "assessed" | "designated" | "reviewed" | "closed"; "steps": Array<hubsDirectoryAdministrationSchemasStepOut> };

/** A quantity kept between bounds. */
export type LimitedInput = { "at_least"?: number | string | null; "at_most"?: number | string | null; "limited": NumberInput | Count | PlusInput | MinusInput | TimesInput | LimitedInput };

/** A quantity kept between bounds. */
export type LimitedOutput = { "at_least"?: string | null; "at_most"?: string | null; "limited": NumberOutput | Count | PlusOutput | MinusOutput | TimesOutput | LimitedOutput };

/** How an assessment is sat. What passes it, and what has to be met first, is in the rules of the scheme. */
export type Limits = { "attempts_at_once"?: number; "expired_counts_as"?: "nothing" | "failure"; "expires_after_minutes"?: number; "late_results"?: "count" | "recorded_only"; "questions"?: number; "statistics_from"?: number; "time_limit_minutes"?: number; "wait_hours"?: number };

/** How a revision differs from the one before in one project or strand. Null: it had or has none. */
export type LineChange = { "after": PlanLineOut | null; "before": PlanLineOut | null; "code": string; "strand": string | null };

/** What a line is about. Amounts are as the party sees them: what it gets adds, what it owes takes off. */
export type LineKind = "bursary_paid" | "bursary_reversed" | "fee_owed" | "fee_earned" | "fee_reversed" | "to_be_recovered" | "recovered" | "written_off" | "grant_paid" | "grant_reversed";

/** Where a line stands. */
export type LineStatus = "matched" | "queued" | "proposed" | "resolved";

/** Somebody the hub works with. */
export type LinkIn = { "kind": "partner" | "lep" | "ambassador_hub" | "employer"; "name": string; "since_on": string; "until_on"?: string | null; "website"?: string | null };

/** Somebody the hub works with. */
export type LinkOut = { "id": string; "kind": "partner" | "lep" | "ambassador_hub" | "employer"; "name": string; "since_on": string; "until_on": string | null; "website": string | null };

/** The account elsewhere is proven and linked to nobody here. The same whether or not somebody here has its address: sign in, or register, then send `link` to `/v1/me/federated-identities`. */
export type LinkWanted = { "expires_in_seconds": number; "link": string; "status"?: "link_required"; "suggestion": Suggestion };

/** Why a loan is called off before the kit was collected. */
export type LoanCancellation = { "reason": string };

/** The lender's word on a request. */
export type LoanDecision = { "outcome": "agreed" | "refused"; "reason"?: string | null };

/** A loan with what happened to it. */
export type LoanDetail = { "asked_before": number; "borrower_urn": string; "condition_lent": "new" | "good" | "worn" | "damaged" | null; "condition_returned": "new" | "good" | "worn" | "damaged" | null; "damage_reports": Array<DamageReportOut>; "days_overdue": number; "due_on": string; "extension_to_on": string | null; "from_on": string; "id": string; "is_free": boolean; "is_overdue": boolean; "items_lent": number | null; "items_returned": number | null; "kit_id": string; "kit_title": string; "lent_on": string | null; "reason": string | null; "requested_at": string; "returned_on": string | null; "status": "requested" | "agreed" | "lent" | "returned" | "lost" | "refused" | "cancelled"; "steps": Array<hubsEquipmentSchemasStepOut> };

/** Which kit the caller's school wants, from the first day to the day it is due back. */
export type LoanIn = { "due_on": string; "from_on": string; "kit_id": string };

/** A loan, or a wish for one. */
export type LoanOut = { "asked_before": number; "borrower_urn": string; "condition_lent": "new" | "good" | "worn" | "damaged" | null; "condition_returned": "new" | "good" | "worn" | "damaged" | null; "days_overdue": number; "due_on": string; "extension_to_on": string | null; "from_on": string; "id": string; "is_free": boolean; "is_overdue": boolean; "items_lent": number | null; "items_returned": number | null; "kit_id": string; "kit_title": string; "lent_on": string | null; "reason": string | null; "requested_at": string; "returned_on": string | null; "status": "requested" | "agreed" | "lent" | "returned" | "lost" | "refused" | "cancelled" };

/** An activity as its author tells it. */
export type LogEntryChange = { "activity": string; "description": string; "hours"?: number | string | null; "occurred_on": string };

/** An activity to record. */
export type LogEntryDraft = { "activity": string; "as_draft"?: boolean; "description": string; "hours"?: number | string | null; "occurred_on": string };

/** The newest head. */
export type LogHead = { "head": TreeHead | null };

/** What began with that account here has ended. The same whether or not anything had. */
export type LoggedOut = { "status"?: "logged_out" };

/** The hub of a place, and how it was found. */
export type LookupOut = { "alternatives": Array<HubAt>; "basis": "coverage" | "nearest"; "coverage_basis": "county_named_by_hub" | "district_named_by_hub" | "nearest_lead_school" | "decided" | null; "district": DistrictOut | null; "explanation": string; "hub": HubOut; "is_fallback": boolean; "km": number; "on": string; "postcode"?: string | null; "precision": "postcode" | "sector" | "outcode" | "school"; "urn"?: string | null };

/** What the caller is sent. Mail about a place or a course that is not as it was is always sent. */
export type MailPreferences = { "optional": Array<OptionalMail>; "unwanted": Array<"booking_reminder" | "booking_waiting" | "space_digest"> };

/** A message with invented data. */
export type MailPreview = { "html": string; "subject": string; "template": string; "text": string };

/** An address to which nothing can be delivered. */
export type MailRefusal = { "address": string; "messages": number; "person_id": string | null; "refusal": string; "refused_at": string };

/** A kind of message. */
export type MailTemplate = { "subject": string; "template": string };

/** Every kind of message that the platform sends. */
export type MailTemplates = { "data": Array<MailTemplate> };

/** All that the caller does not want to be sent; an empty list for everything. */
export type MailWishes = { "unwanted": Array<"booking_reminder" | "booking_waiting" | "space_digest"> };

/** How somebody was at a session. */
export type MarkOut = { "arrived_at": string | null; "left_at": string | null; "minutes": number | null; "minutes_late": number; "minutes_left_early": number; "minutes_planned": number; "ordinal": number; "origin": "staff" | "sign_in" | "whole_run" | "closing" | null; "presence": "present" | "absent" | "excused" | "pending"; "session_id": string };

/** The same with what waits, oldest first and at most a hundred, and with what was decided, last first. */
export type MatchDetail = { "activity_codes": Array<string>; "candidates": Array<CandidateOut>; "claimed_teacher_id": string | null; "completions": Array<WaitingOut>; "decisions": Array<hubsMatchesSchemasDecisionOut>; "due_at": string | null; "external_learner_id": string; "first_seen_at": string; "id": string; "is_overdue": boolean; "organisation_id": string; "school_urn": string | null; "status": "waiting" | "linked" | "not_ours" | "split"; "waiting": number; "waiting_since_at": string | null };

/** A learner whose teacher is to be found, with what waits for the answer. */
export type MatchOut = { "activity_codes": Array<string>; "candidates": Array<CandidateOut>; "claimed_teacher_id": string | null; "due_at": string | null; "external_learner_id": string; "first_seen_at": string; "id": string; "is_overdue": boolean; "organisation_id": string; "school_urn": string | null; "status": "waiting" | "linked" | "not_ours" | "split"; "waiting": number; "waiting_since_at": string | null };

/** A criterion on two facts together: met in the bands, read for every combination that is possible. */
export type Matrix = { "across": string; "bands": Array<FundingBand>; "bands_of": string; "criterion": string; "not_met": string; "title": string; "unknown": string };

/** The signed-in person. */
export type Me = { "email": string; "family_name": string; "given_name": string; "id": string; "organisation": OrganisationRef | null; "phase": Phase | null; "registered_at": string; "roles": Array<RoleOut>; "school": SchoolOut | null; "trn": TeacherNumberOut | null };

/** One thing that is counted. */
export type MeasureOut = { "delivered": number; "measure": "teachers" | "schools" | "course_runs" | "places" | "cpd_hours" | "new_members" | "member_schools" | "meetings"; "percent": number | null; "target": number | null };

/** What changes; a field left out keeps its value. */
export type MeetingEdit = { "from_time"?: string | null; "meets_on"?: string; "minutes_link"?: string | null; "place"?: string | null; "status"?: "cancelled"; "title"?: string; "until_time"?: string | null };

/** A meeting to come, or one that was. */
export type MeetingIn = { "from_time"?: string | null; "meets_on": string; "minutes_link"?: string | null; "place"?: string | null; "title": string; "until_time"?: string | null };

/** A meeting, as anybody may see it. Minutes and schools are for the hub's staff and administrators. */
export type MeetingOut = { "from_time": string | null; "hub_id": string; "id": string; "meets_on": string; "minutes_link"?: string | null; "place": string | null; "schools"?: Array<AttendingSchoolOut> | null; "schools_attended": number; "status": "planned" | "held" | "cancelled"; "title": string; "until_time": string | null };

/** A role that somebody holds or held. */
export type MembershipOut = { "email": string | null; "ended_at": string | null; "family_name": string; "from_on": string; "given_name": string; "granted_by": string | null; "id": string; "organisation_id": string | null; "person_id": string; "role": Role; "until_on": string | null };

/** Two accounts that may be one person's. */
export type MergeCandidate = { "has_different_numbers": boolean; "people": Array<CandidatePerson>; "reasons": Array<"same_teacher_number" | "same_federated_subject" | "same_name_same_time_same_school" | "same_name_same_school" | "same_name" | "address_looks_mistyped">; "score": number };

/** What another administrator decides. */
export type MergeDecision = { "outcome": "approved" | "declined" };

/** What a merge did in one service. */
export type MergeEffects = { "kept_id": string; "merge_id": string; "merged_at": string; "merged_id": string; "moved": Record<string, number>; "questions": Array<MergeQuestion>; "separated_at": string | null; "stayed": Record<string, Array<Record<string, string>>>; "stays_by_rule": Record<string, string> };

/** A merge that was proposed. */
export type MergeOut = { "decided_at": string | null; "decided_by": string | null; "id": string; "kept_id": string; "merged_id": string; "outcome": "approved" | "declined" | null; "present_school": "kept" | "merged" | null; "proposed_at": string; "proposed_by": string; "reason": string; "separated_at": string | null; "separated_by": string | null; "separation_reason": string | null };

/** What a merge would do here. Every other service tells what it did at `/v1/merge-effects/…`. */
export type MergePreview = { "merge_id": string; "moves": Record<string, number>; "sign_ins_ended": number; "stays": Record<string, number> };

/** Something that a person has to settle, since no rule may. */
export type MergeQuestion = { "about": string; "code": string; "detail": string };

/** Why two accounts are not one person's after all. */
export type MergeSeparation = { "reason": string };

/** What became of a criterion or a condition. */
export type Met = "met" | "not_met" | "unknown";

/** How it comes back. */
export type Method = "offset" | "invoice" | "write_off";

/** One part: so much when this is reached; of courses the `course`-th of those that are long enough counts. */
export type MilestoneInput = { "amount_pence": number; "by"?: string | null; "course"?: number; "earned_by": "course_completed" | "programme_completed"; "is_beside_cap"?: boolean; "least_days"?: number | string; "milestone": string; "title": string; "uses"?: Array<string> };

/** One part: so much when this is reached; of courses the `course`-th of those that are long enough counts. */
export type MilestoneOutput = { "amount_pence": number; "by"?: string | null; "course"?: number; "earned_by": "course_completed" | "programme_completed"; "is_beside_cap"?: boolean; "least_days"?: string; "milestone": string; "title": string; "uses"?: Array<string> };

/** The parts of a bursary, and the most that they come to, bonuses aside. */
export type MilestonesInput = { "at_most_pence": number; "clawback": Clawback; "parts": Array<MilestoneInput> };

/** The parts of a bursary, and the most that they come to, bonuses aside. */
export type MilestonesOutput = { "at_most_pence": number; "clawback": Clawback; "parts": Array<MilestoneOutput> };

/** The first quantity less all others. */
export type MinusInput = { "minus": Array<NumberInput | Count | PlusInput | MinusInput | TimesInput | LimitedInput> };

/** The first quantity less all others. */
export type MinusOutput = { "minus": Array<NumberOutput | Count | PlusOutput | MinusOutput | TimesOutput | LimitedOutput> };

/** The total as the panel settles it. */
export type Moderation = { "percent"?: number | string | null; "reason": string };

/** What the check says. */
export type ModulusCheck = "passed" | "failed" | "unknown";

/** Where the money of one budget stands now, in pence. */
export type Money = { "allocated_pence": number; "available_pence": number; "budget": string; "forecast_pence": number; "is_forecast": boolean; "is_sandbox": boolean; "lot": number | null; "paid_pence": number; "payable_pence": number; "reserved_pence": number; "title": string };

/** Our part of the grants of groups, in pence, as funding last told it. */
export type MoneyFigures = { "awarded_pence": number; "drawn_pence": number; "expected_pence": number; "groups": number; "owed_pence": number; "questions": number; "to_return_pence": number };

/** Where somebody teaches from a day on. */
export type Move = { "from_on": string; "phase": Phase; "school_urn": string };

/** One step in a bursary's life. */
export type MoveOut = { "actor_id": string | null; "cause": string | null; "from_status": BursaryStatus | null; "moved_at": string; "reason": string | null; "to_status": BursaryStatus };

/** What the whole network is to reach, or, when `is_limit`, what it is funded for and may not exceed. */
export type NationalAim = { "at_least"?: number | null; "at_most"?: number | null; "is_limit"?: boolean; "measure": "groups" | "schools" | "participants" | "hubs"; "says": string; "section"?: "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | null; "share_of_hubs"?: string | null };

/** A figure that a source names for the whole network, and where it stands today. */
export type NationalTargetOut = { "delivered": number; "measure": string; "since_on": string; "source": string; "target": number; "title": string; "until_on": string };

/** How far a need is met. */
export type NeedOut = { "asked": number; "have": number; "is_met": boolean; "kind": string; "need": string; "title": string };

/** An amount less another, and never less than nothing: a bursary from which the fee is taken. */
export type NettedInput = { "less": fundingPoliciesAmountsLineInput | SumInput | CappedInput | NettedInput | ChosenInput; "netted": fundingPoliciesAmountsLineInput | SumInput | CappedInput | NettedInput | ChosenInput };

/** An amount less another, and never less than nothing: a bursary from which the fee is taken. */
export type NettedOutput = { "less": fundingPoliciesAmountsLineOutput | SumOutput | CappedOutput | NettedOutput | ChosenOutput; "netted": fundingPoliciesAmountsLineOutput | SumOutput | CappedOutput | NettedOutput | ChosenOutput };

/** A network's year for its national team. */
export type NetworkDashboard = { "as_at": string; "basis": "agreed" | "newest"; "hubs": Array<HubFigures>; "network": string; "network_title": string; "plans": Record<string, number>; "project_year": string; "projects": Array<ProjectFigures>; "regions": Array<RegionFigures>; "reports_due": Array<ReportsDue>; "total": Figures };

/** Every hub's year. Totals count a teacher or school once, however many hubs they were with. */
export type NetworkDeliveryOut = { "academic_year": string; "first_on": string; "hubs": Array<HubDeliveryOut>; "last_on": string; "national": Array<NationalTargetOut>; "totals": Array<MeasureOut> };

/** A network for one year. */
export type NetworkDocument = { "aims"?: Array<NationalAim>; "choices"?: Array<hubsNetworksDocumentChoice>; "hub_facts"?: Array<HubFact>; "hubs_expected"?: number | null; "national_team": string; "plans"?: PlanWindow; "project_year": string; "slug": string; "source": string; "splits"?: Array<Split>; "subject": string; "title": string };

/** The same with what is known of it and was agreed with it. The ETag is what a change needs. */
export type NetworkHubDetail = { "facts": Record<string, number>; "hub_id": string; "joined_on": string; "left_on": string | null; "name": string; "region": string; "slug": string; "targets": Array<TargetOut> };

/** A hub's part in a network: the whole of it. Facts and targets left out are no longer known. */
export type NetworkHubIn = { "facts"?: Record<string, unknown>; "joined_on": string; "left_on"?: string | null; "targets"?: Array<TargetIn> };

/** A hub that takes part. */
export type NetworkHubOut = { "hub_id": string; "joined_on": string; "left_on": string | null; "name": string; "region": string; "slug": string };

/** All hubs' plans together. Counted are agreed plans, or with `basis=newest` what hubs are working on. */
export type NetworkPlanOut = { "aims": Array<AimStanding>; "basis": "agreed" | "newest"; "findings": Array<Finding>; "hubs": number; "network_slug": string; "plans": Record<string, number>; "project_year": string; "projects": Array<ProjectPlanOut> };

/** The same with what it changes. */
export type NetworkProposalDetail = { "changes": Array<Change>; "changes_count": number; "decided_at": string | null; "decided_by": string | null; "decision": string | null; "id": string; "network_slug": string; "project_year": string; "proposed_at": string; "proposed_by": string; "reason": string; "status": "proposed" | "approved" | "refused" };

/** A proposed change of a network's documents. */
export type NetworkProposalOut = { "changes_count": number; "decided_at": string | null; "decided_by": string | null; "decision": string | null; "id": string; "network_slug": string; "project_year": string; "proposed_at": string; "proposed_by": string; "reason": string; "status": "proposed" | "approved" | "refused" };

/** What holds in a network in one year. */
export type NetworkYearOut = { "document": NetworkDocument; "in_force_at": string; "national_team_id": string; "number": number; "slug": string };

/** The key an organisation asks for. */
export type NewApiKey = { "allowed_networks"?: Array<string>; "environment"?: Environment; "expires_on"?: string; "name": string; "organisation_id": string; "requests_per_minute"?: number | null; "scopes": Array<Scope> };

/** The run to book, and what to do when it cannot be booked at once. */
export type NewBooking = { "course_run_id": string; "hold"?: boolean; "waiting_list"?: boolean };

/** A link, shown this once. */
export type NewCalendarFeed = { "created_at": string; "id": string; "rotated_at": string | null; "url": string };

/** A run and the colleagues to book on it: all of them or none. */
export type NewGroup = { "course_run_id": string; "teacher_ids": Array<string>; "waiting_list"?: boolean };

/** A role for somebody who can be reached by mail, with or without an account. */
export type NewInvitation = { "email": string; "organisation_id"?: string | null; "role": Role; "until_on"?: string | null };

/** An account elsewhere that is to be linked to the caller's. */
export type NewLink = { "link": string };

/** A role for somebody who has an account. */
export type NewMembership = { "organisation_id"?: string | null; "person_id": string; "role": Role; "until_on"?: string | null };

/** Which account is kept, which goes by it, and how it is known that they are one person's. */
export type NewMerge = { "kept_id": string; "merged_id": string; "present_school"?: "kept" | "merged" | null; "reason": string };

/** The client an organisation asks for: with a secret that we make, or with public keys of its own. */
export type NewOAuthClient = { "allowed_networks"?: Array<string>; "authentication"?: Authentication; "environment"?: Environment; "jwks"?: KeySet | null; "name": string; "organisation_id": string; "requests_per_minute"?: number | null; "scopes": Array<Scope> };

/** A passkey that the browser made. */
export type NewPasskey = { "challenge": string; "credential": Record<string, JsonValue>; "name": string };

/** A payee with its first bank details. */
export type NewPayee = { "details": DetailsProposal; "kind": PayeeKind; "name": string; "reference": string };

/** One of the strongest roles, for somebody who has an account. */
export type NewProposal = { "person_id": string; "reason": string; "role": "administrator" | "auditor" | "funding_officer" | "funding_approver" | "payment_officer"; "until_on"?: string | null };

/** Whose factors are lost, and how it is known that it is them who say so. */
export type NewReset = { "email": string; "reason": string };

/** A run to plan at a hub of the caller's. */
export type NewRun = { "capacity": number; "charge_pence"?: number | null; "course_code": string; "facilitator_ids"?: Array<string>; "hold_minutes"?: number; "hub_id": string; "independent_charge_pence"?: number | null; "instance_code"?: string; "joining_link"?: string | null; "offer_minutes"?: number; "places_per_school"?: number | null; "postcode"?: string | null; "sessions": Array<SessionIn>; "status"?: "draft" | "open"; "town"?: string | null; "venue"?: string | null };

/** The address an organisation wants events sent to. */
export type NewWebhook = { "description"?: string; "event_types"?: Array<string>; "organisation_id"?: string | null; "url": string };

/** The newest head, once there is one. */
export type NewestHead = { "head": SignedHead | null };

/** A number that the policy states. */
export type NumberInput = { "number": number | string };

/** A number that the policy states. */
export type NumberOutput = { "number": string };

/** A client without its secret. */
export type OAuthClientOut = { "allowed_networks": Array<string>; "authentication": Authentication; "created_at": string; "environment": Environment; "former_secret_until": string | null; "id": string; "jwks": Record<string, Array<Record<string, string>>> | null; "last_used_at": string | null; "name": string; "organisation_id": string; "requests_per_minute": number | null; "revoked_at": string | null; "scopes": Array<Scope> };

/** One dated event of the network, such as a national workshop. What has no day yet has a `when` in words. */
export type Occasion = { "days"?: string | null; "ends_on"?: string | null; "for_leads"?: "all" | "new" | "existing"; "place"?: string | null; "purpose"?: Array<string>; "starts_on"?: string | null; "title": string; "when"?: string | null };

/** How many offers a search finds, and what each further choice would find, as if its own filter were not set. */
export type OfferCounts = { "facets": OfferFacets; "total": number };

/** For each filter the values that find anything, the most frequent first. National offers count in every region. */
export type OfferFacets = { "academic_year": Array<hubsFacetingChoice>; "cost": Array<hubsFacetingChoice>; "key_stage": Array<hubsFacetingChoice>; "kind": Array<hubsFacetingChoice>; "region": Array<hubsFacetingChoice>; "term": Array<hubsFacetingChoice> };

/** What an offer says. */
export type OfferFacts = { "academic_year": string; "amount_pence"?: number; "capacity"?: number | null; "ends_on"?: string | null; "key_stages": Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16">; "kind": "ambassador_visit" | "club" | "competition" | "mentoring" | "online_event" | "site_visit" | "workshop" | "equipment"; "link": string; "offered_by": string; "regions"?: Array<"North East" | "North West" | "Yorkshire and The Humber" | "East Midlands" | "West Midlands" | "East of England" | "London" | "South East" | "South West">; "starts_on"?: string | null; "summary": string; "term": "autumn" | "spring" | "summer"; "title": string };

/** An offer to begin: a draft. */
export type OfferIn = { "academic_year": string; "amount_pence"?: number; "capacity"?: number | null; "ends_on"?: string | null; "key_stages": Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16">; "kind": "ambassador_visit" | "club" | "competition" | "mentoring" | "online_event" | "site_visit" | "workshop" | "equipment"; "link": string; "offered_by": string; "organisation_id"?: string | null; "regions"?: Array<"North East" | "North West" | "Yorkshire and The Humber" | "East Midlands" | "West Midlands" | "East of England" | "London" | "South East" | "South West">; "starts_on"?: string | null; "summary": string; "term": "autumn" | "spring" | "summer"; "title": string };

/** What counts for a school, newest year first; no year, nobody has said. */
export type OffersOut = { "urn": string; "years": Array<hubsGcseOffersSchemasOfferOut> };

/** What stands on no statement yet. It changes until the month is closed. */
export type OpenStatement = { "lines": Array<fundingStatementsSchemasLine>; "party": string; "party_kind": PartyKind; "total_pence": number; "totals_pence": Record<string, number> };

/** A payment, or a part of it, that has to come back. */
export type Opening = { "amount_pence": number; "because": "overpayment" | "underspend"; "payment_id": string; "reason": string };

/** One weekday, in England's wall-clock time. */
export type OpeningHours = { "closes": string; "opens": string; "weekday": "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" };

/** A project, or one strand of it, that satisfies a choice. */
export type Option = { "project": string; "strand"?: string | null };

/** How often an option was chosen. */
export type OptionFigures = { "chosen": number; "is_right": boolean; "text": string };

/** An option as it is shown. */
export type OptionOut = { "option": string; "text": string };

/** A kind of mail that one may do without. */
export type OptionalMail = { "is_wanted": boolean; "kind": "booking_reminder" | "booking_waiting" | "space_digest"; "title": string };

/** An organisation that joins a group. */
export type OrganisationJoins = { "joined_on"?: string | null; "name": string; "organisation_id": string };

/** What an organisation is to the programme. */
export type OrganisationKind = "funder" | "national_centre" | "partner";

/** A party to the programme. */
export type OrganisationOut = { "id": string; "kind": OrganisationKind; "name": string; "responsibilities": Array<string>; "slug": string };

/** The organisation at which somebody works for the programme. */
export type OrganisationRef = { "id": string; "name": string | null };

/** How far one kind of outcome was reached, and what shows it. */
export type OutcomeAnswer = { "evidence": string; "kind": "professional_learning" | "practice_development" | "materials" | "policies" | "pupils"; "level": "none" | "some" | "most" | "full"; "out_of"?: number | null; "reached"?: number | null };

/** How far one kind of outcome was reached, over reports that were handed in. */
export type OutcomeTally = { "kind": "professional_learning" | "practice_development" | "materials" | "policies" | "pupils"; "levels": Record<string, number>; "out_of": number; "reached": number };

/** C: what the project is to bring about, by kind. */
export type Outcomes = { "materials"?: Array<string>; "policies"?: Array<string>; "practice_development"?: Array<string>; "professional_learning"?: Array<string>; "pupils"?: Array<string> };

/** What a person decided of one criterion, whatever is known or declared. */
export type Override = { "criterion": string; "is_met": boolean; "reason": string };

/** A second person's word. */
export type OverrideDecision = { "outcome": "approved" | "declined"; "reason": string };

/** Why it holds no longer. */
export type OverrideEnd = { "reason": string };

/** An override. */
export type OverrideOut = { "decided_at": string | null; "decided_by": string | null; "decision_reason": string | null; "ended_at": string | null; "evidence": string; "expires_on": string; "fact": string; "id": string; "reason": string; "requested_at": string; "requested_by": string; "school_urn": string; "status": OverrideStatus; "teacher_id": string | null; "value": string };

/** What a fact is in truth, why it is said here, and where the proof is. */
export type OverrideRequest = { "evidence": string; "expires_on": string; "fact": string; "reason": string; "school_urn": string; "teacher_id"?: string | null; "value": boolean | number | string };

/** Where an override stands. */
export type OverrideStatus = "proposed" | "approved" | "declined" | "ended";

/** How the reports of a network's year stand, by project. */
export type OverviewOut = { "network": string; "project_year": string; "projects": Array<ProjectOverview> };

/** What is owed and to whom. */
export type OwedPart = { "amount_pence": number; "budget": string; "fund": string; "lot": number | null; "payable_id": string; "payee_id": string; "payee_kind": string; "payee_name": string; "ready_at": string; "status": string };

/** A completion as its teacher sees it. */
export type OwnCompletionOut = { "activity_code": string; "completed_on": string; "course_run_id": string | null; "hours": string; "id": string; "mode": "face_to_face" | "live_remote" | "online"; "recorded_at": string; "reported_by_organisation_id": string | null; "status": "counts" | "withdrawn"; "title": string | null };

/** The caller's own groups of a network's year. */
export type OwnDashboard = { "as_at": string; "groups": Array<OwnDashboardGroup>; "network": string; "network_title": string; "project_year": string };

/** A group that the caller leads, is in, or whose school is in it. People and reports are those they may see. */
export type OwnDashboardGroup = { "ends_on": string | null; "group_id": string; "held": number; "hub_id": string; "hub_name": string; "marked": number; "next_on": string | null; "part": "lead" | "school" | "participant"; "participants": number; "participants_at_most": number | null; "present": number; "project_code": string; "project_title": string; "reports_late": number; "reports_open": number; "schools": number; "schools_at_most": number | null; "starts_on": string; "status": "forming" | "running" | "completed" | "cancelled"; "title": string };

/** An offer as its organisation and the moderators see it. */
export type OwnOfferOut = { "academic_year": string; "amount_pence": number; "capacity": number | null; "created_at": string; "decided_at": string | null; "ends_on": string | null; "expires_on": string; "id": string; "is_expired": boolean; "is_national": boolean; "key_stages": Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16">; "kind": "ambassador_visit" | "club" | "competition" | "mentoring" | "online_event" | "site_visit" | "workshop" | "equipment"; "link": string; "offered_by": string; "organisation_id": string; "published_at": string | null; "reason": string | null; "regions": Array<"North East" | "North West" | "Yorkshire and The Humber" | "East Midlands" | "West Midlands" | "East of England" | "London" | "South East" | "South West">; "registered_count": number; "starts_on": string | null; "status": "draft" | "submitted" | "returned" | "published" | "closed"; "submitted_at": string | null; "summary": string; "term": "autumn" | "spring" | "summer"; "title": string; "version": number; "waiting_count": number };

/** The number that somebody says is theirs. */
export type OwnTrn = { "trn": string };

/** Where the next page starts. */
export type PageInfo = { "has_more": boolean; "next_cursor": string | null };

export type PageActivityOut = { "data": Array<ActivityOut>; "page": PageInfo };

export type PageAdjustmentOut = { "data": Array<AdjustmentOut>; "page": PageInfo };

export type PageAllianceOut = { "data": Array<AllianceOut>; "page": PageInfo };

export type PageAllocationOut = { "data": Array<AllocationOut>; "page": PageInfo };

export type PageApiKeyOut = { "data": Array<ApiKeyOut>; "page": PageInfo };

export type PageApplicationOut = { "data": Array<FundingApplicationOut>; "page": PageInfo };

export type PageAreaListOut = { "data": Array<AreaListOut>; "page": PageInfo };

export type PageAttemptSummary = { "data": Array<AttemptSummary>; "page": PageInfo };

export type PageAttestationOut = { "data": Array<AttestationOut>; "page": PageInfo };

export type PageAuditEntry = { "data": Array<AuditEntry>; "page": PageInfo };

export type PageAwardCheckOut = { "data": Array<AwardCheckOut>; "page": PageInfo };

export type PageBankReturnSummary = { "data": Array<BankReturnSummary>; "page": PageInfo };

export type PageBankSummary = { "data": Array<BankSummary>; "page": PageInfo };

export type PageBookingOut = { "data": Array<BookingOut>; "page": PageInfo };

export type PageBursaryOut = { "data": Array<BursaryOut>; "page": PageInfo };

export type PageCentreOut = { "data": Array<CentreOut>; "page": PageInfo };

export type PageClaimOut = { "data": Array<ClaimOut>; "page": PageInfo };

export type PageCommentOut = { "data": Array<CommentOut>; "page": PageInfo };

export type PageCompletionRuleOut = { "data": Array<CompletionRuleOut>; "page": PageInfo };

export type PageCourseOut = { "data": Array<CourseOut>; "page": PageInfo };

export type PageCourseRunOut = { "data": Array<CourseRunOut>; "page": PageInfo };

export type PageDamageReportOut = { "data": Array<DamageReportOut>; "page": PageInfo };

export type PageDataView = { "data": Array<DataView>; "page": PageInfo };

export type PageDecisionOut = { "data": Array<hubsRegistersSchemasDecisionOut>; "page": PageInfo };

export type PageDiagnosticResultOut = { "data": Array<DiagnosticResultOut>; "page": PageInfo };

export type PageDraftOut = { "data": Array<DraftOut>; "page": PageInfo };

export type PageEndorsementOut = { "data": Array<EndorsementOut>; "page": PageInfo };

export type PageEndorsementRequestOut = { "data": Array<EndorsementRequestOut>; "page": PageInfo };

export type PageEnrolmentOut = { "data": Array<EnrolmentOut>; "page": PageInfo };

export type PageEntryOut = { "data": Array<hubsAreaListsSchemasEntryOut>; "page": PageInfo };

export type PageErasureOut = { "data": Array<ErasureOut>; "page": PageInfo };

export type PageFeeDraftOut = { "data": Array<FeeDraftOut>; "page": PageInfo };

export type PageFeeOut = { "data": Array<FeeOut>; "page": PageInfo };

export type PageFindingOut = { "data": Array<FindingOut>; "page": PageInfo };

export type PageGrantSummary = { "data": Array<GrantSummary>; "page": PageInfo };

export type PageGroupActivityOut = { "data": Array<GroupActivityOut>; "page": PageInfo };

export type PageGroupGrantOut = { "data": Array<GroupGrantOut>; "page": PageInfo };

export type PageGroupParticipantOut = { "data": Array<GroupParticipantOut>; "page": PageInfo };

export type PageGroupSpaceOut = { "data": Array<GroupSpaceOut>; "page": PageInfo };

export type PageHistoryStep = { "data": Array<HistoryStep>; "page": PageInfo };

export type PageHubGuestOut = { "data": Array<HubGuestOut>; "page": PageInfo };

export type PageHubOut = { "data": Array<HubOut>; "page": PageInfo };

export type PageHubPlanOut = { "data": Array<HubPlanOut>; "page": PageInfo };

export type PageImpactItemOut = { "data": Array<ImpactItemOut>; "page": PageInfo };

export type PageImpactOut = { "data": Array<ImpactOut>; "page": PageInfo };

export type PageInvitationOut = { "data": Array<InvitationOut>; "page": PageInfo };

export type PageKitOut = { "data": Array<KitOut>; "page": PageInfo };

export type PageLedgerEntry = { "data": Array<LedgerEntry>; "page": PageInfo };

export type PageLoanOut = { "data": Array<LoanOut>; "page": PageInfo };

export type PageMailRefusal = { "data": Array<MailRefusal>; "page": PageInfo };

export type PageMatchOut = { "data": Array<MatchOut>; "page": PageInfo };

export type PageMeetingOut = { "data": Array<MeetingOut>; "page": PageInfo };

export type PageMembershipOut = { "data": Array<MembershipOut>; "page": PageInfo };

export type PageMergeCandidate = { "data": Array<MergeCandidate>; "page": PageInfo };

export type PageMergeOut = { "data": Array<MergeOut>; "page": PageInfo };

export type PageNetworkHubOut = { "data": Array<NetworkHubOut>; "page": PageInfo };

export type PageNetworkOut = { "data": Array<hubsNetworksSchemasNetworkOut>; "page": PageInfo };

export type PageNetworkProposalOut = { "data": Array<NetworkProposalOut>; "page": PageInfo };

export type PageOAuthClientOut = { "data": Array<OAuthClientOut>; "page": PageInfo };

export type PageOfferOut = { "data": Array<hubsEnrichmentSchemasOfferOut>; "page": PageInfo };

export type PageOrganisationOut = { "data": Array<OrganisationOut>; "page": PageInfo };

export type PageOverrideOut = { "data": Array<OverrideOut>; "page": PageInfo };

export type PageOwnCompletionOut = { "data": Array<OwnCompletionOut>; "page": PageInfo };

export type PageOwnOfferOut = { "data": Array<OwnOfferOut>; "page": PageInfo };

export type PagePayableOut = { "data": Array<PayableOut>; "page": PageInfo };

export type PagePayeeSummary = { "data": Array<PayeeSummary>; "page": PageInfo };

export type PagePaymentRunSummary = { "data": Array<PaymentRunSummary>; "page": PageInfo };

export type PagePaymentSummary = { "data": Array<PaymentSummary>; "page": PageInfo };

export type PagePersonExportOut = { "data": Array<PersonExportOut>; "page": PageInfo };

export type PagePlanRevisionOut = { "data": Array<PlanRevisionOut>; "page": PageInfo };

export type PagePostReportOut = { "data": Array<PostReportOut>; "page": PageInfo };

export type PageProjectApplicationOut = { "data": Array<ProjectApplicationOut>; "page": PageInfo };

export type PageProjectGroupOut = { "data": Array<ProjectGroupOut>; "page": PageInfo };

export type PageProjectLeadOut = { "data": Array<ProjectLeadOut>; "page": PageInfo };

export type PageProjectOut = { "data": Array<ProjectOut>; "page": PageInfo };

export type PageProjectVersionOut = { "data": Array<ProjectVersionOut>; "page": PageInfo };

export type PageProposalOut = { "data": Array<ProposalOut>; "page": PageInfo };

export type PagePupilBookingOut = { "data": Array<PupilBookingOut>; "page": PageInfo };

export type PagePupilEventOut = { "data": Array<PupilEventOut>; "page": PageInfo };

export type PageQuestionnaireDraftOut = { "data": Array<QuestionnaireDraftOut>; "page": PageInfo };

export type PageQueueItem = { "data": Array<QueueItem>; "page": PageInfo };

export type PageQueuedVersionOut = { "data": Array<QueuedVersionOut>; "page": PageInfo };

export type PageQuoteOut = { "data": Array<QuoteOut>; "page": PageInfo };

export type PageReEvaluationOut = { "data": Array<ReEvaluationOut>; "page": PageInfo };

export type PageReMarkingOut = { "data": Array<ReMarkingOut>; "page": PageInfo };

export type PageRecoverySummary = { "data": Array<RecoverySummary>; "page": PageInfo };

export type PageRegisterListed = { "data": Array<RegisterListed>; "page": PageInfo };

export type PageRemarkOut = { "data": Array<RemarkOut>; "page": PageInfo };

export type PageResetOut = { "data": Array<ResetOut>; "page": PageInfo };

export type PageResourceOut = { "data": Array<ResourceOut>; "page": PageInfo };

export type PageResourceVersionOut = { "data": Array<ResourceVersionOut>; "page": PageInfo };

export type PageResultOut = { "data": Array<ResultOut>; "page": PageInfo };

export type PageReturnLineOut = { "data": Array<ReturnLineOut>; "page": PageInfo };

export type PageReviewOut = { "data": Array<ReviewOut>; "page": PageInfo };

export type PageRevocationOut = { "data": Array<RevocationOut>; "page": PageInfo };

export type PageSchoolImportOut = { "data": Array<SchoolImportOut>; "page": PageInfo };

export type PageSchoolInterestOut = { "data": Array<SchoolInterestOut>; "page": PageInfo };

export type PageSchoolOut = { "data": Array<HubsSchoolOut>; "page": PageInfo };

export type PageSchoolVersionOut = { "data": Array<SchoolVersionOut>; "page": PageInfo };

export type PageSignInOut = { "data": Array<SignInOut>; "page": PageInfo };

export type PageSittingOut = { "data": Array<SittingOut>; "page": PageInfo };

export type PageSpaceBookingOut = { "data": Array<SpaceBookingOut>; "page": PageInfo };

export type PageSpaceContributionOut = { "data": Array<SpaceContributionOut>; "page": PageInfo };

export type PageSpacePostOut = { "data": Array<SpacePostOut>; "page": PageInfo };

export type PageStatementOut = { "data": Array<FundingStatementOut>; "page": PageInfo };

export type PageSubmissionOut = { "data": Array<certificationCharteredSubmissionsSchemasSubmissionOut>; "page": PageInfo };

export type PageSuccessionOut = { "data": Array<SuccessionOut>; "page": PageInfo };

export type PageThresholdOut = { "data": Array<ThresholdOut>; "page": PageInfo };

export type PageTopicOut = { "data": Array<hubsGroupSpacesSchemasTopicOut>; "page": PageInfo };

export type PageVerdictOut = { "data": Array<VerdictOut>; "page": PageInfo };

export type PageWaitingCommentOut = { "data": Array<WaitingCommentOut>; "page": PageInfo };

export type PageWebhookDeliveryOut = { "data": Array<WebhookDeliveryOut>; "page": PageInfo };

export type PageWebhookOut = { "data": Array<WebhookOut>; "page": PageInfo };

/** The payment itself. */
export type PaidPart = { "amount_pence": number; "attempt": number; "budget": string; "fund": string; "lot": number | null; "payee_name": string | null; "payee_urn": string; "payment_id": string; "payment_run_id": string; "prepared_at": string; "reference": string | null; "released_at": string | null; "return_code": string | null; "returned_at": string | null; "status": string };

/** Points for every criterion, or a conflict of interest, which bars from scoring. */
export type PanelScore = { "comment"?: string | null; "conflict"?: string | null; "points"?: Record<string, unknown> | null };

/** G: who takes part. A group counts schools, or people, or organisations such as providers of teacher training. */
export type Participants = { "application"?: Application; "commitments"?: Array<string>; "criteria"?: AllOf | AnyOf | AtLeast | Desirable | FactTest | TookPart | Question | null; "desirable"?: Array<string>; "per_school"?: Extent | null; "roles"?: Array<HubsRole>; "title": string; "unit": "school" | "person" | "organisation" };

/** Whether hubs must take part. `one_of_set` names a set of the network, of which a hub chooses. */
export type Participation = { "choice"?: string | null; "for_hubs"?: HubCondition | null; "kind": "required" | "recommended" | "one_of_set" | "optional"; "says"?: string | null; "section"?: "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | null };

/** Whose statement it is. */
export type PartyKind = "school" | "hub" | "organisation";

/** A question to a passkey. */
export type PasskeyChallenge = { "challenge": string; "expires_in_seconds": number; "options": Record<string, JsonValue> };

/** A passkey. */
export type PasskeyOut = { "added_at": string; "id": string; "last_used_at": string | null; "name": string };

/** A passkey's signature. */
export type PasskeyProof = { "credential": Record<string, JsonValue>; "method": "passkey" };

/** Signing in with a passkey alone. */
export type PasskeySignIn = { "challenge": string; "credential": Record<string, JsonValue>; "mode"?: "bearer" | "cookie" };

/** The password until now and the one from now on. */
export type PasswordChange = { "new_password": string; "password": string };

/** The password is changed. Every other sign-in of the account has ended. */
export type PasswordChanged = { "status"?: "password_changed" };

/** The password that one signs in with. */
export type PasswordProof = { "method": "password"; "password": string };

/** A recommended set of activities, by catalogue code. */
export type PathwayOut = { "community": Array<string>; "courses": Array<string>; "slug": string; "title": string };

/** An approved debt. */
export type PayableOut = { "amount_pence": number; "approved_by": string; "budget": string; "id": string; "narrative": string; "payee_id": string; "payee_kind": string; "payee_name": string; "payment_run_id": string | null; "ready_at": string; "requested_by": string; "source": string; "status": PayableStatus; "subject": string };

/** Where a payable stands. */
export type PayableStatus = "ready" | "scheduled" | "paid";

/** What a payee is. */
export type PayeeKind = "school" | "trust" | "authority" | "hub" | "organisation";

/** A payee with every version of its bank details, the latest first. */
export type PayeeOut = { "created_at": string; "created_by": string; "details": Array<DetailsOut>; "id": string; "kind": PayeeKind; "name": string; "reference": string };

/** A payee. */
export type PayeeSummary = { "created_at": string; "created_by": string; "id": string; "kind": PayeeKind; "name": string; "reference": string };

/** A line of a payment run that pays it, or that the bank sent back. */
export type PaymentAttempt = { "attempt": number; "payment_id": string; "payment_run_id": string; "reference": string | null; "released_at": string | null; "status": string };

/** One payment of a run. */
export type PaymentOut = { "amount_pence": number; "attempt": number; "award_id": string; "award_kind": string; "bursary_id": string | null; "claim_id": string | null; "flags": Array<string>; "id": string; "narrative": string | null; "payee_id": string | null; "payee_urn": string | null; "reference": string | null; "return_code": string | null; "returned_at": string | null; "status": PaymentStatus };

/** A payment run with its payments. */
export type PaymentRunOut = { "amount_pence": number; "approved_at": string | null; "approved_by": string | null; "arrives_on": string | null; "bank_reference": string | null; "budget": string; "checked_at": string | null; "checked_by": string | null; "confirmed_at": string | null; "confirmed_by": string | null; "content_sha256": string; "id": string; "items": Array<PaymentOut>; "needs_fourth_person": boolean; "payments": number; "prepared_at": string; "prepared_by": string; "processing_on": string | null; "released_at": string | null; "released_by": string | null; "returned_payments": number; "returned_pence": number; "status": RunStatus };

/** Which budget's approved claims to collect. */
export type PaymentRunRequest = { "budget": string; "processing_on"?: string | null };

/** A payment run. */
export type PaymentRunSummary = { "amount_pence": number; "approved_at": string | null; "approved_by": string | null; "bank_reference": string | null; "budget": string; "checked_at": string | null; "checked_by": string | null; "confirmed_at": string | null; "confirmed_by": string | null; "id": string; "needs_fourth_person": boolean; "payments": number; "prepared_at": string; "prepared_by": string; "processing_on": string | null; "released_at": string | null; "released_by": string | null; "status": RunStatus };

/** Where a payment stands. */
export type PaymentStatus = "planned" | "sent" | "returned";

/** A payment that left. */
export type PaymentSummary = { "amount_pence": number; "narrative": string; "payee_kind": PayeeKind; "payee_name": string; "payee_reference": string; "payment_id": string; "reference": string; "released_at": string; "returned_at": string | null; "status": PaymentStatus };

/** A month of the ledger. `journal_sha256` is of all its postings, as they were when closing was proposed. */
export type Period = { "closed_at"?: string | null; "closed_by"?: string | null; "journal_sha256"?: string | null; "month": string; "proposed_at"?: string | null; "proposed_by"?: string | null; "status": PeriodStatus; "transactions": number };

/** All months, the latest first. */
export type PeriodList = { "data": Array<Period> };

/** Where a month stands. */
export type PeriodStatus = "open" | "closing" | "closed";

/** Everything that one service holds about you. */
export type PersonExport = { "form": string; "held": Record<string, Array<Record<string, JsonValue>>>; "made_at": string; "person_id": string };

/** How far an export is. */
export type PersonExportOut = { "archive": string; "expires_at": string; "id": string; "parts": Array<ExportPartOut>; "ready_at": string | null; "requested_at": string; "status": "gathering" | "ready" | "expired" };

/** A person who joins a group, for a school that is in it, or in their own right. */
export type PersonJoins = { "joined_on"?: string | null; "organisation_id"?: string | null; "person_id": string; "role"?: string | null; "urn"?: string | null };

/** Who did what, when. */
export type PersonPart = { "at": string | null; "person_id": string; "step": string };

/** The phase of education somebody teaches. */
export type Phase = "primary" | "secondary" | "post_16";

/** What the national team says. */
export type PlanDecisionIn = { "outcome": "agreed" | "returned"; "reason": string };

/** A figure that follows. */
export type PlanFigureOut = { "because": string; "measure": "hubs" | "schools" | "centres" | "set_up_pence" | "centre_pence" | "recurrent_pence" | "total_pence" | "schools_in_register" | "hubs_so_far" | "schools_so_far"; "region": string | null; "scope": "network" | "year" | "region" | "region_year"; "source": string; "value": number; "year": string | null };

/** What plans of hubs say. */
export type PlanFigures = { "groups": number; "hubs": number; "leads": number; "participants": number; "schools": number };

/** Something to know before the plan is used. */
export type PlanFindingOut = { "code": string; "says": string };

/** What is planned for one project, or one strand of it. */
export type PlanLineIn = { "code": string; "groups": number; "leads"?: number | null; "note"?: string | null; "participants"?: number | null; "schools"?: number | null; "strand"?: string | null };

/** What is planned for one project, or one strand of it. */
export type PlanLineOut = { "code": string; "groups": number; "leads": number | null; "note": string | null; "number": number; "participants": number | null; "project_id": string; "schools": number | null; "strand": string | null };

/** The whole plan: a project left out is not planned. */
export type PlanLinesIn = { "facts"?: Record<string, unknown> | null; "lines": Array<PlanLineIn> };

/** The national team takes a hub's plan in for longer than those of others. */
export type PlanReopeningIn = { "reason": string; "until_on": string };

/** One state of a plan, and what changed in it. */
export type PlanRevisionOut = { "begun_at": string; "begun_by": string; "changes": Array<LineChange>; "decided_at": string | null; "decided_by": string | null; "explanation": string | null; "findings": Array<Finding> | null; "reason": string | null; "revision": number; "status": "draft" | "submitted" | "returned" | "agreed"; "submitted_at": string | null; "submitted_by": string | null };

/** The hub hands its plan in. */
export type PlanSubmissionIn = { "explanation"?: string | null };

/** When hubs hand in their plans. */
export type PlanWindow = { "closes_on"?: string | null; "opens_on"?: string | null };

/** When the plan may be handed in. */
export type PlanWindowOut = { "closes_on": string | null; "is_open": boolean; "open_until_on": string | null; "opens_on": string | null };

/** A sum of quantities. */
export type PlusInput = { "plus": Array<NumberInput | Count | PlusInput | MinusInput | TimesInput | LimitedInput> };

/** A sum of quantities. */
export type PlusOutput = { "plus": Array<NumberOutput | Count | PlusOutput | MinusOutput | TimesOutput | LimitedOutput> };

/** One version of a policy. It never changes; another version takes over from its own effective date. */
export type PolicyInput = { "applies_to": AppliesTo; "effective_from": string; "entry": FundingAllOfInput | FundingAnyOfInput | SomeOfInput | Matrix | InheritedInput | fundingPoliciesConditionsCriterion; "policy": string; "replaces"?: Array<string>; "rows": Array<RowInput>; "second_approval_above_pence"?: number | null; "source": string; "title": string; "valid_days"?: number | null; "version": number };

/** One version of a policy. It never changes; another version takes over from its own effective date. */
export type PolicyOutput = { "applies_to": AppliesTo; "effective_from": string; "entry": FundingAllOfOutput | FundingAnyOfOutput | SomeOfOutput | Matrix | InheritedOutput | fundingPoliciesConditionsCriterion; "policy": string; "replaces"?: Array<string>; "rows": Array<RowOutput>; "second_approval_above_pence"?: number | null; "source": string; "title": string; "valid_days"?: number | null; "version": number };

/** Every version there is. */
export type PolicyList = { "data": Array<PolicyOut> };

/** A version of the policy, with the seed from which its draws can be repeated. */
export type PolicyOut = { "approved_at": string | null; "approved_by": string | null; "effective_from_on": string; "proposed_at": string; "proposed_by": string | null; "rules": PolicyRulesOutput; "seed": string; "source": string; "version": number };

/** A version of the policy for a second administrator to approve. */
export type PolicyProposal = { "effective_from_on": string; "rules": PolicyRulesInput; "source": string };

/** What a version of the policy says. */
export type PolicyRulesInput = { "abandoned_kept_days": number; "activities"?: Record<string, number | string>; "audited": number | string; "claim_minutes": number; "evidence_kept_days": number; "first_entries": number | string; "later_entries": number | string; "refuses_same_school": boolean; "service_level_working_days": number };

/** What a version of the policy says. */
export type PolicyRulesOutput = { "abandoned_kept_days": number; "activities"?: Record<string, string>; "audited": string; "claim_minutes": number; "evidence_kept_days": number; "first_entries": string; "later_entries": string; "refuses_same_school": boolean; "service_level_working_days": number };

/** Hide a post, or show it again. */
export type PostModerationIn = { "action": "hide" | "restore"; "is_abusive"?: boolean; "reason": string };

/** What becomes of a report; one that is upheld hides the post. */
export type PostReportDecisionIn = { "is_abusive"?: boolean; "outcome": "upheld" | "dismissed"; "reason": string };

/** Why a post should not be there. */
export type PostReportIn = { "kind": "abuse" | "personal_data" | "off_topic" | "other"; "note"?: string | null };

/** A report of a post, for those who moderate. Who reported is not told. */
export type PostReportOut = { "decided_at": string | null; "decision_reason": string | null; "group_id": string; "id": string; "kind": "abuse" | "personal_data" | "off_topic" | "other"; "note": string | null; "post_id": string; "reported_at": string; "status": "open" | "upheld" | "dismissed" };

/** What the reporter is told. */
export type PostReportReceipt = { "id": string; "post_id": string; "reported_at": string; "status": "open" | "upheld" | "dismissed" };

/** One posting of the ledger. */
export type PostingPart = { "account": string; "amount_pence": number; "kind": string; "posted_at": string; "source": string };

/** What one participant pays, or between what it lies, and how it came to that. Amounts are pence for the run. */
export type Price = { "amount_pence": number | null; "at_least_pence": number | null; "at_most_pence": number | null; "basis": string | null; "cap_pence": number | null; "criteria": Array<ExplainedCriterion>; "days": string | null; "hub_charge_pence": number | null; "is_capped": boolean; "outcome": fundingFeePoliciesRulesOutcome; "plus_vat": boolean; "rate_per_day_pence": number | null; "reason": string; "takes_free_place": boolean; "version": number };

/** RFC 9457 problem document, `application/problem+json`. */
export type Problem = { "code": string; "detail": string; "errors"?: Array<FieldError> | null; "instance": string; "request_id"?: string | null; "status": number; "title": string; "type": string };

/** Another day for the banks to process the run on. */
export type ProcessingDay = { "processing_on": string };

/** What to change; what is left out stays. */
export type ProgrammeEdit = { "aims"?: Array<string> | null; "approaches"?: Array<string> | null; "is_state_funded_only"?: boolean | null; "key_stages"?: Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16"> | null; "last_year"?: string | null; "source"?: string | null; "title"?: string | null };

/** A programme to run. */
export type ProgrammeIn = { "aims": Array<string>; "approaches"?: Array<string>; "counts_groups"?: boolean; "first_year": string; "is_state_funded_only": boolean; "key_stages": Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16">; "last_year"?: string | null; "phase": "primary" | "secondary" | "post_16"; "slug": string; "source": string; "title": string };

/** A programme. Its version is the `If-Match` of an edit. */
export type ProgrammeOut = { "aims": Array<string>; "approaches": Array<string>; "counts_groups": boolean; "first_year": string; "is_state_funded_only": boolean; "key_stages": Array<string>; "last_year": string | null; "phase": "primary" | "secondary" | "post_16"; "slug": string; "source": string; "title": string; "version": number };

/** All programmes, by title. */
export type ProgrammesOut = { "data": Array<ProgrammeOut> };

/** How far the caller is in every scheme they are enrolled in. */
export type Progress = { "data": Array<SchemeProgress>; "endorsements": Array<EndorsementOut> };

/** An application, or interest in one: to which hub, for which project, and what the applicant says of itself. */
export type ProjectApplicationIn = { "declarations"?: Array<Declaration>; "hub_id": string; "interest_only"?: boolean; "project_id": string; "urn"?: string | null };

/** An application, why it may or may not be taken, and what became of it. */
export type ProjectApplicationOut = { "applied_at": string | null; "caused_by": string | null; "committed_at": string | null; "consequences": Array<ProjectConsequenceOut>; "decided_at": string | null; "decision": CriteriaDecision; "declarations": Array<Declaration>; "group_id": string | null; "has_priority": boolean; "hub_id": string; "id": string; "made_at": string; "network": string; "person_id": string; "project_code": string; "project_id": string; "project_year": string; "reason": string | null; "status": "interested" | "applied" | "waiting" | "selected" | "declined" | "withdrawn"; "urn": string | null; "waiting_position": number | null };

/** The statement of whoever speaks for the school. */
export type ProjectCommitmentIn = { "accepts": true };

/** What applying brought with it. */
export type ProjectConsequenceOut = { "application_id": string | null; "kind": string; "project_code": string; "says": string };

/** The same with its document. `number` is the version shown. */
export type ProjectDetail = { "card": string | null; "code": string; "document": ProjectDocument; "id": string; "in_force_at": string; "kind": "programme" | "work_group" | "community"; "network_slug": string; "number": number; "participation": "required" | "recommended" | "one_of_set" | "optional"; "phases": Array<"early_years" | "primary" | "secondary" | "post_16">; "project_year": string; "title": string };

/** One project for one year. */
export type ProjectDocument = { "activities"?: Array<Activity>; "code": string; "community_credit"?: CommunityCredit | null; "consequences"?: Array<AlsoEnrols | GivesPriority | Accredits | DoesNotCount>; "evaluation"?: Evaluation; "finance"?: Finance | null; "kind": "programme" | "work_group" | "community"; "leads"?: Leads; "national_aims"?: Array<NationalAim>; "outcomes"?: Outcomes; "participants": Participants; "participation": Participation; "phases": Array<"early_years" | "primary" | "secondary" | "post_16">; "project_year": string; "remarks"?: Array<Remark>; "running_year"?: RunningYear; "sections": Sections; "size"?: Size; "source": string; "strands"?: Array<Strand>; "strategic_priority"?: string | null; "title": string };

/** One project. */
export type ProjectFigures = { "code": string; "delivery": DeliveryFigures; "kind": "programme" | "work_group" | "community"; "money": MoneyFigures | null; "participation": "required" | "recommended" | "one_of_set" | "optional"; "plan": PlanFigures; "project_id": string; "recruitment": RecruitmentFigures; "reports": ReportFigures; "title": string };

/** A group with what it lacks and the values for its grant card. */
export type ProjectGroupDetail = { "began_on": string | null; "card": string | null; "ended_on": string | null; "ends_on": string | null; "hub_id": string; "id": string; "inputs": Record<string, string>; "leads": number; "may_become": Array<"running" | "completed" | "cancelled">; "network": string; "not_counted": Array<string>; "participants": number; "participants_at_most": number | null; "participants_per_school_at_most": number | null; "project_code": string; "project_id": string; "project_title": string; "project_year": string; "reason": string | null; "schools": number; "schools_at_most": number | null; "shortfalls": Array<GroupShortfallOut>; "starts_on": string; "status": "forming" | "running" | "completed" | "cancelled"; "strand": string | null; "title": string };

/** What changes; a field left out keeps its value. */
export type ProjectGroupEdit = { "ends_on"?: string | null; "inputs"?: Record<string, unknown>; "participants_at_most"?: number | null; "schools_at_most"?: number | null; "starts_on"?: string; "title"?: string };

/** A group to form: of which project, at which hub, and when it is to run. */
export type ProjectGroupIn = { "ends_on"?: string | null; "hub_id": string; "inputs"?: Record<string, unknown>; "participants_at_most"?: number | null; "project_id": string; "schools_at_most"?: number | null; "starts_on": string; "strand"?: string | null; "title": string };

/** A group as it stands. */
export type ProjectGroupOut = { "began_on": string | null; "ended_on": string | null; "ends_on": string | null; "hub_id": string; "id": string; "leads": number; "network": string; "participants": number; "participants_at_most": number | null; "participants_per_school_at_most": number | null; "project_code": string; "project_id": string; "project_title": string; "project_year": string; "reason": string | null; "schools": number; "schools_at_most": number | null; "starts_on": string; "status": "forming" | "running" | "completed" | "cancelled"; "strand": string | null; "title": string };

/** A lead with the days they are given and where they have to be. */
export type ProjectLeadDetail = { "allocated_days": LeadDaysOut; "decided_at": string | null; "decision": CriteriaDecision; "declarations": Array<Declaration>; "duties": Array<LeadDutyOut>; "experience": "new" | "existing"; "groups": number; "hub_id": string; "id": string; "network": string; "person_id": string; "project_code": string; "project_id": string; "project_year": string; "proposed_at": string; "reason": string | null; "status": "proposed" | "accepted" | "declined" | "ended" };

/** A person whom a hub proposes as lead of a project, and what they say of themselves. */
export type ProjectLeadIn = { "declarations"?: Array<Declaration>; "experience"?: "new" | "existing" | null; "hub_id": string; "person_id": string; "project_id": string };

/** A lead, or somebody proposed. */
export type ProjectLeadOut = { "decided_at": string | null; "decision": CriteriaDecision; "experience": "new" | "existing"; "hub_id": string; "id": string; "network": string; "person_id": string; "project_code": string; "project_id": string; "project_year": string; "proposed_at": string; "reason": string | null; "status": "proposed" | "accepted" | "declined" | "ended" };

/** A project in one year. */
export type ProjectOut = { "card": string | null; "code": string; "id": string; "kind": "programme" | "work_group" | "community"; "network_slug": string; "number": number; "participation": "required" | "recommended" | "one_of_set" | "optional"; "phases": Array<"early_years" | "primary" | "secondary" | "post_16">; "project_year": string; "title": string };

/** How the reports of one project stand. */
export type ProjectOverview = { "accepted": number; "draft": number; "groups": number; "outcomes": Array<OutcomeTally>; "overdue": number; "owed": number; "project_code": string; "project_title": string; "registers_unmarked": number; "returned": number; "submitted": number };

/** A project in all hubs' plans. */
export type ProjectPlanOut = { "code": string; "delivery": DeliveryCount; "groups": number; "hubs": number; "participants": number; "project_id": string; "regions": Record<string, CountOut>; "schools": number; "targets": TargetCount; "title": string };

/** What the hub does with an application. */
export type ProjectSelectionIn = { "group_id"?: string | null; "organisation_id"?: string | null; "outcome": "selected" | "waiting" | "declined"; "reason"?: string | null };

/** From interest to application; what is declared now goes before what was declared then. */
export type ProjectSubmissionIn = { "declarations"?: Array<Declaration> };

/** One version of a project's document. */
export type ProjectVersionOut = { "in_force_at": string; "number": number; "project_id": string; "proposal_id": string | null };

/** Why an application is taken back. */
export type ProjectWithdrawalIn = { "reason": string };

/** A proof that whoever is signed in is there, by a factor if they have one and by password if not. */
export type ProofRequest = { "challenge"?: string | null; "proof": TotpProof | RecoveryCodeProof | PasskeyProof | PasswordProof };

/** How to get it back, or that it will not come back. */
export type Proposal = { "method": Method; "reason": string };

/** What another administrator says. */
export type ProposalDecision = { "outcome": "approved" | "declined" };

/** What a second person says. */
export type ProposalDecisionIn = { "outcome": "approved" | "refused"; "reason": string };

/** A proposal and what became of it. */
export type ProposalOut = { "decided_at": string | null; "decided_by": string | null; "id": string; "outcome": "approved" | "declined" | null; "person_id": string; "proposed_at": string; "proposed_by": string; "reason": string; "role": Role; "until_on": string | null };

/** For ten minutes from now, what needs a recent proof may be done from this sign-in. */
export type Proven = { "status"?: "proven"; "until": string };

/** A provider to set up. Its secrets go into the setting CERTIFICATION_PROVIDER_SECRETS. */
export type ProviderFacts = { "launch_url": string; "organisation_id": string; "slug": string; "title": string };

/** All providers. */
export type ProviderList = { "data": Array<CertificationProviderOut> };

/** An organisation whose accounts are accepted here. */
export type ProviderOut = { "name": string; "title": string };

/** The organisations whose accounts are accepted here. */
export type Providers = { "data": Array<ProviderOut> };

/** One Ed25519 key that verifies access tokens. */
export type PublicKey = { "alg"?: "EdDSA"; "crv"?: "Ed25519"; "kid": string; "kty"?: "OKP"; "use"?: "sig"; "x": string };

/** A JSON Web Key Set. */
export type PublicKeys = { "keys": Array<PublicKey> };

/** One version in the history of a resource. */
export type PublishedVersionOut = { "number": number; "published_at": string; "status": "published" | "superseded" };

/** How many of the caller's school are to come. */
export type PupilBookingIn = { "pupils": number; "staff": number };

/** A school's booking. Its version is the `If-Match` of a change. */
export type PupilBookingOut = { "booked_at": string; "cancelled_at": string | null; "cancelled_because": "school" | "event_cancelled" | null; "event_id": string; "id": string; "pupils": number; "pupils_attended": number | null; "staff": number; "staff_attended": number | null; "status": "booked" | "cancelled"; "urn": string; "version": number };

/** One event. Its version is the `If-Match` of an edit and of the attendance. */
export type PupilEventDetail = { "academic_year": string; "approach": string | null; "cancelled_because": "too_few_pupils" | "staff_absent" | "venue_lost" | "weather" | "other" | null; "distance_km": string | null; "ends_at": string; "hub_id": string | null; "id": string; "joining_link": string | null; "key_stages": Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16">; "kind": "road_show" | "master_class" | "workshop" | "visit"; "mode": "face_to_face" | "online"; "partner_id": string | null; "postcode": string | null; "programme_slug": string; "pupil_capacity": number; "pupil_places_left": number; "region": string | null; "school_capacity": number; "school_places_left": number; "starts_at": string; "starts_on": string; "status": "draft" | "open" | "cancelled"; "title": string; "town": string | null; "venue": string | null; "version": number };

/** What to change; what is left out stays. For another day or place call the event off and plan another. */
export type PupilEventEdit = { "joining_link"?: string | null; "key_stages"?: Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16"> | null; "pupil_capacity"?: number | null; "school_capacity"?: number | null; "status"?: "open" | null; "title"?: string | null; "venue"?: string | null };

/** An event to plan, for a hub or for a partner organisation of the caller's. */
export type PupilEventIn = { "approach"?: string | null; "ends_at": string; "hub_id"?: string | null; "joining_link"?: string | null; "key_stages": Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16">; "kind": "road_show" | "master_class" | "workshop" | "visit"; "mode": "face_to_face" | "online"; "partner_id"?: string | null; "postcode"?: string | null; "programme_slug": string; "pupil_capacity": number; "school_capacity": number; "starts_at": string; "status"?: "draft" | "open"; "title": string; "town"?: string | null; "venue"?: string | null };

/** An event, as anybody may see it. */
export type PupilEventOut = { "academic_year": string; "approach": string | null; "cancelled_because": "too_few_pupils" | "staff_absent" | "venue_lost" | "weather" | "other" | null; "distance_km": string | null; "ends_at": string; "hub_id": string | null; "id": string; "key_stages": Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16">; "kind": "road_show" | "master_class" | "workshop" | "visit"; "mode": "face_to_face" | "online"; "partner_id": string | null; "postcode": string | null; "programme_slug": string; "pupil_capacity": number; "pupil_places_left": number; "region": string | null; "school_capacity": number; "school_places_left": number; "starts_at": string; "starts_on": string; "status": "draft" | "open" | "cancelled"; "title": string; "town": string | null; "venue": string | null };

/** What only the applicant knows: asked, and answered with reasons or other evidence in words. */
export type Question = { "criterion": string; "expected"?: boolean; "needs_evidence"?: boolean; "question": string; "title": string };

/** A question. Who is asked sees `right` and `wrong` mixed, in an order of their own. */
export type QuestionContent = { "difficulty": Difficulty; "marks"?: number; "name": string; "right": Array<string>; "text": string; "topic": string; "wrong": Array<string> };

/** What answers to a question came to, in marked attempts. Figures are null while there are too few of them. */
export type QuestionFigures = { "answered": number | null; "difficulty": Difficulty; "discrimination": number | null; "facility": number | null; "flags": Array<Flag>; "is_retired": boolean; "median_seconds": number | null; "options": Array<OptionFigures>; "question": string; "shown": number; "topic": string };

/** A whole questionnaire. The first recommendation whose conditions are met counts; when none is, `otherwise`. */
export type QuestionnaireInput = { "dimensions": Array<Dimension>; "otherwise": certificationDiagnosticsRulesOutcome; "questions": Array<CertificationQuestion>; "recommendations"?: Array<certificationDiagnosticsRulesRecommendation>; "schemes"?: Array<string> };

/** A whole questionnaire. The first recommendation whose conditions are met counts; when none is, `otherwise`. */
export type QuestionnaireOutput = { "dimensions": Array<Dimension>; "otherwise": certificationDiagnosticsRulesOutcome; "questions": Array<CertificationQuestion>; "recommendations"?: Array<RecommendationOutput>; "schemes"?: Array<string> };

/** A questionnaire, from when on it can be taken, where it comes from, and cases that it has to pass. */
export type QuestionnaireContent = { "activity": string; "cases"?: Array<AnswersCase>; "counts_as"?: string | null; "definition": QuestionnaireInput; "effective_from": string; "effective_to"?: string | null; "source": string; "title": string };

/** A draft of a questionnaire. */
export type QuestionnaireDraftOut = { "activity": string; "author_id": string; "cases": Array<AnswersCase>; "counts_as": string | null; "created_at": string; "decided_at": string | null; "decided_by": string | null; "definition": QuestionnaireOutput; "effective_from": string; "effective_to": string | null; "id": string; "published_at": string | null; "published_version": number | null; "reason": string | null; "revision": number; "slug": string; "source": string; "status": DraftStatus; "tested_at": string | null; "title": string };

/** A proposal for a diagnostic, new or not. */
export type QuestionnaireRequest = { "activity": string; "cases"?: Array<AnswersCase>; "counts_as"?: string | null; "definition": QuestionnaireInput; "effective_from": string; "effective_to"?: string | null; "slug": string; "source": string; "title": string };

/** An entry as it waits for a moderator. */
export type QueueItem = { "activity": string; "audit_status": string | null; "claimed_until": string | null; "decided_at": string | null; "description": string; "due_at"?: string | null; "duplicates"?: Array<Duplicate>; "evidence_count"?: number; "hours"?: string | null; "id": string; "is_mine": boolean; "is_overdue": boolean; "is_sampled"?: boolean; "occurred_on": string; "reason": string | null; "reason_code"?: ReasonCode | null; "status": certificationLogEntriesSchemasStatus; "submission"?: number; "submitted_at": string; "teacher_id": string; "version"?: number };

/** One partner's part of the queue. */
export type QueueOut = { "completions": number; "learners": number; "oldest_at": string; "organisation_id": string; "overdue_learners": number };

/** A version that waits for a reviewer, or has one. */
export type QueuedVersionOut = { "aims": Array<string>; "checksum": string | null; "created_at": string; "credit_line": string | null; "decided_at": string | null; "edition": number; "is_by_teacher": boolean; "key_stages": Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16">; "licence": "CC0-1.0" | "CC-BY-4.0" | "CC-BY-SA-4.0" | "CC-BY-NC-4.0" | "CC-BY-NC-SA-4.0" | "OGL-UK-3.0" | "MIT"; "link": string; "number": number; "organisation_id": string | null; "published_at": string | null; "reason": string | null; "resource_id": string; "reviewer_id": string | null; "same_link_as": Array<string>; "status": "draft" | "submitted" | "in_review" | "returned" | "published" | "superseded" | "withdrawn"; "submitted_at": string | null; "summary": string; "title": string; "topics": Array<string>; "type": "unit_of_work" | "lesson_plan" | "activity" | "worksheet" | "presentation" | "assessment" | "video" | "software_project" | "teacher_guide" };

/** The queue in figures, by partner; partners see their own part. */
export type QueuesOut = { "by_organisation": Array<QueueOut>; "completions": number; "learners": number; "overdue_learners": number };

/** At most so many live bursaries for each combination of these. */
export type Quota = { "at_most"?: number; "per": Array<"school" | "course" | "academic_year" | "teacher">; "taken": string };

/** What a run costs this teacher, and why. A booking before `valid_until_at` is charged no more than this. */
export type QuoteOut = { "amount_pence": number | null; "at_least_pence": number | null; "at_most_pence": number | null; "basis": string | null; "cap_pence": number | null; "course_code": string; "course_run_id": string; "criteria": Array<ExplainedCriterion>; "days": string | null; "hub_charge_pence": number | null; "id": string; "is_capped": boolean; "mode": "face_to_face" | "live_remote" | "online"; "outcome": fundingFeePoliciesRulesOutcome; "phase": "primary" | "secondary" | "post_16"; "plus_vat": boolean; "policy_version": number; "programme": "core" | "gcse_subject_knowledge"; "quoted_at": string; "rate_per_day_pence": number | null; "reason": string; "school_urn": string; "starts_on": string; "teacher_id": string; "valid_until_at": string };

/** The run to price for the calling teacher. */
export type QuoteRequest = { "course_run_id": string };

/** A place in the ranking. */
export type RankedApplication = { "application_id": string; "is_within_budget": boolean; "percent": string; "place": number; "recipient": Recipient; "requested_pence": number; "status": FundingApplicationStatus };

/** Moderated applications of a call, the best first. */
export type Ranking = { "available_pence": number; "data": Array<RankedApplication> };

/** A rate for each choice of an input, in pence. */
export type RateBy = { "input": string; "pence": Record<string, unknown> };

/** How a rate is meant. */
export type RateKind = "day" | "at_cost";

/** Every rate, the latest of each last. */
export type RateList = { "data": Array<RateOut> };

/** A rate that the calculation is told, in pence. */
export type RateOf = { "at_most_pence"?: number | null; "input": string };

/** A rate from a day on. */
export type RateOut = { "cap_pence": number | null; "day_pence": number | null; "effective_from": string; "kind": RateKind; "rate": string; "source": string; "title": string };

/** What somebody who used a resource thinks of it. Rating again replaces the rating before. */
export type RatingIn = { "comment"?: string | null; "stars": number };

/** A re-evaluation and how far it is. */
export type ReEvaluationOut = { "action": Action; "counts": Counts; "done": number; "draft_id": string | null; "finished_at": string | null; "id": string; "moved": number; "requested_at": string; "requested_by": string; "scheme": string; "started_at": string | null; "status": ReEvaluationStatus; "total": number; "version": number | null };

/** Whom to look at, under which rules, and what to do with it. */
export type ReEvaluationRequest = { "action": Action; "draft_id"?: string | null; "scheme": string; "version"?: number | null };

/** How far it is. */
export type ReEvaluationStatus = "queued" | "running" | "finished" | "cancelled";

/** A second person's word. */
export type ReMarkingDecision = { "outcome": "approved" | "declined"; "reason": string };

/** A re-marking and how far it has come. Whoever had passed keeps the pass, whatever the new marks say. */
export type ReMarkingOut = { "assessment": string; "attempts_changed": number; "attempts_seen": number; "decided_at": string | null; "decided_by": string | null; "decision_reason": string | null; "finished_at": string | null; "id": string; "passes_given": number; "passes_kept": number; "proposed_at": string; "proposed_by": string; "question": string; "reason": string; "right": Array<string> | null; "status": ReMarkingStatus; "treatment": string };

/** What was wrong with a question, and how whoever answered it is to be marked instead. */
export type ReMarkingRequest = { "question": string; "reason": string; "right"?: Array<string> | null; "treatment": "other_answer" | "marks_for_all"; "version"?: number | null };

/** How far a re-marking is. */
export type ReMarkingStatus = "proposed" | "declined" | "running" | "done";

/** How far the caller has read. */
export type ReadingIn = { "until": number };

/** Why an entry was decided as it was, in a word that can be counted. */
export type ReasonCode = "well_described" | "not_enough_detail" | "no_evidence" | "evidence_unreadable" | "other_activity" | "wrong_date" | "duplicate" | "names_others" | "not_genuine" | "other";

/** What was done with a message. `parked` waits for a person; sending it again changes nothing. */
export type ReceiptOut = { "status": ResultStatus };

/** The organisation that receives the grant. */
export type Recipient = { "id": string; "kind": RecipientKind; "name": string };

/** What kind of organisation receives a grant. Never a person. */
export type RecipientKind = "hub" | "school" | "trust" | "local_authority" | "company";

/** An outcome for whoever meets every condition. */
export type RecommendationOutput = { "pathway": string; "reason"?: string; "when": Array<BandIs | AnswerIs | AnswersCounted> };

/** An activity that would help next, and why this one. */
export type RecommendationOut = { "activity": string; "because": BecauseOut; "component": "commitment" | "professional_knowledge" | "community"; "credits": string | null; "reason": string; "title": string };

/** One of the ten codes on paper; it is used up by this. */
export type RecoveryCodeProof = { "code": string; "method": "recovery_code" };

/** Ten codes, shown this once. Those before work no more. */
export type RecoveryCodes = { "recovery_codes": Array<string> };

/** A recovery case with its history. */
export type RecoveryOut = { "amount_pence": number; "because": FundingBecause; "budget": string; "id": string; "method": Method | null; "opened_at": string; "party": string; "party_kind": PartyKind; "payment_id": string | null; "receipts": Array<FundingReceiptOut>; "recovered_pence": number; "status": RecoveryStatus; "steps": Array<Step>; "written_off_pence": number };

/** A case in which it has to come back. */
export type RecoveryPart = { "amount_pence": number; "because": string; "case_id": string; "recovered_pence": number; "status": string; "written_off_pence": number };

/** Where a case stands. */
export type RecoveryStatus = "open" | "proposed" | "agreed" | "settled" | "dropped";

/** A recovery case. */
export type RecoverySummary = { "amount_pence": number; "because": FundingBecause; "budget": string; "id": string; "method": Method | null; "opened_at": string; "party": string; "party_kind": PartyKind; "payment_id": string | null; "recovered_pence": number; "status": RecoveryStatus; "written_off_pence": number };

/** Applications by where they stand. */
export type RecruitmentFigures = { "applied": number; "declined": number; "interested": number; "selected": number; "waiting": number; "withdrawn": number };

/** The refresh token of the reply before. */
export type RefreshRequest = { "refresh_token": string };

/** One region: the hubs that lie in it. */
export type RegionFigures = { "delivery": DeliveryFigures; "hubs": number; "money": MoneyFigures | null; "plan": PlanFigures; "recruitment": RecruitmentFigures; "region": string; "reports": ReportFigures };

/** Outcomes of the whole run; bookings left out keep theirs. Of a run with sessions: the same of each session. */
export type RegisterIn = { "early"?: boolean; "entries": Array<EntryIn>; "reason"?: string | null };

/** A register that there is something to do with, or was. */
export type RegisterListed = { "closed_at": string | null; "course_code": string; "course_run_id": string; "ends_at": string; "ends_on": string; "hub_id": string; "people": number; "settled": number; "starts_on": string; "status": "open" | "due" | "overdue" | "closed"; "title": string };

/** The register of a run. */
export type RegisterOut = { "closed_at": string | null; "course_code": string; "course_run_id": string; "ends_on": string; "entries": Array<hubsRegistersSchemasEntryOut>; "hours": string | null; "rule": RuleOut | null; "sessions": Array<RegisterSessionOut>; "starts_on": string; "title": string };

/** A session, and how much of it is marked. */
export type RegisterSessionOut = { "ends_at": string; "id": string; "marked": number; "minutes": number; "ordinal": number; "starts_at": string; "unmarked": number };

/** What a teacher enters to register. */
export type Registration = { "email": string; "family_name": string; "given_name": string; "password": string; "phase": Phase; "school_urn": string };

/** The same whether or not the address has an account: only its owner learns which, by mail. */
export type RegistrationAccepted = { "status"?: "confirmation_sent" };

/** Why a withdrawal was wrong. */
export type ReinstatementIn = { "reason": string };

/** What a second person says of another download. */
export type ReissueDecision = { "outcome": "approved" | "declined"; "reason": string };

/** Why the file is needed again. */
export type ReissueRequest = { "reason": string };

/** A row that cannot be taken, and why. */
export type Rejection = { "code": string; "detail": string; "index": number };

/** Where the source is silent or contradicts itself, and what was made of it. */
export type Remark = { "says": string; "section"?: "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | null };

/** What a run had to say about a line of the file. */
export type RemarkOut = { "file_name": string; "line": number; "reasons": Array<string>; "severity": "refused" | "noted"; "urn": string | null };

/** What a payment was for, and where it went. Of the account only the end is shown. */
export type Remittance = { "account_ending": string; "account_name": string; "amount_pence": number; "arrives_on": string; "attempt": number; "award_id": string; "award_kind": string; "booking_id": string | null; "budget": string; "confirmed_at": string | null; "course_code": string | null; "lines": Array<RemittanceLine>; "narrative": string; "payee_kind": PayeeKind; "payee_name": string; "payee_reference": string; "payer": string; "payment_id": string; "payment_run_id": string; "processing_on": string; "reference": string; "released_at": string; "returned_at": string | null; "sort_code_ending": string; "status": PaymentStatus };

/** A part of the amount. */
export type RemittanceLine = { "amount_pence": number; "days"?: string | null; "item": string; "rate_pence"?: number | null };

/** A payment to take out of a run; it waits for a later one. */
export type Removal = { "payment_id": string; "reason": string };

/** Which deliveries to send again: by id, or those queued within a time. */
export type Replay = { "delivery_ids"?: Array<string> | null; "from_at"?: string | null; "statuses"?: Array<"delivered" | "dead" | "cancelled">; "to_at"?: string | null };

/** How many were queued again. */
export type Replayed = { "has_more": boolean; "replayed": number };

/** A report with what it asks for, what it says and what the registers say. */
export type ReportDetail = { "answers": Answers | null; "attendance": hubsProjectReportsSchemasAttendanceOut; "by": "lead" | "participant" | "school" | "hub" | "co_ordination_team" | "lead_evaluator"; "decided_at": string | null; "due_in_words": string | null; "due_on": string | null; "duty": string; "group_id": string | null; "hub_id": string | null; "id": string; "is_overdue": boolean; "kind": "report" | "survey" | "data" | "attendance" | "case_study"; "missing": Array<string>; "network": string; "outcome_kinds": Array<"professional_learning" | "practice_development" | "materials" | "policies" | "pupils">; "participant_id": string | null; "project_code": string; "project_year": string; "reason": string | null; "status": "draft" | "submitted" | "returned" | "accepted" | "withdrawn"; "submissions": number; "submitted_at": string | null; "title": string; "urn": string | null; "version": number };

/** Reports by where they stand. What is late or due soon is open as well. */
export type ReportFigures = { "accepted": number; "due_soon": number; "late": number; "open": number; "submitted": number };

/** Figures of events that were held or will be. Cancelled ones are counted and add nothing else. */
export type ReportLine = { "academic_year": string; "approach": string | null; "events": number; "events_cancelled": number; "events_reported": number; "groups": GroupsOut | null; "hub_id": string | null; "hub_name": string | null; "partner_id": string | null; "pupils_attended": number; "pupils_booked": number; "pupils_in_groups": number; "pupils_left_out": number; "region": string | null; "schools_booked": number; "staff_attended": number };

/** Reports of one duty that are open and due on the same day. */
export type ReportsDue = { "by": string; "due_on": string; "is_late": boolean; "project_code": string; "reports": number; "title": string };

/** What all keys and clients of an organisation may ask together. */
export type RequestLimit = { "requests_per_minute": number | null };

/** Something the certificate asks for besides credits, and how far it is met: `have` of `need` in its measure. */
export type RequirementOut = { "have": string; "is_met": boolean; "measure": string; "need": string; "parts": Array<RequirementOut>; "title": string };

/** The token from the mail, and the password from now on. */
export type Reset = { "new_password": string; "token": string };

/** What another administrator decides. */
export type ResetDecision = { "outcome": "approved" | "refused" };

/** A reset that was asked for. */
export type ResetOut = { "decided_at": string | null; "decided_by": string | null; "id": string; "outcome": "approved" | "refused" | null; "person_id": string; "reason": string; "requested_at": string; "requested_by": string };

/** Whose password is forgotten. */
export type ResetRequest = { "email": string };

/** The same whether or not the address has an account: only who reads its mail learns which. */
export type ResetRequested = { "status"?: "mail_sent" };

/** What a line is that was nobody's by itself. */
export type Resolution = { "outcome": fundingBankReturnsModelsOutcome; "payment_id"?: string | null; "reason": string };

/** What another person says of it. Declining puts the line back into the queue. */
export type ResolutionDecision = { "outcome": "approved" | "declined"; "reason": string };

/** Who the learner is: a teacher, nobody of ours, or several people who shared a number. */
export type ResolutionIn = { "assignments"?: Array<AssignmentIn>; "outcome"?: "linked" | "not_ours" | "split"; "reason"?: string | null; "teacher_id"?: string | null };

/** What the answer set free. */
export type ResolutionOut = { "duplicates": number; "id": string; "outcome": "linked" | "not_ours" | "split" | "unlinked"; "recorded": number; "teacher_id": string | null };

/** How many resources a search finds, and what each further choice would find, as if its own filter were not set. */
export type ResourceCounts = { "facets": ResourceFacets; "total": number };

/** The reviewer's word. */
export type ResourceDecisionIn = { "outcome": "published" | "returned"; "reason": string };

/** A published resource with its history, newest first; older versions stay readable. */
export type ResourceDetail = { "aims": Array<string>; "checksum": string | null; "credit_line": string | null; "first_published_at": string; "id": string; "is_by_teacher": boolean; "key_stages": Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16">; "licence": "CC0-1.0" | "CC-BY-4.0" | "CC-BY-SA-4.0" | "CC-BY-NC-4.0" | "CC-BY-NC-SA-4.0" | "OGL-UK-3.0" | "MIT"; "link": string; "number": number; "organisation_id": string | null; "published_at": string; "rating_average": string | null; "rating_count": number; "summary": string; "title": string; "topics": Array<string>; "type": "unit_of_work" | "lesson_plan" | "activity" | "worksheet" | "presentation" | "assessment" | "video" | "software_project" | "teacher_guide"; "used_count": number; "versions": Array<PublishedVersionOut> };

/** For each filter the values that find anything, the most frequent first. */
export type ResourceFacets = { "aim": Array<hubsFacetingChoice>; "key_stage": Array<hubsFacetingChoice>; "licence": Array<hubsFacetingChoice>; "topic": Array<hubsFacetingChoice>; "type": Array<hubsFacetingChoice> };

/** What a version says. Links to documents, no documents: they stay where their author keeps them. */
export type ResourceFacts = { "aims"?: Array<string>; "checksum"?: string | null; "credit_line"?: string | null; "key_stages": Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16">; "licence": "CC0-1.0" | "CC-BY-4.0" | "CC-BY-SA-4.0" | "CC-BY-NC-4.0" | "CC-BY-NC-SA-4.0" | "OGL-UK-3.0" | "MIT"; "link": string; "summary": string; "title": string; "topics": Array<string>; "type": "unit_of_work" | "lesson_plan" | "activity" | "worksheet" | "presentation" | "assessment" | "video" | "software_project" | "teacher_guide" };

/** A resource to begin: its first version, a draft. */
export type ResourceIn = { "aims"?: Array<string>; "checksum"?: string | null; "credit_line"?: string | null; "key_stages": Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16">; "licence": "CC0-1.0" | "CC-BY-4.0" | "CC-BY-SA-4.0" | "CC-BY-NC-4.0" | "CC-BY-NC-SA-4.0" | "OGL-UK-3.0" | "MIT"; "link": string; "organisation_id"?: string | null; "summary": string; "title": string; "topics": Array<string>; "type": "unit_of_work" | "lesson_plan" | "activity" | "worksheet" | "presentation" | "assessment" | "video" | "software_project" | "teacher_guide" };

/** A published resource. */
export type ResourceOut = { "aims": Array<string>; "checksum": string | null; "credit_line": string | null; "first_published_at": string; "id": string; "is_by_teacher": boolean; "key_stages": Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16">; "licence": "CC0-1.0" | "CC-BY-4.0" | "CC-BY-SA-4.0" | "CC-BY-NC-4.0" | "CC-BY-NC-SA-4.0" | "OGL-UK-3.0" | "MIT"; "link": string; "number": number; "organisation_id": string | null; "published_at": string; "rating_average": string | null; "rating_count": number; "summary": string; "title": string; "topics": Array<string>; "type": "unit_of_work" | "lesson_plan" | "activity" | "worksheet" | "presentation" | "assessment" | "video" | "software_project" | "teacher_guide"; "used_count": number };

/** Whether a resource is there, and why not. */
export type ResourceStandingOut = { "id": string; "is_withdrawn": boolean; "withdrawal_reason": string | null; "withdrawn_at": string | null; "withdrawn_for_cause": boolean | null };

/** One version as its author and its reviewers see it. Send `edition` back as `If-Match` to edit it. */
export type ResourceVersionOut = { "aims": Array<string>; "checksum": string | null; "created_at": string; "credit_line": string | null; "decided_at": string | null; "edition": number; "key_stages": Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16">; "licence": "CC0-1.0" | "CC-BY-4.0" | "CC-BY-SA-4.0" | "CC-BY-NC-4.0" | "CC-BY-NC-SA-4.0" | "OGL-UK-3.0" | "MIT"; "link": string; "number": number; "published_at": string | null; "reason": string | null; "resource_id": string; "status": "draft" | "submitted" | "in_review" | "returned" | "published" | "superseded" | "withdrawn"; "submitted_at": string | null; "summary": string; "title": string; "topics": Array<string>; "type": "unit_of_work" | "lesson_plan" | "activity" | "worksheet" | "presentation" | "assessment" | "video" | "software_project" | "teacher_guide" };

/** A person's word on a result that waits. */
export type ResultDecision = { "attempt_id"?: string | null; "outcome": "accepted" | "dismissed"; "reason": string };

/** A result that a provider sent. */
export type ResultOut = { "attempt_id": string | null; "decided_at": string | null; "decided_by": string | null; "decision_reason": string | null; "finished_at": string | null; "id": string; "percent": string | null; "provider": string; "reason": string | null; "received_at": string; "status": ResultStatus; "webhook_id": string };

/** What became of a result. */
export type ResultStatus = "applied" | "repeated" | "parked" | "accepted" | "dismissed";

/** One table, or a part of one: what it is, why it is held and until when. */
export type RetentionLine = { "basis": "public_task" | "legal_obligation" | "contract" | "consent" | "legitimate_interests"; "due_now"?: number | null; "keep_days": number | null; "last_found"?: number | null; "last_ran_at"?: string | null; "rule": string; "since": string | null; "table": string; "then": "delete" | "pseudonymise" | "stays"; "until": string; "what": string; "why": string };

/** How long one service keeps what it holds about people. */
export type RetentionTable = { "about_nobody": Record<string, string>; "data": Array<RetentionLine>; "service": string };

/** Why a question is put to nobody any more. */
export type Retirement = { "reason": string };

/** A question that is put to nobody any more. */
export type RetirementOut = { "question": string; "reason": string; "retired_at": string; "retired_by": string };

/** What came back, as the lender found it. */
export type ReturnIn = { "condition": "new" | "good" | "worn" | "damaged"; "description"?: string | null; "items_damaged"?: number; "items_returned": number };

/** One line of the bank's. */
export type ReturnLineOut = { "account_ending": string; "amount_pence": number; "bank_return_id": string; "code": string; "decided_at": string | null; "decided_by": string | null; "decision_reason": string | null; "description": string; "id": string; "line": number; "outcome": fundingBankReturnsModelsOutcome | null; "payment_id": string | null; "proposed_at": string | null; "proposed_by": string | null; "proposed_payment_id": string | null; "queued_because": Unmatched | null; "reason": string | null; "reference": string; "returned_on": string; "sort_code_ending": string; "status": LineStatus };

/** Money due back. */
export type ReturnOut = { "amount_pence": number; "due_on": string; "id": string; "kind": "underspend" | "reduction"; "raised_at": string; "raised_by": string; "received_at": string | null; "received_by": string | null; "received_on": string | null; "reference": string | null; "status": ReturnStatus };

/** Where a return stands. */
export type ReturnStatus = "due" | "received";

/** Why a decision was wrong. */
export type ReversalIn = { "reason": string };

/** What waits again. */
export type ReversalOut = { "id": string; "withdrawn": number };

/** What a second person says to a recommendation. Declined, the review waits for another. */
export type ReviewDecision = { "outcome": "approved" | "declined" };

/** A moderator takes a version in hand. */
export type ReviewIn = { "take_over"?: boolean };

/** A certificate in question: what took its ground away, and what was said and decided. */
export type ReviewOut = { "certificate_id": string; "closed_at": string | null; "completion_id": string | null; "contribution_id": string | null; "decided_by": string | null; "id": string; "log_entry_id": string | null; "opened_at": string; "outcome": "kept" | "revoked" | null; "re_evaluation_id": string | null; "reason": string | null; "recommendation": "keep" | "revoke" | null; "recommended_at": string | null; "recommended_by": string | null; "revocation_id": string | null };

/** Where a task stands. */
export type ReviewStatus = "open" | "settled";

/** What a second person says to a proposal. */
export type RevocationDecision = { "outcome": "approved" | "declined" };

/** A proposed or decided revocation. */
export type RevocationOut = { "certificate_id": string; "decided_at": string | null; "decided_by": string | null; "id": string; "outcome": "approved" | "declined" | null; "proposed_at": string; "proposed_by": string; "reason": string };

/** Why a certificate is to be revoked. */
export type RevocationProposal = { "reason": string };

/** What a person may be trusted with. Being a teacher is not a role: it follows from having a school. */
export type Role = "hub_lead" | "hub_administrator" | "moderator" | "assessor" | "network_lead" | "lead_evaluator" | "school_lead" | "funding_officer" | "funding_approver" | "payment_officer" | "auditor" | "administrator" | "partner_admin";

/** A role, with who granted it. */
export type RoleHeld = { "from_on": string; "granted_by": string | null; "organisation_id": string | null; "role": Role; "to_on": string | null };

/** A role held today. */
export type RoleOut = { "organisation_id": string | null; "role": Role; "since": string; "until": string | null };

/** How long the key that is replaced goes on working. */
export type Rotation = { "overlap_days"?: number };

/** One line of the published table. Rates are integer pence for each day, unless it is paid part by part. */
export type RowInput = { "amount"?: fundingPoliciesAmountsLineInput | SumInput | CappedInput | NettedInput | ChosenInput | null; "bursary_per_day_pence": number; "fee_per_day_pence": number; "milestones"?: MilestonesInput | null; "plus_vat"?: boolean; "quota"?: Quota | null; "reason": string; "row": string; "when": FundingAllOfInput | FundingAnyOfInput | SomeOfInput | Matrix | InheritedInput | fundingPoliciesConditionsCriterion };

/** One line of the published table. Rates are integer pence for each day, unless it is paid part by part. */
export type RowOutput = { "amount"?: fundingPoliciesAmountsLineOutput | SumOutput | CappedOutput | NettedOutput | ChosenOutput | null; "bursary_per_day_pence": number; "fee_per_day_pence": number; "milestones"?: MilestonesOutput | null; "plus_vat"?: boolean; "quota"?: Quota | null; "reason": string; "row": string; "when": FundingAllOfOutput | FundingAnyOfOutput | SomeOfOutput | Matrix | InheritedOutput | fundingPoliciesConditionsCriterion };

/** What became of a row. */
export type RowOut = { "code": string | null; "detail": string | null; "errors": Array<FieldError>; "external_id": string | null; "index": number; "status": "recorded" | "corrected" | "queued" | "below_threshold" | "withdrawn" | "not_ours" | "duplicate" | "rejected" };

/** The second person's word. */
export type RuleDecisionIn = { "outcome": "approved" | "refused"; "reason": string };

/** What the run is judged by. */
export type RuleOut = { "applies_to": string; "credit": "course_hours" | "minutes_attended"; "id": string; "minimum_percent": string; "scope": "default" | "programme" | "course"; "version": number };

/** What the approver says of the content that was checked. Declining makes it a draft again. */
export type RunApproval = { "content_sha256": string; "outcome": "approved" | "declined"; "reason": string };

/** Why a run is called off. */
export type RunCancellation = { "reason": string; "withdraw_attendance"?: boolean };

/** The content that was checked. */
export type RunCheck = { "content_sha256": string };

/** How many runs a search finds, and what each further choice would find. A facet counts as if its own filter were not set, so that a second value of it can be chosen. */
export type RunCounts = { "beyond": number; "facets": Facets; "total": number; "with_places": number; "without_venue": number };

/** What to change; what is left out stays. */
export type RunEdit = { "capacity"?: number | null; "charge_pence"?: number | null; "facilitator_ids"?: Array<string> | null; "hold_minutes"?: number | null; "independent_charge_pence"?: number | null; "joining_link"?: string | null; "offer_minutes"?: number | null; "places_per_school"?: number | null; "postcode"?: string | null; "sessions"?: Array<SessionIn> | null; "status"?: "open" | "postponed" | "moved_online" | "closed" | null; "status_reason"?: string | null; "town"?: string | null; "venue"?: string | null };

/** Where a payment run stands. */
export type RunStatus = "draft" | "checked" | "approved" | "released" | "confirmed" | "partly_returned" | "returned" | "cancelled";

/** Which year of its life the project is in, such as the third, the second with a partner. */
export type RunningYear = { "note"?: string | null; "number"?: number | null };

/** A reset that has begun; it is done within seconds. */
export type SandboxReset = { "organisation_id": string; "requested_at": string };

/** What is kept. */
export type SavedOut = { "deadline_at": string; "saved_at": string | null; "saved_number": number };

/** Answers on their way, and what another answer took off it. */
export type SavedSittingOut = { "answers": Array<AnswerGiven>; "began_at": string; "diagnostic": string; "dropped": Array<number>; "finished_at": string | null; "id": string; "next_question": number | null; "response_id": string | null; "revision": number; "saved_at": string; "version": number };

/** What the organisation says of a scheme. */
export type SchemeEndorsementIn = { "scheme": string; "statement": string };

/** An organisation that endorses a certificate scheme. */
export type SchemeEndorser = { "organisation": string | null; "organisation_id": string; "since_at": string };

/** All schemes. */
export type SchemeList = { "data": Array<SchemeOut> };

/** A certificate scheme with all its versions, oldest first. */
export type SchemeOut = { "enrols_on_registration": boolean; "phases": Array<string>; "slug": string; "summary": string; "title": string; "versions": Array<SchemeVersionOut> };

/** How far the caller is in one scheme. */
export type SchemeProgress = { "assessment": AssessmentProgress | null; "award_check"?: "waiting" | "withheld" | null; "award_due_at": string | null; "awarded_to": "person" | "school"; "components": Array<ComponentOut>; "counted": string; "recommendations": Array<RecommendationOut>; "required": string; "requirements": Array<RequirementOut>; "scheme": string; "scheme_version": number; "status": certificationProgressRulesStatus; "title": string; "what_next": Array<HintOut>; "why_not_complete": Array<string> };

/** Everything that decides about credits and completion under one version of a scheme. The certificate is earned when every component has its credits, every requirement is met and, where one is required, the assessment is passed. */
export type SchemeRulesInput = { "activity_credits"?: Array<ActivityCreditsInput>; "assessment"?: AssessmentRuleInput | null; "assessment_required": boolean; "awarded_to"?: "person" | "school"; "checked_percent"?: number | string; "components": Array<ComponentRuleInput>; "credits": Array<CreditRuleInput>; "pending_days"?: number; "prerequisites"?: Array<string>; "requirements"?: Array<AtLeastInput | CertificateHeld | AllOfInput | AnyOfInput>; "valid_for_months"?: number | null };

/** Everything that decides about credits and completion under one version of a scheme. The certificate is earned when every component has its credits, every requirement is met and, where one is required, the assessment is passed. */
export type SchemeRulesOutput = { "activity_credits"?: Array<ActivityCreditsOutput>; "assessment"?: AssessmentRuleOutput | null; "assessment_required": boolean; "awarded_to"?: "person" | "school"; "checked_percent"?: string; "components": Array<ComponentRuleOutput>; "credits": Array<CreditRuleOutput>; "pending_days"?: number; "prerequisites"?: Array<string>; "requirements"?: Array<AtLeastOutput | CertificateHeld | AllOfOutput | AnyOfOutput>; "valid_for_months"?: number | null };

/** One version with the cases that it passed before it was published. */
export type SchemeVersionDetail = { "cases": Array<CaseOutput>; "effective_from": string; "effective_to": string | null; "rules": SchemeRulesOutput; "scheme": string; "source": string; "standing": "in_force" | "on_record"; "version": number };

/** One version of a scheme's rules. */
export type SchemeVersionOut = { "effective_from": string; "effective_to": string | null; "rules": SchemeRulesOutput; "source": string; "standing": "in_force" | "on_record"; "version": number };

/** A school with its trusts and the establishments before and after it. */
export type SchoolDetail = { "as_of_on": string; "closed_on": string | null; "country": string; "district_code": string | null; "district_vintage": string | null; "establishment_number": string | null; "establishment_type": number; "free_school_meals_percent": string | null; "highest_age": number | null; "is_open": boolean; "is_section_41_approved": boolean | null; "is_state_funded": boolean | null; "key_stages": Array<string> | null; "la_code": string | null; "links": Array<SchoolLinkOut>; "lowest_age": number | null; "missing_since_on": string | null; "name": string; "offers_gcse_computer_science": boolean | null; "opened_on": string | null; "phase": "nursery" | "primary" | "secondary" | "all_through" | "post_16" | "not_applicable"; "postcode": string | null; "pupils": number | null; "region": string | null; "sector": string | null; "source": string; "status": "open" | "closed" | "open_but_closing" | "proposed" | null; "successions": Array<SuccessionShown>; "town": string | null; "trust_code": string | null; "trusts": Array<TrustMembershipOut>; "ukprn": string | null; "urn": string };

/** One run over one extract of the register. */
export type SchoolImportOut = { "as_of_on": string; "changes": Record<string, number> | null; "decided_at": string | null; "events_published": number; "examples": Record<string, Array<string>> | null; "file_name": string; "file_sha256": string; "finished_at": string | null; "held_because": string | null; "id": string; "imported_by": string; "links_read": number; "links_refused": number; "reason": string | null; "rows_noted": number; "rows_read": number; "rows_refused": number; "schools_added": number; "schools_changed": number; "schools_missing": number; "schools_unchanged": number; "started_at": string; "status": "running" | "held" | "approved" | "refused" | "superseded" | "finished" | "failed" };

/** The same for the organisation that offers. */
export type SchoolInterestOut = { "contact_role": "headteacher" | "computing_lead" | "stem_lead" | "careers_lead" | "school_office"; "offer_id": string; "pupils": number; "region": string | null; "school_name": string; "school_urn": string; "since_at": string; "staff": number; "status": "registered" | "waiting" | "withdrawn" };

/** A school that joins a group. */
export type SchoolJoins = { "joined_on"?: string | null; "urn": string };

/** An establishment that came before or after this one. */
export type SchoolLinkOut = { "established_on": string | null; "kind": "predecessor" | "successor" | "other"; "link_type": string; "name": string | null; "urn": string };

/** From when to when a school belongs to the hub. */
export type SchoolMembershipIn = { "instead_of"?: string | null; "joined_on": string; "left_on"?: string | null };

/** A school of the hub. */
export type SchoolMembershipOut = { "joined_on": string; "left_on": string | null; "urn": string };

/** Where a teacher teaches now. */
export type SchoolOut = { "since": string; "urn": string };

/** How a school stood from a day on. */
export type SchoolVersionOut = { "as_of_on": string; "cause": "import" | "seed" | "verdict" | "before_history"; "differs": Array<string> | null; "import_id": string | null; "recorded_at": string; "school": HubsSchoolOut };

/** What a key may be used for. A closed list: a scope nobody checks would promise something untrue. */
export type Scope = "completions:write" | "resources:write" | "enrichment:write" | "statements:read" | "chartered:decide" | "endorsements:write" | "courses:read" | "hubs:read" | "changes:read" | "webhooks:manage" | "sandbox:manage";

/** One person's score or conflict of interest. */
export type ScoreOut = { "comment": string | null; "conflict": string | null; "percent": string | null; "points": Record<string, number> | null; "scored_at": string; "scorer_id": string };

/** The second step of signing in. */
export type SecondFactorRequest = { "challenge": string; "mode"?: "bearer" | "cookie"; "proof": TotpProof | RecoveryCodeProof | PasskeyProof };

/** The password is right, and the account has a second factor: send a proof to `/v1/auth/second-factor`. */
export type SecondFactorWanted = { "challenge": string; "expires_in_seconds": number; "methods": Array<string>; "passkey_options": Record<string, JsonValue> | null; "status"?: "second_factor_required" };

/** What the caller has beside a password. */
export type SecondFactors = { "is_required": boolean; "passkeys": Array<PasskeyOut>; "recovery_codes_left": number; "totp": AppOut | null };

/** How long the secret that is replaced goes on working. */
export type SecretRotation = { "overlap_days"?: number };

/** The template's texts, summarised in our own words; what is structured elsewhere is not repeated. */
export type Sections = { "co_ordination"?: string | null; "evaluation"?: string | null; "finances"?: string | null; "leads"?: string | null; "models"?: string | null; "national"?: string | null; "participants"?: string | null; "participation"?: string | null; "purpose"?: Array<string>; "summary": string };

/** Some of the activities there are: those to which everything said here applies. Nothing said selects all. */
export type SelectionInput = { "activities"?: Array<string>; "kinds"?: Array<ActivityKind>; "modes"?: Array<"face_to_face" | "live_remote" | "online" | "community" | "diagnostic" | "assessment">; "programmes"?: Array<string>; "providers"?: Array<string>; "published_credits"?: number | string | null };

/** Some of the activities there are: those to which everything said here applies. Nothing said selects all. */
export type SelectionOutput = { "activities"?: Array<string>; "kinds"?: Array<ActivityKind>; "modes"?: Array<"face_to_face" | "live_remote" | "online" | "community" | "diagnostic" | "assessment">; "programmes"?: Array<string>; "providers"?: Array<string>; "published_credits"?: string | null };

/** What was sent, when, and who fetched it how often. */
export type SentOut = { "decisions": Array<DecisionOut>; "fetches": number; "id": string; "sent_at": string; "sha256": string };

/** The authorisation server as programs find out about it (RFC 8414). */
export type ServerMetadata = { "grant_types_supported": Array<string>; "issuer": string; "jwks_uri": string; "response_types_supported": Array<string>; "scopes_supported": Array<string>; "service_documentation": string; "token_endpoint": string; "token_endpoint_auth_methods_supported": Array<string>; "token_endpoint_auth_signing_alg_values_supported": Array<string> };

/** How one booking's holder was at a session. */
export type SessionEntryIn = { "arrived_at"?: string | null; "booking_id": string; "left_at"?: string | null; "minutes"?: number | null; "presence": "present" | "absent" | "excused" };

/** One meeting to plan. */
export type SessionIn = { "ends_at": string; "minutes": number; "starts_at": string };

/** Marks of one session; bookings left out keep theirs. */
export type SessionMarksIn = { "early"?: boolean; "entries": Array<SessionEntryIn>; "reason"?: string | null };

/** One meeting of a run. */
export type SessionOut = { "ends_at": string; "id": string; "minutes": number; "ordinal": number; "starts_at": string };

/** Signed in by cookie. The session itself is in a cookie that no script can read. */
export type SessionStarted = { "csrf_token": string; "expires_at": string; "idle_seconds": number; "status"?: "session_started" };

/** How what a statement came to was settled. */
export type Settlement = { "reference": string };

/** What one funder pays, or one kind of payee receives. */
export type Share = { "amount_pence": number; "of": string };

/** Who may see what of a certificate that bears a name. */
export type Sharing = { "shares_document": boolean; "shows_name": boolean };

/** One device, or program, on which somebody stays signed in. */
export type SignInOut = { "expires_at": string; "id": string; "is_current": boolean; "last_used_at": string | null; "started_at": string };

/** The code that the hub shows at the session. */
export type SignInWithCode = { "code": string };

/** How many sign-ins ended. */
export type SignInsEnded = { "ended": number };

/** The newest head of a chain, signed. Keep it: the chain must always have this link. */
export type SignedHead = { "head": string; "key_id"?: string | null; "number": number; "public_key"?: string | null; "sealed_at": string; "service": string; "signature"?: string | null };

/** The session that was signed in to. */
export type SignedIn = { "arrived_at": string | null; "booking_id": string; "left_at": string | null; "minutes": number | null; "minutes_late": number; "minutes_left_early": number; "minutes_planned": number; "ordinal": number; "origin": "staff" | "sign_in" | "whole_run" | "closing" | null; "presence": "present" | "absent" | "excused" | "pending"; "session_id": string };

/** Answers on their way. */
export type SittingOut = { "answers": Array<AnswerGiven>; "began_at": string; "diagnostic": string; "finished_at": string | null; "id": string; "next_question": number | null; "response_id": string | null; "revision": number; "saved_at": string; "version": number };

/** Which questionnaire to sit. */
export type SittingRequest = { "diagnostic": string };

/** Limits and expectations: of one group, of a hub's whole plan, and of the whole network. */
export type Size = { "composition"?: AllOf | AnyOf | AtLeast | Desirable | FactTest | TookPart | Question | null; "groups_of_hub"?: Extent | null; "groups_of_network"?: Extent | null; "hub_limits_until"?: "first_agreement" | "always"; "participants_of_group"?: Extent | null; "participants_of_hub"?: Extent | null; "participants_of_network"?: Extent | null; "schools_of_group"?: Extent | null; "schools_of_hub"?: Extent | null; "schools_of_hub_from"?: string | null; "schools_of_network"?: Extent | null };

/** One calculation of the award, with what it changed. */
export type SnapshotOut = { "amount_pence": number; "because": string; "calculation": Calculation; "decided_at": string | null; "decided_by": string | null; "decision_reason": string | null; "difference_pence": number; "ordinal": number; "own_difference_pence": number; "own_pence": number; "requested_at": string; "requested_by": string; "sha256": string; "status": SnapshotStatus };

/** Where a calculation of an award stands. */
export type SnapshotStatus = "proposed" | "approved" | "declined";

/** Met when at least so many parts are met. */
export type SomeOfInput = { "number": number; "of": Array<FundingAllOfInput | FundingAnyOfInput | SomeOfInput | Matrix | InheritedInput | fundingPoliciesConditionsCriterion> };

/** Met when at least so many parts are met. */
export type SomeOfOutput = { "number": number; "of": Array<FundingAllOfOutput | FundingAnyOfOutput | SomeOfOutput | Matrix | InheritedOutput | fundingPoliciesConditionsCriterion> };

/** A funder's part. Those of one funder add up over the snapshots. */
export type SourceOut = { "amount_pence": number; "changed_at": string | null; "changed_by": string | null; "claimed_from": string | null; "funder": string; "is_external": boolean; "ordinal": number; "reference": string | null; "status": SourceStatus; "title": string };

/** Where a part of an award stands: ours, or one that the recipient claims from somebody else. */
export type SourceStatus = "ours" | "to_be_claimed" | "claimed" | "received";

/** A step of claiming another funder's part. */
export type SourceStep = { "reference": string; "status": "claimed" | "received" };

/** A time for which a space is wanted, for the caller's school or for the centre's hub. */
export type SpaceBookingIn = { "ends_at": string; "people": number; "purpose": "pupils" | "training" | "meeting" | "community" | "setting_up"; "space_id": string; "starts_at": string };

/** A booked time. */
export type SpaceBookingOut = { "booked_at": string; "cancelled_at": string | null; "cancelled_because": "booker" | "centre" | "centre_closed" | null; "centre_id": string; "ends_at": string; "id": string; "people": number; "purpose": "pupils" | "training" | "meeting" | "community" | "setting_up"; "space_id": string; "starts_at": string; "status": "booked" | "cancelled"; "urn": string | null };

/** A contribution to a group's discussion that was accepted. */
export type SpaceContributionOut = { "accepted_at": string; "activity": string; "basis": "confirmation" | "posts"; "contributed_on": string; "counts": boolean; "group_id": string; "id": string; "person_id": string; "post_id": string };

/** What to change; what is left out stays. */
export type SpaceEdit = { "capacity"?: number | null; "equipment"?: Array<EquipmentItem> | null; "is_bookable"?: boolean | null; "name"?: string | null };

/** A room or area of a centre. */
export type SpaceIn = { "capacity": number; "equipment"?: Array<EquipmentItem>; "is_bookable"?: boolean; "name": string };

/** A space. Its version is the `If-Match` of an edit. */
export type SpaceOut = { "capacity": number; "centre_id": string; "equipment": Array<EquipmentItem>; "id": string; "is_bookable": boolean; "name": string; "version": number };

/** Other words of a post. The words before stay with those who moderate. */
export type SpacePostEdit = { "text": string };

/** A post in a topic. Plain text: nothing in it is made into anything, and what looks like a tag is what it says. */
export type SpacePostIn = { "reply_to"?: number | null; "text": string };

/** A post. Its words are null while it is withdrawn or hidden, but for its author and those who moderate. */
export type SpacePostOut = { "edited_at": string | null; "hidden_reason": string | null; "id": string; "is_own": boolean; "links": Array<string>; "number": number; "part": "participant" | "lead" | "staff"; "person_id": string | null; "posted_at": string; "reply_to": number | null; "status": "shown" | "withdrawn" | "hidden"; "text": string | null; "topic_id": string; "version": number };

/** Spending as it was shown. */
export type SpendOut = { "amount_pence": number; "evidence": string; "id": string; "item": string; "recorded_at": string; "recorded_by": string; "spent_on": string };

/** One thing that the grant was spent on, and what shows it. */
export type SpendingInput = { "amount_pence": number; "evidence": string; "item": string; "spent_on": string };

/** What was spent on one of several, in pence. */
export type SpendingOutput = { "bursaries_pence": number; "came_back_pence": number; "grants_pence": number; "name": string; "spent_pence": number };

/** What was drawn, what of it is shown as spent, and what goes back. */
export type SpendingOut = { "drawn_pence": number; "due_back_pence": number; "returned_pence": number; "returns": Array<ReturnOut>; "spending": Array<SpendOut>; "spent_pence": number };

/** Projects between which the hubs of the network divide, each part by its share. */
export type Split = { "between": Array<string>; "per_hub"?: Extent | null; "says": string; "slug": string; "source": string; "title": string; "tolerance"?: string };

/** One stage: met when all its needs are. */
export type Stage = { "needs": Array<CertificatesNeed | EndorsementsNeed | YearsNeed | ActivitiesNeed | StatementNeed>; "stage": string; "title": string };

/** How far a stage is. */
export type StageOut = { "is_met": boolean; "needs": Array<NeedOut>; "stage": string; "title": string };

/** How sure the platform is of a number, least first. */
export type Standing = "self_declared" | "matched" | "verified";

/** Where a district or a school stands on the list of one scheme that is in force. */
export type StandingOut = { "categories": Array<number>; "codes": Array<string>; "completeness": "complete" | "partial"; "is_listed": boolean | null; "key_type": "district" | "local_authority" | "urn" | "trust"; "scheme": string; "version": number; "vintage": string };

/** Where a district stands on every list of districts in force, or a school on every list. */
export type StandingsOut = { "district": string | null; "on": string; "standings": Array<StandingOut>; "urn": string | null };

/** Something that the teacher writes. */
export type StatementNeed = { "kind": "statement"; "least_characters": number; "need": string; "title": string };

/** Something the teacher wrote. */
export type StatementOut = { "need": string; "submitted_at": string; "text": string };

/** Where it stands on a statement. */
export type StatementPart = { "amount_pence": number; "line_id": string; "month": string; "statement_id": string };

/** Something written for a need of the pathway. */
export type StatementRequest = { "need": string; "text": string };

/** Where a statement stands. One that is still open is computed and not kept. */
export type StatementStatus = "closed" | "paid";

/** A plan, worked out. Years add up to the network, and so do regions. */
export type StemPlanOut = { "as_of_on": string | null; "assumptions": Array<AssumptionOut>; "figures": Array<PlanFigureOut>; "findings": Array<PlanFindingOut>; "first_year": string; "follows": string | null; "source": string; "title": string; "version": string };

/** A version of the plan's assumptions. */
export type StemPlanVersionOut = { "first_year": string; "follows": string | null; "source": string; "title": string; "version": string };

/** All versions, the oldest first. */
export type StemPlanVersionsOut = { "data": Array<StemPlanVersionOut> };

/** One step of a case. */
export type Step = { "from_status": RecoveryStatus | null; "method": Method | null; "reason": string; "taken_at": string; "taken_by": string | null; "to_status": RecoveryStatus };

/** The next step of a hub's life. */
export type StepIn = { "on": string; "reason": string; "to": "applied" | "assessed" | "designated" | "reviewed" | "closed" };

/** A variant that a hub plans for itself, such as the early-years part of a programme or a role in an exchange. */
export type Strand = { "phases": Array<"early_years" | "primary" | "secondary" | "post_16">; "size"?: Size; "slug": string; "title": string };

/** Handing in, with all answers or with those that were saved. */
export type Submission = { "answers"?: Array<Answer> | null };

/** A person's word. */
export type SuccessionDecisionIn = { "chosen": Array<string>; "reason": string };

/** A split or a merger, and who carries on. */
export type SuccessionOut = { "candidates": Array<string>; "chosen": Array<string> | null; "decided_at": string | null; "established_on": string | null; "found_at": string; "id": string; "kind": "split" | "merger"; "reason": string | null; "status": "open" | "decided" | "settled"; "urn": string };

/** A split of this school, or a merger into it, and who carries on. */
export type SuccessionShown = { "candidates": Array<string>; "chosen": Array<string> | null; "established_on": string | null; "kind": "split" | "merger"; "status": "open" | "decided" | "settled" };

/** What the provider says of the person. Not proven: for filling in a form. */
export type Suggestion = { "email": string | null; "family_name": string | null; "given_name": string | null };

/** Amounts together. */
export type SumInput = { "sum": Array<fundingPoliciesAmountsLineInput | SumInput | CappedInput | NettedInput | ChosenInput> };

/** Amounts together. */
export type SumOutput = { "sum": Array<fundingPoliciesAmountsLineOutput | SumOutput | CappedOutput | NettedOutput | ChosenOutput> };

/** The queue in numbers, as far as the caller may see it. */
export type Summary = { "audits_waiting": number; "counts": Record<string, number>; "decided_30_days": number; "decided_in_time_percent": string | null; "oldest_due_at": string | null; "overdue": number; "service_level_working_days": number };

/** Days on which a kit is promised or out, both included. */
export type TakenDays = { "due_on": string; "from_on": string };

/** A time for which a space is booked, without who booked it. */
export type TakenTime = { "ends_at": string; "starts_at": string };

/** What was to be reached, and what was. */
export type Target = { "lot": number | null; "reached": number; "remaining": number; "source": string; "stages": Array<FundingStage>; "target": string; "title": string; "wanted": number };

/** What was agreed with hubs, added up; 0 where nothing was. */
export type TargetCount = { "groups": number; "participants": number; "schools": number };

/** What a hub is to reach in one project. */
export type TargetIn = { "at_least": number; "code": string; "measure": "groups" | "schools" | "participants" | "hubs"; "reason": string };

/** Every target there is. */
export type TargetList = { "data": Array<Target> };

/** What was agreed with a hub for a project. */
export type TargetOut = { "at_least": number; "code": string; "measure": "groups" | "schools" | "participants" | "hubs"; "reason": string };

/** The whole set: a measure left out has no target. */
export type TargetsIn = { "course_runs"?: number | null; "cpd_hours"?: number | null; "meetings"?: number | null; "member_schools"?: number | null; "new_members"?: number | null; "places"?: number | null; "schools"?: number | null; "teachers"?: number | null };

/** What a hub is to reach in a year. */
export type TargetsOut = { "academic_year": string; "course_runs"?: number | null; "cpd_hours"?: number | null; "hub_id": string; "meetings"?: number | null; "member_schools"?: number | null; "new_members"?: number | null; "places"?: number | null; "schools"?: number | null; "set_at": string | null; "teachers"?: number | null };

/** A number and how sure the platform is of it. */
export type TeacherNumberOut = { "standing": Standing; "stated_at": string; "trn": string };

/** What identity holds about a person, but for what signs them in. */
export type TeacherRecord = { "email": string; "employments": Array<EmploymentOut>; "family_name": string; "given_name": string; "id": string; "phase": Phase | null; "registered_at": string; "roles": Array<RoleHeld>; "trn": TeacherNumberOut | null };

/** Whom to look for: all that is given has to fit. In a body, so that no address bar or log keeps a name. */
export type TeacherSearch = { "email"?: string | null; "family_name"?: string | null; "given_name"?: string | null; "school_urn"?: string | null; "trn"?: string | null };

/** A factor times the inputs named, or the factor alone. */
export type TermInput = { "of"?: Array<string>; "times": number | string };

/** A factor times the inputs named, or the factor alone. */
export type TermOutput = { "of"?: Array<string>; "times": string };

/** The next version of a threshold. */
export type ThresholdIn = { "activity_code"?: string | null; "percent": number | string; "source": string; "valid_from_on": string };

/** One version. */
export type ThresholdOut = { "activity_code": string | null; "id": string; "percent": string; "recorded_at": string; "source": string; "valid_from_on": string; "version": number };

/** A product of quantities. */
export type TimesInput = { "times": Array<NumberInput | Count | PlusInput | MinusInput | TimesInput | LimitedInput> };

/** A product of quantities. */
export type TimesOutput = { "times": Array<NumberOutput | Count | PlusOutput | MinusOutput | TimesOutput | LimitedOutput> };

/** When a space is open and when it is taken, soonest first. */
export type TimesOut = { "opening_hours": Array<OpeningHours>; "space_id": string; "taken": Array<TakenTime> };

/** Why there is no token (RFC 6749 §5.2). This route alone answers so, because OAuth libraries read it. */
export type TokenRefusal = { "error": "invalid_request" | "invalid_client" | "invalid_scope" | "unauthorized_client" | "unsupported_grant_type"; "error_description": string };

/** An access token (RFC 6749 §5.1). */
export type TokenReply = { "access_token": string; "expires_in": number; "scope": string; "token_type"?: "Bearer" };

/** Proof of being signed in: a short-lived token for `Authorization: Bearer …`, and one that fetches the next. */
export type Tokens = { "access_token": string; "expires_in_seconds": number; "refresh_token": string; "status"?: "signed_in"; "token_type"?: "Bearer" };

/** Having taken part before, or with `expected: false` never having done so. */
export type TookPart = { "criterion": string; "expected"?: boolean; "may_be_declared"?: boolean; "needs_evidence"?: boolean; "title": string; "took_part": Before };

/** A part of the subject and how many questions of a paper are from it. */
export type Topic = { "questions": number; "title": string; "topic": string };

/** A topic and the post that opens it. */
export type TopicIn = { "text": string; "title": string };

/** Lock a topic, or open it again. */
export type TopicModerationIn = { "action": "lock" | "unlock"; "reason": string };

/** A part of the subject. */
export type TopicOnPaper = { "questions": number; "title": string; "topic": string };

/** How a part of the subject went. */
export type TopicResult = { "marks_awarded": number; "marks_possible": number; "title": string; "topic": string };

/** A code from an authenticator app. */
export type TotpProof = { "code": string; "method": "totp" };

/** One line of the calculation, with all that it was made from. */
export type TraceLine = { "amount_pence": number; "funder": string; "in_kind": boolean; "label": string; "line": string; "payee": "hub" | "specialist_school" | "participating_school" | "sponsored_school" | "lead" | "alliance" | "company"; "quantity": string; "rate_pence": number; "source": string; "unit": "grant" | "day" | "half_day" | "visit" | "session" | "school" | "participant" | "specialist" | "claim" | "pound" };

/** The run to go to instead. */
export type Transfer = { "course_run_id": string };

/** The signed root of the log as it was at one size. */
export type TreeHead = { "key_id": string; "root_hash": string; "signature": string; "signed_at": string; "tree_size": number };

/** All accounts. `is_balanced` is false if they do not sum to zero or one differs from its postings. */
export type TrialBalance = { "accounts": Array<AccountBalance>; "is_balanced": boolean; "total_pence": number; "transactions": number };

/** What a test found. The draft is tested when every case passed and there is nothing to complain of. */
export type TrialReport = { "cases": Array<CaseResult>; "complaints": Array<string>; "status": DraftStatus };

/** A school's time in a trust, by the dates of the extracts that said so. */
export type TrustMembershipOut = { "since_on": string; "trust_code": string; "trust_name": string; "until_on": string | null };

/** A type and the verdict in force. */
export type TypeOut = { "code": number; "name": string; "source": string; "state_funded": "yes" | "no" | "unknown"; "valid_from": string };

/** The types known on a day, by code. */
export type TypesOut = { "on": string; "types": Array<TypeOut> };

/** A district that no hub covers. */
export type UncoveredDistrictOut = { "code": string; "name": string; "region": string; "vintage": string };

/** Districts that no hub covers on a day: lookups there answer the nearest hub. */
export type UncoveredOut = { "districts": Array<UncoveredDistrictOut>; "on": string };

/** Why a line is nobody's by itself. */
export type Unmatched = "unknown_reference" | "not_sent" | "already_returned" | "amount_differs" | "account_differs" | "being_recovered";

/** A kind of mail, by the link that came with one. */
export type Unsubscription = { "is_wanted": boolean; "kind": "booking_reminder" | "booking_waiting" | "space_digest" };

/** The caller's use of a resource and what the caller said of it. */
export type UseOut = { "comment": string | null; "comment_reason": string | null; "comment_status": "waiting" | "shown" | "refused" | null; "rated_at": string | null; "resource_id": string; "stars": number | null; "used_at": string; "version_number": number };

/** The second person's word. */
export type VerdictDecisionIn = { "outcome": "approved" | "refused"; "reason": string };

/** A verdict that is to be in force from a day on. */
export type VerdictIn = { "code": number; "name": string; "source": string; "state_funded": "yes" | "no" | "unknown"; "valid_from": string };

/** A verdict and what became of it. */
export type VerdictOut = { "code": number; "decided_at": string | null; "id": string; "name": string; "proposed_at": string; "reason": string | null; "source": string; "state_funded": "yes" | "no" | "unknown"; "status": "proposed" | "approved" | "refused"; "valid_from": string };

/** What the public learns from a code: whether the award stands, what it is and when it was made. */
export type Verification = { "awarded_on": string; "code": string; "endorsed_by"?: Array<SchemeEndorser>; "evidence": Evidence | null; "expires_on": string | null; "holder_name": string | null; "number": string | null; "replaced_by": string | null; "scheme": string; "school_name"?: string | null; "status": "valid" | "revoked" | "superseded" | "expired"; "status_since_on": string | null; "title": string };

/** A public Ed25519 key as a JSON Web Key. */
export type VerificationKey = { "alg": string; "crv": string; "kid": string; "kty": string; "signs_up_to"?: number | null; "use": string; "x": string };

/** The keys that sign heads: the first signs now, the others did before. */
export type VerificationKeys = { "keys": Array<VerificationKey> };

/** What a resource may say of itself. */
export type VocabularyOut = { "aims": Array<AimOut>; "licences": Array<LicenceOut>; "topics": Array<hubsResourcesSchemasTopicOut> };

/** Something that is owed, and whether it can be paid now. */
export type Waiting = { "amount_pence": number; "award_id": string; "award_kind": string; "held_because": "no-payee" | "cooling-off" | "returned" | null; "is_payable": boolean; "narrative": string; "payable_from_at": string | null; "payee_key": string };

/** A comment for a moderator to read. */
export type WaitingCommentOut = { "comment": string; "comment_id": string; "comment_status": "waiting" | "shown" | "refused"; "rated_at": string; "resource_id": string; "stars": number; "version_number": number };

/** Everything of a budget that is owed and in no run. */
export type WaitingList = { "data": Array<Waiting> };

/** A completion that waits. */
export type WaitingOut = { "activity_code": string; "external_id": string; "received_at": string };

/** One request. */
export type WebhookAttemptOut = { "attempted_at": string; "duration_ms": number; "error": string | null; "status_code": number | null };

/** What of a webhook is to be different. Its URL stays: another address is another webhook. */
export type WebhookChange = { "description"?: string | null; "event_types"?: Array<string> | null; "status"?: "active" | "disabled" | null };

/** A delivery with what was sent and what came of each attempt. */
export type WebhookDeliveryDetail = { "attempt_log": Array<WebhookAttemptOut>; "attempts": number; "created_at": string; "delivered_at": string | null; "due_at": string; "event_id": string; "event_type": string; "id": string; "payload": string; "status": DeliveryState };

/** One event on its way to one address. */
export type WebhookDeliveryOut = { "attempts": number; "created_at": string; "delivered_at": string | null; "due_at": string; "event_id": string; "event_type": string; "id": string; "status": DeliveryState };

/** A webhook without its secret. */
export type WebhookOut = { "created_at": string; "description": string; "disabled_because": "by_manager" | "failing" | "gone" | null; "event_types": Array<string>; "failing_since": string | null; "former_secret_until": string | null; "id": string; "organisation_id": string; "status": "unverified" | "active" | "disabled"; "url": string; "verified_at": string | null; "version": number };

/** How long deliveries are signed by the former secret as well. */
export type WebhookSecretRotation = { "overlap_days"?: number };

/** A webhook as answered when its secret is made. */
export type WebhookWithSecret = { "created_at": string; "description": string; "disabled_because": "by_manager" | "failing" | "gone" | null; "event_types": Array<string>; "failing_since": string | null; "former_secret_until": string | null; "id": string; "organisation_id": string; "secret": string; "status": "unverified" | "active" | "disabled"; "url": string; "verified_at": string | null; "version": number };

/** A line is there only for these choices of an input. */
export type When = { "among": Array<string>; "input": string };

/** Why an application is withdrawn. */
export type WithdrawalRequest = { "reason": string };

/** A head of another service's chain, as it was heard of here. */
export type WitnessedHead = { "head": string; "key_id": string | null; "number": number; "public_key": string | null; "sealed_at": string; "signature": string | null };

/** What is held here of another service's chain, to compare with what that service says. */
export type WitnessedHeads = { "data": Array<WitnessedHead> };

/** A post's words up to an edit. */
export type WordingOut = { "replaced_at": string; "text": string; "version": number };

/** How a post was worded before. */
export type WordingsOut = { "data": Array<WordingOut> };

/** Figures of the source that the card must come to before it can be approved. */
export type WorkedExampleInput = { "inputs": Record<string, unknown>; "source": string; "total_pence": number };

/** Figures of the source that the card must come to before it can be approved. */
export type WorkedExampleOutput = { "inputs": Record<string, unknown>; "source": string; "total_pence": number };

/** Whole years since the first activity on record. */
export type YearsNeed = { "kind": "years"; "need": string; "title": string; "years": number };

/** Whether it is offered. What is not offered any more still counts for those who did it. */
export type certificationActivitiesSchemasStatus = "current" | "legacy" | "retired";

/** What came of an attempt. */
export type certificationAssessmentsRulesOutcome = "passed" | "failed";

/** A question on your paper, and what you have answered so far. */
export type certificationAssessmentsSchemasQuestionOut = { "answer": Array<string>; "choose": number; "marks": number; "options": Array<OptionOut>; "question": number; "text": string; "topic": string };

/** What to do about a certificate in question, and why. To revoke is a proposal of revocation at the same time. */
export type certificationCertificateReviewsSchemasRecommendation = { "outcome": "keep" | "revoke"; "reason": string };

/** Evidence that was sent to the caller's organisation. It names nobody: the bundle does. */
export type certificationCharteredSubmissionsSchemasSubmissionOut = { "decisions": Array<DecisionOut>; "id": string; "is_withdrawn": boolean; "pathway": string; "sent_at": string; "sha256": string; "version": number };

/** A pathway, and why. */
export type certificationDiagnosticsRulesOutcome = { "pathway": string; "reason"?: string };

/** An outcome for whoever meets every condition. */
export type certificationDiagnosticsRulesRecommendation = { "pathway": string; "reason"?: string; "when": Array<BandIs | AnswerIs | AnswersCounted> };

/** One question. The first asked is number 1. */
export type certificationDiagnosticsSchemasQuestionOut = { "answers": Array<AnswerOut>; "number": number; "section": string | null; "text": string; "topic": string };

/** An entry of the professional development log. */
export type certificationLogEntriesSchemasLogEntryOut = { "activity": string; "decided_at": string | null; "description": string; "due_at"?: string | null; "duplicates"?: Array<Duplicate>; "evidence_count"?: number; "hours"?: string | null; "id": string; "is_sampled"?: boolean; "occurred_on": string; "reason": string | null; "reason_code"?: ReasonCode | null; "status": certificationLogEntriesSchemasStatus; "submission"?: number; "submitted_at": string; "teacher_id": string; "version"?: number };

/** How far an entry is. In review is what a moderator has taken in hand; reversed, what was accepted in error. */
export type certificationLogEntriesSchemasStatus = "draft" | "submitted" | "in_review" | "accepted" | "returned" | "withdrawn" | "reversed";

/** What was put in, each time, and what was decided on it. */
export type certificationLogEntriesSchemasSubmissionOut = { "activity": string; "decided_at": string | null; "description": string; "hours": string | null; "number": number; "occurred_on": string; "outcome": string | null; "reason": string | null; "reason_code": ReasonCode | null; "submitted_at": string };

/** How far a scheme is. */
export type certificationProgressRulesStatus = "in_progress" | "complete" | "awarded";

/** What the rules looked at would change for somebody, compared with the rules they are enrolled under. */
export type certificationReevaluationsSchemasOutcome = "stays_complete" | "would_complete" | "would_lose" | "stays_incomplete";

/** One entry of the log. */
export type certificationTransparencySchemasLogEntryOut = { "entry": string; "position": number };

export type chassisPagingPageLogEntryOut1 = { "data": Array<certificationLogEntriesSchemasLogEntryOut>; "page": PageInfo };

export type chassisPagingPageLogEntryOut2 = { "data": Array<certificationTransparencySchemasLogEntryOut>; "page": PageInfo };

export type chassisPagingPageReportOut1 = { "data": Array<hubsCompletionsSchemasReportOut>; "page": PageInfo };

export type chassisPagingPageReportOut2 = { "data": Array<hubsProjectReportsSchemasReportOut>; "page": PageInfo };

/** What a person says a line is. */
export type fundingBankReturnsModelsOutcome = "payment" | "not_ours";

/** Giving up what was applied for, and why. */
export type fundingBursariesSchemasWithdrawal = { "reason": string };

/** A rule's answer for one school. */
export type fundingEligibilityRulesFinding = { "criteria": Array<CriterionResult>; "outcome": fundingEligibilityRulesOutcome; "reason": string; "rule": string; "title": string; "version": number };

/** The answer of a rule. */
export type fundingEligibilityRulesOutcome = "eligible" | "ineligible" | "needs_review";

/** Whether the facts settle a price. */
export type fundingFeePoliciesRulesOutcome = "priced" | "needs_review";

/** What the panel scores, from nought to `at_most` points. */
export type fundingGrantApplicationsRulesCriterion = { "at_most": number; "criterion": string; "title": string; "weight": number };

/** One line of the calculation. A line in kind counts and is valued at nothing. */
export type fundingGrantCardsLanguageLineInput = { "funder": string; "in_kind"?: boolean; "label": string; "line": string; "payee"?: "hub" | "specialist_school" | "participating_school" | "sponsored_school" | "lead" | "alliance" | "company"; "quantity": Array<TermInput>; "rate"?: number | RateOf | RateBy; "source": string; "unit": "grant" | "day" | "half_day" | "visit" | "session" | "school" | "participant" | "specialist" | "claim" | "pound"; "when"?: When | null };

/** One line of the calculation. A line in kind counts and is valued at nothing. */
export type fundingGrantCardsLanguageLineOutput = { "funder": string; "in_kind"?: boolean; "label": string; "line": string; "payee"?: "hub" | "specialist_school" | "participating_school" | "sponsored_school" | "lead" | "alliance" | "company"; "quantity": Array<TermOutput>; "rate"?: number | RateOf | RateBy; "source": string; "unit": "grant" | "day" | "half_day" | "visit" | "session" | "school" | "participant" | "specialist" | "claim" | "pound"; "when"?: When | null };

/** Something within the limits that whoever approves should know. */
export type fundingGrantCardsRulesFinding = { "code"?: "outside-expectation"; "detail": string; "input": string; "source": string };

/** The money came back. */
export type fundingGrantSpendingSchemasReceipt = { "received_on": string; "reference": string };

/** The text that the recipient agrees to: where it is, which version, and its digest. */
export type fundingGrantsSchemasAgreement = { "reference": string; "sha256": string; "version": string };

/** Why a proposal is taken back. */
export type fundingGrantsSchemasWithdrawal = { "reason": string };

/** A rate times a quantity. In kind: days that somebody gives and nobody pays for. */
export type fundingPoliciesAmountsLineInput = { "is_in_kind"?: boolean; "line": string; "of"?: NumberInput | Count | PlusInput | MinusInput | TimesInput | LimitedInput; "payer"?: string; "pence": number; "title": string };

/** A rate times a quantity. In kind: days that somebody gives and nobody pays for. */
export type fundingPoliciesAmountsLineOutput = { "is_in_kind"?: boolean; "line": string; "of"?: NumberOutput | Count | PlusOutput | MinusOutput | TimesOutput | LimitedOutput; "payer"?: string; "pence": number; "title": string };

/** What values of one fact pass: those that are listed, numbers between bounds, or days between days. */
export type fundingPoliciesConditionsComparison = { "at_least"?: number | null; "below"?: number | null; "fact": string; "on_or_after"?: string | null; "on_or_before"?: string | null; "one_of"?: Array<boolean | number | string> };

/** One criterion: a fact compared with the values that meet it, and what to say when it is not met or unknown. */
export type fundingPoliciesConditionsCriterion = { "at_least"?: number | null; "below"?: number | null; "criterion": string; "fact": string; "not_met": string; "on_or_after"?: string | null; "on_or_before"?: string | null; "one_of"?: Array<boolean | number | string>; "title": string; "unknown": string };

/** One kind of school under the version in force and under the draft. */
export type fundingPolicyDraftsSchemasComparison = { "amount_after_pence": number; "amount_before_pence": number; "examples": Array<string>; "outcome_after": string; "outcome_before": string; "schools": number };

/** What the second person says of the proposal. */
export type fundingRecoveriesSchemasAgreement = { "outcome": "approved" | "declined"; "reason": string };

/** Money that came back: an invoice that was paid, or what was taken off a later payment. */
export type fundingRecoveriesSchemasReceipt = { "amount_pence": number; "reference": string };

/** One line. What the party gets is positive, what it owes negative, in pence. */
export type fundingStatementsSchemasLine = { "amount_pence": number; "kind": LineKind; "line_id": string; "narrative": string; "occurred_at": string; "position": number; "reverses_id": string | null; "source": string };

/** The second person's word. */
export type hubsAreaListsSchemasDecisionIn = { "outcome": "approved" | "refused"; "reason": string };

/** One area of a list. */
export type hubsAreaListsSchemasEntryOut = { "area_code": string; "area_name": string; "basis": string; "categories": Array<number> };

/** A report as it stands. */
export type hubsCompletionsSchemasReportOut = { "activity_code": string | null; "changed_at": string; "completed_on": string | null; "completion_id": string | null; "external_id": string; "external_learner_id": string | null; "external_run_id": string | null; "hours": string | null; "occurred_at": string | null; "percent": string | null; "received_at": string; "revision": number; "status": "queued" | "recorded" | "duplicate" | "below_threshold" | "withdrawn" | "not_ours"; "teacher_id": string | null; "threshold_percent": string | null; "threshold_version": number | null; "updated_at": string | null };

/** The schools of a hub and those it works with. */
export type hubsDirectoryAdministrationSchemasNetworkOut = { "hub_id": string; "links": Array<LinkOut>; "schools": Array<SchoolMembershipOut> };

/** A step that was taken. */
export type hubsDirectoryAdministrationSchemasStepOut = { "effective_on": string; "from_stage": "applied" | "assessed" | "designated" | "reviewed" | "closed" | null; "reason": string; "recorded_at": string; "recorded_by": string | null; "to_stage": "applied" | "assessed" | "designated" | "reviewed" | "closed" };

/** Why an offer ends early. */
export type hubsEnrichmentSchemasClosureIn = { "reason": string };

/** A moderator's word. */
export type hubsEnrichmentSchemasOfferDecisionIn = { "outcome": "published" | "returned"; "reason": string };

/** An offer. Send `version` back as `If-Match` to change it. */
export type hubsEnrichmentSchemasOfferOut = { "academic_year": string; "amount_pence": number; "capacity": number | null; "ends_on": string | null; "expires_on": string; "id": string; "is_expired": boolean; "is_national": boolean; "key_stages": Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16">; "kind": "ambassador_visit" | "club" | "competition" | "mentoring" | "online_event" | "site_visit" | "workshop" | "equipment"; "link": string; "offered_by": string; "organisation_id": string; "published_at": string | null; "regions": Array<"North East" | "North West" | "Yorkshire and The Humber" | "East Midlands" | "West Midlands" | "East of England" | "London" | "South East" | "South West">; "registered_count": number; "starts_on": string | null; "status": "draft" | "submitted" | "returned" | "published" | "closed"; "summary": string; "term": "autumn" | "spring" | "summer"; "title": string; "version": number; "waiting_count": number };

/** Something that happened to a loan. */
export type hubsEquipmentSchemasStepOut = { "at": string; "due_on": string; "step": string };

/** One value a filter can have, and how many a search with it would find. */
export type hubsFacetingChoice = { "count": number; "value": string };

/** A moderator's word on an attestation that contradicts the standing one. */
export type hubsGcseOffersSchemasOfferDecisionIn = { "outcome": "accepted" | "refused"; "reason": string };

/** What counts for a school in a year, and since when. */
export type hubsGcseOffersSchemasOfferOut = { "academic_year": string; "attested_as": "school_lead" | "hub_staff"; "attested_at": string; "is_disputed": boolean; "offers": boolean };

/** A topic. */
export type hubsGroupSpacesSchemasTopicOut = { "begun_at": string; "group_id": string; "id": string; "is_locked": boolean; "last_post_at": string; "person_id": string | null; "posts": number; "title": string | null; "unread": number };

/** What a person decided. */
export type hubsMatchesSchemasDecisionOut = { "decided_at": string; "outcome": "linked" | "not_ours" | "split" | "unlinked"; "reason": string | null; "teacher_id": string | null };

/** The schools that came, all of them: what was recorded before is replaced. */
export type hubsMeetingsSchemasAttendanceIn = { "urns": Array<string> };

/** Projects of which every hub plans at least so many. */
export type hubsNetworksDocumentChoice = { "at_least"?: number; "options": Array<Option>; "says": string; "slug": string; "source": string; "title": string };

/** A network of hubs under one national team. */
export type hubsNetworksSchemasNetworkOut = { "national_team": string; "national_team_id": string; "slug": string; "subject": string; "title": string; "years": Array<string> };

/** What may be told of a programme. No figure, and no difference of figures, shows a group of fewer than five. */
export type hubsProgrammesSchemasReportOut = { "by": "total" | "region" | "organiser" | "approach"; "lines": Array<ReportLine>; "programme_slug": string; "schools_enrolled": Record<string, number> | null };

/** Why a school no longer takes part. There is no room for words, so that none of them is about a pupil. */
export type hubsProgrammesSchemasWithdrawalIn = { "because": "timetable" | "staffing" | "no_longer_offered" | "school_closing" | "other" };

/** What the registers say of those whom a report is about. */
export type hubsProjectReportsSchemasAttendanceOut = { "marked": number; "present": number; "sessions_held": number };

/** What becomes of a report that was handed in. */
export type hubsProjectReportsSchemasDecisionIn = { "outcome": "accepted" | "returned"; "reason"?: string | null };

/** A report that is owed or was handed in. */
export type hubsProjectReportsSchemasReportOut = { "by": "lead" | "participant" | "school" | "hub" | "co_ordination_team" | "lead_evaluator"; "decided_at": string | null; "due_in_words": string | null; "due_on": string | null; "duty": string; "group_id": string | null; "hub_id": string | null; "id": string; "is_overdue": boolean; "kind": "report" | "survey" | "data" | "attendance" | "case_study"; "network": string; "participant_id": string | null; "project_code": string; "project_year": string; "reason": string | null; "status": "draft" | "submitted" | "returned" | "accepted" | "withdrawn"; "submissions": number; "submitted_at": string | null; "title": string; "urn": string | null; "version": number };

/** How many came, for every booking that stands. */
export type hubsPupilEventsSchemasAttendanceIn = { "entries": Array<AttendanceEntry>; "groups"?: GroupCounts | null };

/** What the organiser said. */
export type hubsPupilEventsSchemasAttendanceOut = { "academic_year": string; "entries": Array<PupilBookingOut>; "event_id": string; "groups": GroupCounts | null; "pupils_attended": number | null; "schools_attended": number | null; "staff_attended": number | null; "version": number };

/** How to close a run. */
export type hubsRegistersSchemasClosureIn = { "unmarked_are_absent"?: boolean };

/** How an outcome was decided. Revision 1 is the first; each correction adds one. */
export type hubsRegistersSchemasDecisionOut = { "basis": "stated" | "sessions"; "booking_id": string; "decided_at": string; "decided_by": string | null; "explanation": string; "hours": string | null; "id": string; "inputs": Record<string, unknown>; "outcome": "attended" | "absent" | "incomplete"; "reason": string | null; "revision": number; "rule_id": string | null };

/** A booking and its outcome so far. */
export type hubsRegistersSchemasEntryOut = { "basis": "stated" | "sessions" | null; "booking_id": string; "booking_status": "held" | "waiting" | "offered" | "confirmed" | "attended" | "incomplete" | "no_show" | "cancelled" | "expired"; "explanation": string | null; "hours": string | null; "is_met": boolean | null; "minutes_attended": number | null; "minutes_planned": number | null; "outcome": "attended" | "absent" | "incomplete" | "pending"; "school_urn": string; "sessions": Array<MarkOut>; "teacher_id": string };

/** A topic of the controlled list. */
export type hubsResourcesSchemasTopicOut = { "code": string; "title": string };

/** Why a resource is not to be found any more. */
export type hubsResourcesSchemasWithdrawalIn = { "for_cause"?: boolean; "reason": string };

export interface Operations {
  /** List the public keys that verify access tokens */
  list_public_keys: {
    method: "GET";
    url: "/.well-known/jwks.json";
    answer: PublicKeys;
  };
  /** Where and how to get a token (RFC 8414) */
  describe_authorization_server: {
    method: "GET";
    url: "/.well-known/oauth-authorization-server";
    answer: ServerMetadata;
  };
  /** Exchange a client's proof for an access token (RFC 6749 §4.4) */
  issue_access_token: {
    method: "POST";
    url: "/oauth/token";
    body: BodyInit;
    answer: TokenReply;
  };
  /** The same as the standard's spreadsheet */
  get_open_grants_csv: {
    method: "GET";
    url: "/open/grants.csv";
    answer: Blob | void;
  };
  /** Every grant to an organisation, by the 360Giving standard 1.4. No person is in it */
  get_open_grants: {
    method: "GET";
    url: "/open/grants.json";
    answer: Record<string, unknown> | void;
  };
  /** Your accreditations, such as that of a lead of professional development */
  list_accreditations: {
    method: "GET";
    url: "/v1/accreditations";
    answer: AccreditationList;
  };
  /** Courses and community activities that can earn credits */
  list_activities: {
    method: "GET";
    url: "/v1/activities";
    query: { "category"?: Category | null; "mode"?: "face_to_face" | "live_remote" | "online" | "community" | "diagnostic" | "assessment" | null; "provider"?: string | null; "programme"?: string | null; "status"?: certificationActivitiesSchemasStatus | null; "q"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageActivityOut;
  };
  /** One activity, and what it earns in every version of every scheme */
  get_activity: {
    method: "GET";
    url: "/v1/activities/{activity}";
    path: { "activity": string };
    answer: ActivityDetail;
  };
  /** Alliances that the caller's school is in or asked into, or whose hub the caller staffs, newest first */
  list_alliances: {
    method: "GET";
    url: "/v1/alliances";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageAllianceOut;
  };
  /** Form an alliance that the caller's school leads, and ask other schools into it */
  form_alliance: {
    method: "POST";
    url: "/v1/alliances";
    header: { "idempotency-key": string };
    body: AllianceIn;
    answer: AllianceDetail;
  };
  /** One alliance: its schools, what is unusual about it, and once it is a hub the funds it may apply for */
  get_alliance: {
    method: "GET";
    url: "/v1/alliances/{alliance_id}";
    path: { "alliance_id": string };
    answer: AllianceDetail;
  };
  /** Ask to be a STEM skills hub; administrators assess and designate it as any hub, and its schools belong to it */
  apply_as_hub: {
    method: "POST";
    url: "/v1/alliances/{alliance_id}/application";
    path: { "alliance_id": string };
    header: { "idempotency-key": string };
    body: AllianceApplicationIn;
    answer: AllianceDetail;
  };
  /** Let the caller's school consent, decline or leave. A school that left does not see the alliance any more */
  say_alliance_consent: {
    method: "POST";
    url: "/v1/alliances/{alliance_id}/consent";
    path: { "alliance_id": string };
    body: AllianceWord;
    answer: void;
  };
  /** End an alliance that has not asked to be a hub */
  end_alliance: {
    method: "POST";
    url: "/v1/alliances/{alliance_id}/end";
    path: { "alliance_id": string };
    body: AllianceEnd;
    answer: AllianceDetail;
  };
  /** Ask another school into the alliance */
  ask_alliance_school: {
    method: "POST";
    url: "/v1/alliances/{alliance_id}/schools";
    path: { "alliance_id": string };
    header: { "idempotency-key": string };
    body: AllianceInvitation;
    answer: AllianceDetail;
  };
  /** Allocations, the latest first */
  list_allocations: {
    method: "GET";
    url: "/v1/allocations";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageAllocationOut;
  };
  /** Propose to put money into a budget, from its fund or from another budget. Another person decides */
  propose_allocation: {
    method: "POST";
    url: "/v1/allocations";
    header: { "idempotency-key": string };
    body: AllocationProposal;
    answer: AllocationOut;
  };
  /** Approve, which moves the money, or decline, as somebody else than proposed it */
  decide_allocation: {
    method: "POST";
    url: "/v1/allocations/{allocation_id}/approval";
    path: { "allocation_id": string };
    header: { "idempotency-key": string };
    body: ApprovalDecision;
    answer: AllocationOut;
  };
  /** List the API keys of the organisations you manage, revoked ones included */
  list_api_keys: {
    method: "GET";
    url: "/v1/api-keys";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageApiKeyOut;
  };
  /** Make an API key for an organisation; the reply is the only place that shows it */
  create_api_key: {
    method: "POST";
    url: "/v1/api-keys";
    body: NewApiKey;
    answer: CreatedApiKey;
  };
  /** Report a key found where others can read it: it is revoked at once and its owner told */
  report_leaked_api_key: {
    method: "POST";
    url: "/v1/api-keys/leak-reports";
    body: LeakReport;
    answer: LeakReportOut;
  };
  /** Revoke an API key at once and for ever */
  revoke_api_key: {
    method: "DELETE";
    url: "/v1/api-keys/{key_id}";
    path: { "key_id": string };
    answer: void;
  };
  /** Replace an API key by one that is alike; both work for as long as the overlap lasts */
  rotate_api_key: {
    method: "POST";
    url: "/v1/api-keys/{key_id}/rotation";
    path: { "key_id": string };
    body: Rotation;
    answer: CreatedApiKey;
  };
  /** Approved versions by scheme, newest first; administrators may ask for proposed and refused ones */
  list_area_lists: {
    method: "GET";
    url: "/v1/area-lists";
    query: { "scheme"?: string | null; "status"?: "proposed" | "approved" | "refused"; "limit"?: number; "cursor"?: string | null };
    answer: PageAreaListOut;
  };
  /** Propose the next version of a list. It counts once another administrator has approved it */
  propose_area_list: {
    method: "POST";
    url: "/v1/area-lists";
    header: { "idempotency-key": string };
    body: AreaListIn;
    answer: AreaListOut;
  };
  /** The same with the rows as a CSV file: area_code, area_name, categories (`5;6`), basis */
  upload_area_list: {
    method: "POST";
    url: "/v1/area-lists/files";
    query: { "scheme": string; "title": string; "key_type": "district" | "local_authority" | "urn" | "trust"; "vintage": string; "valid_from": string; "valid_to"?: string | null; "completeness": "complete" | "partial"; "source": string };
    header: { "idempotency-key": string };
    body: BodyInit;
    answer: AreaListOut;
  };
  /** Where a district stands on every list of districts in force, or a school on every list; not known is null */
  get_standings: {
    method: "GET";
    url: "/v1/area-lists/standings";
    query: { "urn"?: string | null; "district"?: string | null; "on"?: string | null };
    answer: StandingsOut;
  };
  /** One version */
  get_area_list: {
    method: "GET";
    url: "/v1/area-lists/{list_id}";
    path: { "list_id": string };
    answer: AreaListOut;
  };
  /** Approve or refuse what somebody else imported */
  decide_area_list: {
    method: "POST";
    url: "/v1/area-lists/{list_id}/decision";
    path: { "list_id": string };
    header: { "idempotency-key": string };
    body: hubsAreaListsSchemasDecisionIn;
    answer: AreaListOut;
  };
  /** The areas of one version by code */
  list_area_list_entries: {
    method: "GET";
    url: "/v1/area-lists/{list_id}/entries";
    path: { "list_id": string };
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageEntryOut;
  };
  /** Let attempts to come have the ordinary time */
  end_extra_time: {
    method: "POST";
    url: "/v1/assessment-adjustments/{adjustment_id}/end";
    path: { "adjustment_id": string };
    answer: AdjustmentOut;
  };
  /** Your attempts, oldest first */
  list_attempts: {
    method: "GET";
    url: "/v1/assessment-attempts";
    query: { "assessment"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageAttemptSummary;
  };
  /** An attempt of yours: its paper and your answers while it is in progress, its result afterwards */
  get_attempt: {
    method: "GET";
    url: "/v1/assessment-attempts/{attempt_id}";
    path: { "attempt_id": string };
    answer: AttemptOut;
  };
  /** Save all your answers so far, as often as you like. When the time is up, what was saved last is marked */
  save_attempt_answers: {
    method: "PUT";
    url: "/v1/assessment-attempts/{attempt_id}/answers";
    path: { "attempt_id": string };
    body: CertificationAnswers;
    answer: SavedOut;
  };
  /** A link that takes you to your attempt at the provider. Ask again if it was lost: each link works once */
  launch_attempt: {
    method: "POST";
    url: "/v1/assessment-attempts/{attempt_id}/launch";
    path: { "attempt_id": string };
    answer: LaunchOut;
  };
  /** Hand in. It is marked at once, and a pass counts towards your certificate at once */
  hand_in_attempt: {
    method: "POST";
    url: "/v1/assessment-attempts/{attempt_id}/submission";
    path: { "attempt_id": string };
    header: { "idempotency-key": string };
    body: Submission;
    answer: AttemptOut;
  };
  /** Those who hold assessments for us */
  list_providers: {
    method: "GET";
    url: "/v1/assessment-providers";
    answer: ProviderList;
  };
  /** Make a provider known. Assessments are held by it from the question bank on that names it */
  set_up_provider: {
    method: "POST";
    url: "/v1/assessment-providers";
    header: { "idempotency-key": string };
    body: ProviderFacts;
    answer: CertificationProviderOut;
  };
  /** What a provider of your organisation's sent, oldest first; `?status=parked` is what waits for you */
  list_results: {
    method: "GET";
    url: "/v1/assessment-providers/{provider}/results";
    path: { "provider": string };
    query: { "status"?: ResultStatus | null; "limit"?: number; "cursor"?: string | null };
    answer: PageResultOut;
  };
  /** Take in what a provider found, signed by the rules of Standard Webhooks */
  receive_result: {
    method: "POST";
    url: "/v1/assessment-providers/{provider}/results";
    path: { "provider": string };
    header: { "webhook-id": string; "webhook-timestamp": string; "webhook-signature": string };
    body: { "data": { "finished_at": string; "percent": string; "token": string }; "type": "attempt.finished" };
    answer: ReceiptOut;
  };
  /** Count or dismiss a result that nobody could place */
  decide_on_result: {
    method: "POST";
    url: "/v1/assessment-providers/{provider}/results/{result_id}/decision";
    path: { "provider": string; "result_id": string };
    header: { "idempotency-key": string };
    body: ResultDecision;
    answer: ResultOut;
  };
  /** The summative assessments that can be sat, with their limits and conditions */
  list_assessments: {
    method: "GET";
    url: "/v1/assessments";
    answer: AssessmentList;
  };
  /** Give a scheme its summative assessment. It can be sat once its assessors have published a question bank */
  set_up_assessment: {
    method: "POST";
    url: "/v1/assessments";
    header: { "idempotency-key": string };
    body: AssessmentFacts;
    answer: AssessmentOut;
  };
  /** One assessment and where you stand with it: whether you may begin an attempt now, why not, and when */
  get_assessment: {
    method: "GET";
    url: "/v1/assessments/{assessment}";
    path: { "assessment": string };
    answer: AssessmentDetail;
  };
  /** Extra time granted at an assessment of your organisation, oldest first, and what has ended */
  list_adjustments: {
    method: "GET";
    url: "/v1/assessments/{assessment}/adjustments";
    path: { "assessment": string };
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageAdjustmentOut;
  };
  /** Grant a teacher extra time, before the attempt that it is for begins */
  grant_extra_time: {
    method: "POST";
    url: "/v1/assessments/{assessment}/adjustments";
    path: { "assessment": string };
    header: { "idempotency-key": string };
    body: AdjustmentRequest;
    answer: AdjustmentOut;
  };
  /** Begin an attempt: a paper of your own, and the time runs */
  begin_attempt: {
    method: "POST";
    url: "/v1/assessments/{assessment}/attempts";
    path: { "assessment": string };
    header: { "idempotency-key": string };
    body: AttemptRequest;
    answer: AttemptOut;
  };
  /** Put a question to nobody any more. Attempts that were marked stay as they are */
  retire_question: {
    method: "POST";
    url: "/v1/assessments/{assessment}/questions/{question}/retirement";
    path: { "assessment": string; "question": string };
    header: { "idempotency-key": string };
    body: Retirement;
    answer: RetirementOut;
  };
  /** Re-markings at an assessment of your organisation, oldest first */
  list_re_markings: {
    method: "GET";
    url: "/v1/assessments/{assessment}/re-markings";
    path: { "assessment": string };
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageReMarkingOut;
  };
  /** Say that a question was wrong, and how whoever answered it is to be marked instead */
  propose_re_marking: {
    method: "POST";
    url: "/v1/assessments/{assessment}/re-markings";
    path: { "assessment": string };
    header: { "idempotency-key": string };
    body: ReMarkingRequest;
    answer: ReMarkingOut;
  };
  /** How questions of your organisation's assessment do: how hard they are, how well they tell people apart */
  get_statistics: {
    method: "GET";
    url: "/v1/assessments/{assessment}/statistics";
    path: { "assessment": string };
    query: { "version"?: number | null };
    answer: AssessmentFigures;
  };
  /** Search certification's audit trail, the newest first: who did what to what */
  search_audit_of_certification: {
    method: "GET";
    url: "/v1/audit/certification";
    query: { "action"?: string | null; "subject"?: string | null; "caller_id"?: string | null; "since"?: string | null; "until"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageAuditEntry;
  };
  /** What certification knows of audit trails, its own and others', that do not agree with held heads */
  disputes_audit_of_certification: {
    method: "GET";
    url: "/v1/audit/certification/disputes";
    answer: AuditDisputes;
  };
  /** Say at certification how disputed links of another trail came about. Nothing is taken off */
  clear_disputes_at_certification: {
    method: "POST";
    url: "/v1/audit/certification/disputes/clearances";
    body: AuditExplanation;
    answer: AuditClearance;
  };
  /** The newest head of certification's audit trail, signed. It says nothing about anybody; keep it */
  head_audit_of_certification: {
    method: "GET";
    url: "/v1/audit/certification/head";
    answer: NewestHead;
  };
  /** Compute the chain over certification's audit trail again and name what is not as written */
  verify_audit_of_certification: {
    method: "GET";
    url: "/v1/audit/certification/verification";
    answer: AuditVerification;
  };
  /** The heads that certification holds of another service's chain */
  witnessed_audit_of_certification: {
    method: "GET";
    url: "/v1/audit/certification/witnessed";
    query: { "of": string };
    answer: WitnessedHeads;
  };
  /** Search funding's audit trail, the newest first: who did what to what */
  search_audit_of_funding: {
    method: "GET";
    url: "/v1/audit/funding";
    query: { "action"?: string | null; "subject"?: string | null; "caller_id"?: string | null; "since"?: string | null; "until"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageAuditEntry;
  };
  /** What funding knows of audit trails, its own and others', that do not agree with held heads */
  disputes_audit_of_funding: {
    method: "GET";
    url: "/v1/audit/funding/disputes";
    answer: AuditDisputes;
  };
  /** Say at funding how disputed links of another trail came about. Nothing is taken off */
  clear_disputes_at_funding: {
    method: "POST";
    url: "/v1/audit/funding/disputes/clearances";
    body: AuditExplanation;
    answer: AuditClearance;
  };
  /** The newest head of funding's audit trail, signed. It says nothing about anybody; keep it */
  head_audit_of_funding: {
    method: "GET";
    url: "/v1/audit/funding/head";
    answer: NewestHead;
  };
  /** Compute the chain over funding's audit trail again and name what is not as written */
  verify_audit_of_funding: {
    method: "GET";
    url: "/v1/audit/funding/verification";
    answer: AuditVerification;
  };
  /** The heads that funding holds of another service's chain */
  witnessed_audit_of_funding: {
    method: "GET";
    url: "/v1/audit/funding/witnessed";
    query: { "of": string };
    answer: WitnessedHeads;
  };
  /** Search hubs's audit trail, the newest first: who did what to what */
  search_audit_of_hubs: {
    method: "GET";
    url: "/v1/audit/hubs";
    query: { "action"?: string | null; "subject"?: string | null; "caller_id"?: string | null; "since"?: string | null; "until"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageAuditEntry;
  };
  /** What hubs knows of audit trails, its own and others', that do not agree with held heads */
  disputes_audit_of_hubs: {
    method: "GET";
    url: "/v1/audit/hubs/disputes";
    answer: AuditDisputes;
  };
  /** Say at hubs how disputed links of another trail came about. Nothing is taken off */
  clear_disputes_at_hubs: {
    method: "POST";
    url: "/v1/audit/hubs/disputes/clearances";
    body: AuditExplanation;
    answer: AuditClearance;
  };
  /** The newest head of hubs's audit trail, signed. It says nothing about anybody; keep it */
  head_audit_of_hubs: {
    method: "GET";
    url: "/v1/audit/hubs/head";
    answer: NewestHead;
  };
  /** Compute the chain over hubs's audit trail again and name what is not as written */
  verify_audit_of_hubs: {
    method: "GET";
    url: "/v1/audit/hubs/verification";
    answer: AuditVerification;
  };
  /** The heads that hubs holds of another service's chain */
  witnessed_audit_of_hubs: {
    method: "GET";
    url: "/v1/audit/hubs/witnessed";
    query: { "of": string };
    answer: WitnessedHeads;
  };
  /** Search identity's audit trail, the newest first: who did what to what */
  search_audit_of_identity: {
    method: "GET";
    url: "/v1/audit/identity";
    query: { "action"?: string | null; "subject"?: string | null; "caller_id"?: string | null; "since"?: string | null; "until"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageAuditEntry;
  };
  /** What identity knows of audit trails, its own and others', that do not agree with held heads */
  disputes_audit_of_identity: {
    method: "GET";
    url: "/v1/audit/identity/disputes";
    answer: AuditDisputes;
  };
  /** Say at identity how disputed links of another trail came about. Nothing is taken off */
  clear_disputes_at_identity: {
    method: "POST";
    url: "/v1/audit/identity/disputes/clearances";
    body: AuditExplanation;
    answer: AuditClearance;
  };
  /** The newest head of identity's audit trail, signed. It says nothing about anybody; keep it */
  head_audit_of_identity: {
    method: "GET";
    url: "/v1/audit/identity/head";
    answer: NewestHead;
  };
  /** Compute the chain over identity's audit trail again and name what is not as written */
  verify_audit_of_identity: {
    method: "GET";
    url: "/v1/audit/identity/verification";
    answer: AuditVerification;
  };
  /** The heads that identity holds of another service's chain */
  witnessed_audit_of_identity: {
    method: "GET";
    url: "/v1/audit/identity/witnessed";
    query: { "of": string };
    answer: WitnessedHeads;
  };
  /** Sign out, and have the browser forget the session */
  end_browser_session: {
    method: "DELETE";
    url: "/v1/auth/browser-session";
    answer: void;
  };
  /** Exchange the session's cookie for another. Nothing else changes; the old one works for ten seconds longer */
  renew_browser_session: {
    method: "POST";
    url: "/v1/auth/browser-session/renewal";
    answer: SessionStarted;
  };
  /** Confirm the address with the token from the mail; the account exists from then on */
  confirm: {
    method: "POST";
    url: "/v1/auth/confirm";
    body: Confirmation;
    answer: Confirmed;
  };
  /** Take on the new address, or the old one again, with the token from the mail to it */
  confirm_another_address: {
    method: "POST";
    url: "/v1/auth/email-changes";
    body: EmailChangeConfirmation;
    answer: EmailChanged;
  };
  /** Take up the role that a mail offered, with the token from it */
  accept_invitation: {
    method: "POST";
    url: "/v1/auth/invitations";
    body: Acceptance;
    answer: Accepted;
  };
  /** Sign in with e-mail address and password, for tokens or for a session in cookies */
  log_in: {
    method: "POST";
    url: "/v1/auth/login";
    body: Credentials;
    answer: Tokens | SessionStarted | SecondFactorWanted;
  };
  /** Sign out: the refresh token and all that descend from the same sign-in stop working */
  log_out: {
    method: "POST";
    url: "/v1/auth/logout";
    body: RefreshRequest;
    answer: void;
  };
  /** Sign in with a passkey that verified its holder; nothing else is asked for */
  sign_in_with_passkey: {
    method: "POST";
    url: "/v1/auth/passkey";
    body: PasskeySignIn;
    answer: Tokens | SessionStarted;
  };
  /** Ask for what a browser needs to sign in with a passkey alone */
  ask_any_passkey: {
    method: "POST";
    url: "/v1/auth/passkey-challenges";
    answer: PasskeyChallenge;
  };
  /** Set a new password with the token from the mail. Every sign-in of the account ends */
  reset_password: {
    method: "POST";
    url: "/v1/auth/password-reset";
    body: Reset;
    answer: PasswordChanged;
  };
  /** Ask for a mail with a link that sets a new password. The answer is the same for every address */
  ask_for_reset: {
    method: "POST";
    url: "/v1/auth/password-resets";
    body: ResetRequest;
    answer: ResetRequested;
  };
  /** The organisations whose accounts are accepted here */
  list_sign_in_providers: {
    method: "GET";
    url: "/v1/auth/providers";
    answer: Providers;
  };
  /** Finish with what the provider returned: signed in where the account is linked, asked to link it where not */
  finish_federated_sign_in: {
    method: "POST";
    url: "/v1/auth/providers/return";
    body: FlowReturn;
    answer: Tokens | SessionStarted | SecondFactorWanted | LinkWanted;
  };
  /** Begin: the answer says where to send the browser */
  begin_federated_sign_in: {
    method: "POST";
    url: "/v1/auth/providers/{provider}/flows";
    path: { "provider": string };
    answer: FlowBegun;
  };
  /** For providers: end what began with an account of theirs (OpenID Connect Back-Channel Logout 1.0) */
  end_federated_sign_ins: {
    method: "POST";
    url: "/v1/auth/providers/{provider}/logout";
    path: { "provider": string };
    body: BodyInit;
    answer: LoggedOut;
  };
  /** Exchange a refresh token for the next access token and refresh token */
  refresh_tokens: {
    method: "POST";
    url: "/v1/auth/refresh";
    body: RefreshRequest;
    answer: Tokens;
  };
  /** Register as a teacher: a mail asks to confirm the address */
  register: {
    method: "POST";
    url: "/v1/auth/register";
    body: Registration;
    answer: RegistrationAccepted;
  };
  /** Finish signing in with a second factor */
  prove_second_factor: {
    method: "POST";
    url: "/v1/auth/second-factor";
    body: SecondFactorRequest;
    answer: Tokens | SessionStarted;
  };
  /** Earned certificates that were drawn for a check, oldest first. None is awarded until two people agree */
  list_award_checks: {
    method: "GET";
    url: "/v1/award-checks";
    query: { "is_open"?: boolean | null; "limit"?: number; "cursor"?: string | null };
    answer: PageAwardCheckOut;
  };
  /** One check, with everything in the ledger that the certificate rests on */
  get_award_check: {
    method: "GET";
    url: "/v1/award-checks/{check_id}";
    path: { "check_id": string };
    answer: AwardCheckInFull;
  };
  /** Approve or decline what somebody else recommended. An approved award is made at once */
  decide_on_award: {
    method: "POST";
    url: "/v1/award-checks/{check_id}/decision";
    path: { "check_id": string };
    header: { "idempotency-key": string };
    body: AwardDecision;
    answer: AwardCheckOut;
  };
  /** Recommend to award or to withhold. Another administrator decides */
  recommend_on_award: {
    method: "POST";
    url: "/v1/award-checks/{check_id}/recommendation";
    path: { "check_id": string };
    header: { "idempotency-key": string };
    body: AwardRecommendation;
    answer: AwardCheckOut;
  };
  /** Who issues badges */
  get_badge_issuer: {
    method: "GET";
    url: "/v1/badges/issuer";
    answer: BadgeIssuer;
  };
  /** The public keys that badges and status lists are signed with */
  list_badge_keys: {
    method: "GET";
    url: "/v1/badges/keys";
    answer: BadgeKeySet;
  };
  /** One key: what the `kid` of a badge leads to */
  get_badge_key: {
    method: "GET";
    url: "/v1/badges/keys/{kid}";
    path: { "kid": string };
    answer: BadgeKey;
  };
  /** Which certificates of a list no longer stand, as a signed W3C Bitstring Status List. It names no certificate */
  get_status_list: {
    method: "GET";
    url: "/v1/badges/status/{list_number}";
    path: { "list_number": number };
    answer: Blob;
  };
  /** Imported files, the latest first */
  list_bank_returns: {
    method: "GET";
    url: "/v1/bank-returns";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageBankReturnSummary;
  };
  /** Import what the bank sent back, as CSV with a header, amounts in pounds */
  import_bank_returns: {
    method: "POST";
    url: "/v1/bank-returns";
    header: { "idempotency-key": string };
    body: BodyInit;
    answer: BankReturnOut;
  };
  /** The queue: lines that were nobody's by themselves and wait for a person or for the second one */
  list_bank_return_lines: {
    method: "GET";
    url: "/v1/bank-returns/lines";
    query: { "status"?: LineStatus | null; "limit"?: number; "cursor"?: string | null };
    answer: PageReturnLineOut;
  };
  /** Say which payment came back by a line, or that it is not ours. Another person confirms */
  resolve_bank_return_line: {
    method: "POST";
    url: "/v1/bank-returns/lines/{return_line_id}/resolution";
    path: { "return_line_id": string };
    header: { "idempotency-key": string };
    body: Resolution;
    answer: ReturnLineOut;
  };
  /** Confirm what a line is, as somebody else than said it, or put it back into the queue */
  decide_bank_return_line: {
    method: "POST";
    url: "/v1/bank-returns/lines/{return_line_id}/resolution/decision";
    path: { "return_line_id": string };
    header: { "idempotency-key": string };
    body: ResolutionDecision;
    answer: ReturnLineOut;
  };
  /** One file with every line */
  get_bank_return: {
    method: "GET";
    url: "/v1/bank-returns/{import_id}";
    path: { "import_id": string };
    answer: BankReturnOut;
  };
  /** The caller's bookings; hub staff also see those on their hub's runs */
  list_bookings: {
    method: "GET";
    url: "/v1/bookings";
    query: { "course_run_id"?: string | null; "status"?: "held" | "waiting" | "offered" | "confirmed" | "attended" | "incomplete" | "no_show" | "cancelled" | "expired" | null; "limit"?: number; "cursor"?: string | null };
    answer: PageBookingOut;
  };
  /** Book a place for the signed-in teacher, hold one, or join the waiting list */
  place_booking: {
    method: "POST";
    url: "/v1/bookings";
    header: { "idempotency-key": string };
    body: NewBooking;
    answer: BookingOut;
  };
  /** Book teachers of the caller's school, all or none */
  book_group: {
    method: "POST";
    url: "/v1/bookings/groups";
    header: { "idempotency-key": string };
    body: NewGroup;
    answer: GroupOut;
  };
  /** One booking */
  get_booking: {
    method: "GET";
    url: "/v1/bookings/{booking_id}";
    path: { "booking_id": string };
    answer: BookingOut;
  };
  /** Give up a place, or a turn in the waiting list, before the run begins */
  cancel_booking: {
    method: "POST";
    url: "/v1/bookings/{booking_id}/cancellation";
    path: { "booking_id": string };
    answer: BookingOut;
  };
  /** Take the place that is held for or offered to the caller */
  confirm_booking: {
    method: "POST";
    url: "/v1/bookings/{booking_id}/confirmation";
    path: { "booking_id": string };
    answer: BookingOut;
  };
  /** Sign in to a session with the code shown there: present from now on, and late if it has begun */
  sign_in_to_session: {
    method: "POST";
    url: "/v1/bookings/{booking_id}/sign-in";
    path: { "booking_id": string };
    body: SignInWithCode;
    answer: SignedIn;
  };
  /** Exchange a place for one on another run of the course */
  transfer_booking: {
    method: "POST";
    url: "/v1/bookings/{booking_id}/transfer";
    path: { "booking_id": string };
    header: { "idempotency-key": string };
    body: Transfer;
    answer: BookingOut;
  };
  /** Every budget: allocated, available, reserved, payable, paid, and the forecast */
  list_budgets: {
    method: "GET";
    url: "/v1/budgets";
    answer: BudgetList;
  };
  /** Open an empty budget of a fund, for a scheme, a hub, a year */
  open_budget: {
    method: "POST";
    url: "/v1/budgets";
    header: { "idempotency-key": string };
    body: BudgetOpening;
    answer: BudgetOut;
  };
  /** Say what a budget is expected to spend in all; earlier forecasts are kept */
  make_forecast: {
    method: "POST";
    url: "/v1/budgets/{budget}/forecasts";
    path: { "budget": string };
    header: { "idempotency-key": string };
    body: Forecast;
    answer: ForecastOut;
  };
  /** One's own bursaries; for funding staff and auditors, everybody's. The latest first */
  list_bursaries: {
    method: "GET";
    url: "/v1/bursaries";
    query: { "status"?: BursaryStatus | null; "limit"?: number; "cursor"?: string | null };
    answer: PageBursaryOut;
  };
  /** Apply for the bursary of one's own booking. The policy version in force today decides, with every criterion */
  apply_for_bursary: {
    method: "POST";
    url: "/v1/bursaries";
    header: { "idempotency-key": string };
    body: BursaryApplication;
    answer: BursaryOut;
  };
  /** Approve or decline up to a hundred at once, all or none. A refusal names the bursary that it is about */
  decide_bursaries: {
    method: "POST";
    url: "/v1/bursaries/approvals";
    header: { "idempotency-key": string };
    body: ApprovalDecisions;
    answer: DecidedList;
  };
  /** What applying for the bursary of one's own booking would give, and why */
  preview_bursary: {
    method: "GET";
    url: "/v1/bursaries/preview";
    query: { "booking_id": string };
    answer: BursaryPreview;
  };
  /** One bursary with the whole of its decision */
  get_bursary: {
    method: "GET";
    url: "/v1/bursaries/{bursary_id}";
    path: { "bursary_id": string };
    answer: BursaryOut;
  };
  /** Approve or decline, as a person other than the teacher. Above the policy's threshold a second approver is needed; */
  decide_bursary: {
    method: "POST";
    url: "/v1/bursaries/{bursary_id}/approval";
    path: { "bursary_id": string };
    header: { "idempotency-key": string };
    body: ApprovalDecision;
    answer: BursaryOut;
  };
  /** Every decision of the rule, with the policy version, all inputs and all criteria */
  list_decisions: {
    method: "GET";
    url: "/v1/bursaries/{bursary_id}/decisions";
    path: { "bursary_id": string };
    answer: DecisionList;
  };
  /** Make a recorded decision again from its inputs, and compare the bytes */
  replay_decision: {
    method: "GET";
    url: "/v1/bursaries/{bursary_id}/decisions/{ordinal}/replay";
    path: { "bursary_id": string; "ordinal": number };
    answer: FundingReplay;
  };
  /** Every step in the bursary's life: who, why, and by which fact */
  get_history: {
    method: "GET";
    url: "/v1/bursaries/{bursary_id}/history";
    path: { "bursary_id": string };
    answer: FundingHistory;
  };
  /** Give up one's own bursary, or as a funding officer anybody's. Unpaid parts lapse; the policy says what */
  withdraw_bursary: {
    method: "POST";
    url: "/v1/bursaries/{bursary_id}/withdrawal";
    path: { "bursary_id": string };
    header: { "idempotency-key": string };
    body: fundingBursariesSchemasWithdrawal;
    answer: BursaryOut;
  };
  /** The caller's links, without what they lead by */
  list_calendar_feeds: {
    method: "GET";
    url: "/v1/calendar-feeds";
    answer: CalendarFeedsOut;
  };
  /** Make a link to the caller's calendar, for a calendar program to subscribe to. It is shown this once */
  create_calendar_feed: {
    method: "POST";
    url: "/v1/calendar-feeds";
    answer: NewCalendarFeed;
  };
  /** Take a link back */
  revoke_calendar_feed: {
    method: "DELETE";
    url: "/v1/calendar-feeds/{feed_id}";
    path: { "feed_id": string };
    answer: void;
  };
  /** Exchange a link for another; the one before leads nowhere from now on */
  rotate_calendar_feed: {
    method: "POST";
    url: "/v1/calendar-feeds/{feed_id}/rotation";
    path: { "feed_id": string };
    answer: NewCalendarFeed;
  };
  /** Somebody's own courses, for the program that has the link: no sign-in. Nobody may keep a copy on the way */
  get_calendar: {
    method: "GET";
    url: "/v1/calendars/{secret}.ics";
    path: { "secret": string };
    answer: Blob | void;
  };
  /** Bookings of the caller's school, and those at centres of the caller's hub */
  list_space_bookings: {
    method: "GET";
    url: "/v1/centre-bookings";
    query: { "centre_id"?: string | null; "space_id"?: string | null; "status"?: "booked" | "cancelled" | null; "ends_from"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageSpaceBookingOut;
  };
  /** Book a space for the caller's school, or for the hub when its staff calls */
  book_space: {
    method: "POST";
    url: "/v1/centre-bookings";
    header: { "idempotency-key": string };
    body: SpaceBookingIn;
    answer: SpaceBookingOut;
  };
  /** One booking */
  get_space_booking: {
    method: "GET";
    url: "/v1/centre-bookings/{space_booking_id}";
    path: { "space_booking_id": string };
    answer: SpaceBookingOut;
  };
  /** Give the time back, before it begins */
  cancel_space_booking: {
    method: "POST";
    url: "/v1/centre-bookings/{space_booking_id}/cancellation";
    path: { "space_booking_id": string };
    header: { "idempotency-key": string };
    answer: SpaceBookingOut;
  };
  /** One space. Its ETag is what an edit needs */
  get_space: {
    method: "GET";
    url: "/v1/centre-spaces/{space_id}";
    path: { "space_id": string };
    answer: SpaceOut;
  };
  /** Change a space, from the version that was read. Bookings that stand are kept */
  edit_space: {
    method: "PATCH";
    url: "/v1/centre-spaces/{space_id}";
    path: { "space_id": string };
    header: { "if-match": string };
    body: SpaceEdit;
    answer: SpaceOut;
  };
  /** When a space is open, and when it is taken */
  get_times: {
    method: "GET";
    url: "/v1/centre-spaces/{space_id}/times";
    path: { "space_id": string };
    query: { "starts_from"?: string | null };
    answer: TimesOut;
  };
  /** Centres by name; with `near`, nearest first */
  list_centres: {
    method: "GET";
    url: "/v1/centres";
    query: { "near"?: string | null; "within_km"?: number | null; "hub_id"?: string | null; "status"?: "planned" | "open" | "closed" | null; "limit"?: number; "cursor"?: string | null };
    answer: PageCentreOut;
  };
  /** Keep a planned centre of the caller's hub */
  plan_centre: {
    method: "POST";
    url: "/v1/centres";
    header: { "idempotency-key": string };
    body: CentreIn;
    answer: CentreDetail;
  };
  /** All centres that are planned or open, as GeoJSON */
  get_centres_geojson: {
    method: "GET";
    url: "/v1/centres.geojson";
    answer: void;
  };
  /** One centre with its spaces. Its ETag is what an edit needs */
  get_centre: {
    method: "GET";
    url: "/v1/centres/{centre_id}";
    path: { "centre_id": string };
    answer: CentreDetail;
  };
  /** Change, open or close a centre of the caller's hub, from the version that was read */
  edit_centre: {
    method: "PATCH";
    url: "/v1/centres/{centre_id}";
    path: { "centre_id": string };
    header: { "if-match": string };
    body: CentreEdit;
    answer: CentreDetail;
  };
  /** Keep a space of a centre */
  add_space: {
    method: "POST";
    url: "/v1/centres/{centre_id}/spaces";
    path: { "centre_id": string };
    header: { "idempotency-key": string };
    body: SpaceIn;
    answer: SpaceOut;
  };
  /** Certificates that a correction has put in question, oldest first. Each stands until two persons have decided */
  list_certificate_reviews: {
    method: "GET";
    url: "/v1/certificate-reviews";
    query: { "is_open"?: boolean | null; "limit"?: number; "cursor"?: string | null };
    answer: PageReviewOut;
  };
  /** Approve or decline what somebody else recommended. A revocation is for good */
  decide_on_certificate_review: {
    method: "POST";
    url: "/v1/certificate-reviews/{review_id}/decision";
    path: { "review_id": string };
    header: { "idempotency-key": string };
    body: ReviewDecision;
    answer: ReviewOut;
  };
  /** Recommend to keep or to revoke a certificate in question. Another administrator decides */
  recommend_on_certificate: {
    method: "POST";
    url: "/v1/certificate-reviews/{review_id}/recommendation";
    path: { "review_id": string };
    header: { "idempotency-key": string };
    body: certificationCertificateReviewsSchemasRecommendation;
    answer: ReviewOut;
  };
  /** Proposed and decided revocations, oldest first */
  list_revocations: {
    method: "GET";
    url: "/v1/certificate-revocations";
    query: { "is_open"?: boolean | null; "limit"?: number; "cursor"?: string | null };
    answer: PageRevocationOut;
  };
  /** Approve or decline a revocation that somebody else proposed. An approval is for good */
  decide_on_revocation: {
    method: "POST";
    url: "/v1/certificate-revocations/{revocation_id}/decision";
    path: { "revocation_id": string };
    header: { "idempotency-key": string };
    body: RevocationDecision;
    answer: RevocationOut;
  };
  /** The certificates you were awarded */
  list_certificates: {
    method: "GET";
    url: "/v1/certificates";
    answer: CertificateList;
  };
  /** Your certificate as an Open Badge 3.0, to keep or to show elsewhere. Your name is in it as a salted hash only */
  get_badge: {
    method: "GET";
    url: "/v1/certificates/{certificate_id}/badge";
    path: { "certificate_id": string };
    answer: Blob;
  };
  /** Your certificate to print: a tagged PDF with your name and a QR code. It is the same file every time */
  get_document: {
    method: "GET";
    url: "/v1/certificates/{certificate_id}/document";
    path: { "certificate_id": string };
    answer: Blob;
  };
  /** Say what name to print on your certificate. Another name later gives you another, which supersedes this one */
  put_name_on_certificate: {
    method: "POST";
    url: "/v1/certificates/{certificate_id}/name";
    path: { "certificate_id": string };
    header: { "idempotency-key": string };
    body: HolderName;
    answer: CertificateOut;
  };
  /** Propose to revoke a certificate. It stands until another administrator approves */
  propose_revocation: {
    method: "POST";
    url: "/v1/certificates/{certificate_id}/revocations";
    path: { "certificate_id": string };
    header: { "idempotency-key": string };
    body: RevocationProposal;
    answer: RevocationOut;
  };
  /** Say who may see the name on your certificate, and its document */
  share_certificate: {
    method: "PUT";
    url: "/v1/certificates/{certificate_id}/sharing";
    path: { "certificate_id": string };
    body: Sharing;
    answer: CertificateOut;
  };
  /** Follow what changes: how each thing stands that you may know of, from the beginning or since a cursor */
  list_changes: {
    method: "GET";
    url: "/v1/changes";
    query: { "after"?: string | null; "limit"?: number; "resource"?: Array<string> | null };
    answer: ChangePage;
  };
  /** Your applications, with how far each stage is, what was sent and what was decided */
  list_applications: {
    method: "GET";
    url: "/v1/chartered-applications";
    answer: ApplicationList;
  };
  /** Begin a pathway to chartered status. Whatever you have done already counts; nothing is sent to anybody yet */
  begin_application: {
    method: "POST";
    url: "/v1/chartered-applications";
    header: { "idempotency-key": string };
    body: ApplicationRequest;
    answer: ApplicationOut;
  };
  /** One application of yours */
  get_application: {
    method: "GET";
    url: "/v1/chartered-applications/{application_id}";
    path: { "application_id": string };
    answer: ApplicationOut;
  };
  /** Take your consent back, while nothing was sent by it */
  take_consent_back: {
    method: "DELETE";
    url: "/v1/chartered-applications/{application_id}/consent";
    path: { "application_id": string };
    answer: void;
  };
  /** Agree that your evidence is sent to who decides, once. Nothing is sent by this */
  give_consent: {
    method: "PUT";
    url: "/v1/chartered-applications/{application_id}/consent";
    path: { "application_id": string };
    body: ConsentRequest;
    answer: ApplicationOut;
  };
  /** Write what a stage asks you to. Another for the same need replaces it; both are kept */
  write_statement: {
    method: "POST";
    url: "/v1/chartered-applications/{application_id}/statements";
    path: { "application_id": string };
    header: { "idempotency-key": string };
    body: StatementRequest;
    answer: ApplicationOut;
  };
  /** Send your evidence to who decides, signed. Every stage has to be met, and your consent to stand */
  send_application: {
    method: "POST";
    url: "/v1/chartered-applications/{application_id}/submission";
    path: { "application_id": string };
    header: { "idempotency-key": string };
    answer: ApplicationOut;
  };
  /** Withdraw an application. What was sent can be fetched no more */
  withdraw_application: {
    method: "POST";
    url: "/v1/chartered-applications/{application_id}/withdrawal";
    path: { "application_id": string };
    header: { "idempotency-key": string };
    body: WithdrawalRequest;
    answer: ApplicationOut;
  };
  /** The pathways to chartered status, stage by stage, and who decides at their end */
  list_chartered_pathways: {
    method: "GET";
    url: "/v1/chartered-pathways";
    answer: CharteredPathwayList;
  };
  /** What teachers have sent to your organisation, oldest first. It names nobody */
  list_submissions: {
    method: "GET";
    url: "/v1/chartered-submissions";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageSubmissionOut;
  };
  /** One of them, with your decisions on it */
  get_submission: {
    method: "GET";
    url: "/v1/chartered-submissions/{submission_id}";
    path: { "submission_id": string };
    answer: certificationCharteredSubmissionsSchemasSubmissionOut;
  };
  /** The evidence, signed. Each time it is fetched goes on record, and the teacher sees how often it was */
  fetch_bundle: {
    method: "GET";
    url: "/v1/chartered-submissions/{submission_id}/bundle";
    path: { "submission_id": string };
    answer: BundleOut;
  };
  /** Say what you decided. Said differently later it is a revision; all are kept, and the teacher sees them */
  decide_on_submission: {
    method: "POST";
    url: "/v1/chartered-submissions/{submission_id}/decisions";
    path: { "submission_id": string };
    header: { "idempotency-key": string };
    body: DecisionRequest;
    answer: certificationCharteredSubmissionsSchemasSubmissionOut;
  };
  /** One's own claims; for funding staff and auditors, everybody's. The latest first */
  list_claims: {
    method: "GET";
    url: "/v1/claims";
    query: { "status"?: ClaimStatus | null; "limit"?: number; "cursor"?: string | null };
    answer: PageClaimOut;
  };
  /** Claim one's own earned bursary; the school is paid */
  submit_claim: {
    method: "POST";
    url: "/v1/claims";
    header: { "idempotency-key": string };
    body: ClaimSubmission;
    answer: ClaimOut;
  };
  /** One claim */
  get_claim: {
    method: "GET";
    url: "/v1/claims/{claim_id}";
    path: { "claim_id": string };
    answer: ClaimOut;
  };
  /** Approve or decline, as a person other than the claimant and the bursary's approver. What the register does not */
  decide_claim: {
    method: "POST";
    url: "/v1/claims/{claim_id}/approval";
    path: { "claim_id": string };
    header: { "idempotency-key": string };
    body: ApprovalDecision;
    answer: ClaimOut;
  };
  /** Approved versions, newest first; administrators may ask for proposed and refused ones */
  list_completion_rules: {
    method: "GET";
    url: "/v1/completion-rules";
    query: { "scope"?: "default" | "programme" | "course" | null; "applies_to"?: string | null; "status"?: "proposed" | "approved" | "refused"; "limit"?: number; "cursor"?: string | null };
    answer: PageCompletionRuleOut;
  };
  /** Propose the next version of a rule. It counts once another administrator has approved it */
  propose_completion_rule: {
    method: "POST";
    url: "/v1/completion-rules";
    header: { "idempotency-key": string };
    body: CompletionRuleIn;
    answer: CompletionRuleOut;
  };
  /** Approve or refuse what somebody else proposed */
  decide_completion_rule: {
    method: "POST";
    url: "/v1/completion-rules/{rule_id}/decision";
    path: { "rule_id": string };
    header: { "idempotency-key": string };
    body: RuleDecisionIn;
    answer: CompletionRuleOut;
  };
  /** All versions by activity; on a day the highest counts that began by then */
  list_completion_thresholds: {
    method: "GET";
    url: "/v1/completion-thresholds";
    query: { "activity_code"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageThresholdOut;
  };
  /** Record the next version. It counts for what is completed from its first day on */
  record_completion_threshold: {
    method: "POST";
    url: "/v1/completion-thresholds";
    header: { "idempotency-key": string };
    body: ThresholdIn;
    answer: ThresholdOut;
  };
  /** The partner's own reports by their last change: going on from the last cursor tells what changed since */
  list_completions: {
    method: "GET";
    url: "/v1/completions";
    query: { "status"?: "queued" | "recorded" | "duplicate" | "below_threshold" | "withdrawn" | "not_ours" | null; "updated_since"?: string | null; "external_id"?: string | null; "external_learner_id"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: chassisPagingPageReportOut1;
  };
  /** Learners that wait to be matched, or were; a partner sees its own, without candidates */
  list_matches: {
    method: "GET";
    url: "/v1/completions/matches";
    query: { "organisation_id"?: string | null; "status"?: "waiting" | "linked" | "not_ours" | "split"; "is_overdue"?: boolean | null; "limit"?: number; "cursor"?: string | null };
    answer: PageMatchOut;
  };
  /** How much waits, by partner; a partner sees its own */
  count_matches: {
    method: "GET";
    url: "/v1/completions/matches/summary";
    answer: QueuesOut;
  };
  /** One learner, with what waits and, for moderators, candidates and decisions */
  get_match: {
    method: "GET";
    url: "/v1/completions/matches/{match_id}";
    path: { "match_id": string };
    answer: MatchDetail;
  };
  /** Say which teacher the learner is, that it is nobody of ours, or whose each completion of a shared number is */
  resolve_match: {
    method: "POST";
    url: "/v1/completions/matches/{match_id}/resolution";
    path: { "match_id": string };
    header: { "idempotency-key": string };
    body: ResolutionIn;
    answer: ResolutionOut;
  };
  /** Take back who the learner is: what counted by it is withdrawn everywhere, and waits again */
  reverse_match: {
    method: "POST";
    url: "/v1/completions/matches/{match_id}/reversal";
    path: { "match_id": string };
    header: { "idempotency-key": string };
    body: ReversalIn;
    answer: ReversalOut;
  };
  /** What the calling teacher completed, by registers and by partners, as it stands */
  list_own_completions: {
    method: "GET";
    url: "/v1/completions/own";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageOwnCompletionOut;
  };
  /** What the partner reported under one of its numbers */
  get_completion: {
    method: "GET";
    url: "/v1/completions/{external_id}";
    path: { "external_id": string };
    answer: hubsCompletionsSchemasReportOut;
  };
  /** Report up to 10,000 completions: new, changed or withdrawn, in any order */
  record_completions: {
    method: "POST";
    url: "/v1/completions:batch";
    header: { "idempotency-key": string };
    body: BatchIn;
    answer: BatchOut;
  };
  /** Runs to come, soonest first; with `near`, nearest first. Places left are those of this moment */
  list_course_runs: {
    method: "GET";
    url: "/v1/course-runs";
    query: { "q"?: string | null; "course"?: string | null; "programme"?: "core" | "gcse_subject_knowledge" | null; "mode"?: Array<"face_to_face" | "live_remote" | "online">; "key_stage"?: Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16">; "subject"?: Array<string>; "region"?: Array<"North East" | "North West" | "Yorkshire and The Humber" | "East Midlands" | "West Midlands" | "East of England" | "London" | "South East" | "South West">; "hub_id"?: Array<string>; "near"?: string | null; "within_km"?: number | null; "starts_from"?: string | null; "starts_to"?: string | null; "with_places"?: boolean; "limit"?: number; "cursor"?: string | null };
    answer: PageCourseRunOut;
  };
  /** Plan a run at the caller's own hub */
  create_course_run: {
    method: "POST";
    url: "/v1/course-runs";
    header: { "idempotency-key": string };
    body: NewRun;
    answer: CourseRunDetail;
  };
  /** How many runs the same search finds, and how many it would find with another value of each filter */
  count_course_runs: {
    method: "GET";
    url: "/v1/course-runs/facets";
    query: { "q"?: string | null; "course"?: string | null; "programme"?: "core" | "gcse_subject_knowledge" | null; "mode"?: Array<"face_to_face" | "live_remote" | "online">; "key_stage"?: Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16">; "subject"?: Array<string>; "region"?: Array<"North East" | "North West" | "Yorkshire and The Humber" | "East Midlands" | "West Midlands" | "East of England" | "London" | "South East" | "South West">; "hub_id"?: Array<string>; "near"?: string | null; "within_km"?: number | null; "starts_from"?: string | null; "starts_to"?: string | null; "with_places"?: boolean };
    answer: RunCounts;
  };
  /** One run, with the places left now; how to join it for those with a place and for its hub's staff */
  get_course_run: {
    method: "GET";
    url: "/v1/course-runs/{run_id}";
    path: { "run_id": string };
    answer: CourseRunDetail;
  };
  /** Change a run of the caller's own hub. Places that become free are offered down the waiting list at once */
  edit_course_run: {
    method: "PATCH";
    url: "/v1/course-runs/{run_id}";
    path: { "run_id": string };
    header: { "if-match": string };
    body: RunEdit;
    answer: CourseRunDetail;
  };
  /** Call a run off for good; every booking of it is cancelled, and what was counted of it taken back if so asked */
  cancel_course_run: {
    method: "POST";
    url: "/v1/course-runs/{run_id}/cancellation";
    path: { "run_id": string };
    body: RunCancellation;
    answer: CourseRunDetail;
  };
  /** Close a run that is over: every booking ends attended, incomplete or no-show. Closing again changes nothing */
  close_course_run: {
    method: "POST";
    url: "/v1/course-runs/{run_id}/closure";
    path: { "run_id": string };
    header: { "idempotency-key": string };
    body: hubsRegistersSchemasClosureIn;
    answer: ClosureOut;
  };
  /** Courses by code */
  list_courses: {
    method: "GET";
    url: "/v1/courses";
    query: { "q"?: string | null; "mode"?: "face_to_face" | "live_remote" | "online" | null; "key_stage"?: "early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16" | null; "subject"?: string | null; "programme"?: "core" | "gcse_subject_knowledge" | null; "limit"?: number; "cursor"?: string | null };
    answer: PageCourseOut;
  };
  /** One course */
  get_course: {
    method: "GET";
    url: "/v1/courses/{code}";
    path: { "code": string };
    answer: CourseOut;
  };
  /** Reports on loans of the caller's school, and on kits that the caller lends; `is_open=true` lists what waits */
  list_damage_reports: {
    method: "GET";
    url: "/v1/damage-reports";
    query: { "kit_id"?: string | null; "is_open"?: boolean | null; "limit"?: number; "cursor"?: string | null };
    answer: PageDamageReportOut;
  };
  /** Say what became of the damage, by who lends the kit; then it can be handed out again */
  decide_damage: {
    method: "POST";
    url: "/v1/damage-reports/{report_id}/outcome";
    path: { "report_id": string };
    header: { "idempotency-key": string };
    body: DamageOutcomeIn;
    answer: DamageReportOut;
  };
  /** Every dashboard that the caller may open: of networks, of hubs, and of their own groups */
  list_dashboards: {
    method: "GET";
    url: "/v1/dashboards";
    answer: DashboardsOut;
  };
  /** Your results, oldest first */
  list_responses: {
    method: "GET";
    url: "/v1/diagnostic-responses";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageDiagnosticResultOut;
  };
  /** Your sittings, oldest first */
  list_sittings: {
    method: "GET";
    url: "/v1/diagnostic-sittings";
    query: { "is_open"?: boolean | null; "limit"?: number; "cursor"?: string | null };
    answer: PageSittingOut;
  };
  /** Begin to sit a diagnostic, or go on where you left off */
  sit_diagnostic: {
    method: "POST";
    url: "/v1/diagnostic-sittings";
    header: { "idempotency-key": string };
    body: SittingRequest;
    answer: SittingOut;
  };
  /** Forget the answers of a sitting that is not finished */
  give_up_sitting: {
    method: "DELETE";
    url: "/v1/diagnostic-sittings/{sitting_id}";
    path: { "sitting_id": string };
    answer: void;
  };
  /** A sitting of yours, with the question to ask next */
  get_sitting: {
    method: "GET";
    url: "/v1/diagnostic-sittings/{sitting_id}";
    path: { "sitting_id": string };
    answer: SittingOut;
  };
  /** Save answers as they are given. Another answer to an earlier question drops what it does not lead to any more */
  save_answers: {
    method: "PATCH";
    url: "/v1/diagnostic-sittings/{sitting_id}";
    path: { "sitting_id": string };
    header: { "if-match": string };
    body: AnswersSaved;
    answer: SavedSittingOut;
  };
  /** Finish a sitting in which nothing more is asked. Its result recommends a pathway; the first earns credits */
  finish_sitting: {
    method: "POST";
    url: "/v1/diagnostic-sittings/{sitting_id}/completion";
    path: { "sitting_id": string };
    header: { "idempotency-key": string };
    answer: DiagnosticResultOut;
  };
  /** The diagnostics that can be taken */
  list_diagnostics: {
    method: "GET";
    url: "/v1/diagnostics";
    answer: DiagnosticList;
  };
  /** The questions of a diagnostic and the answers to choose from */
  get_diagnostic: {
    method: "GET";
    url: "/v1/diagnostics/{slug}";
    path: { "slug": string };
    answer: DiagnosticOut;
  };
  /** Take a diagnostic. It may be taken again: each attempt recommends a pathway, the first earns credits */
  submit_answers: {
    method: "POST";
    url: "/v1/diagnostics/{slug}/responses";
    path: { "slug": string };
    header: { "idempotency-key": string };
    body: DiagnosticSubmission;
    answer: DiagnosticResultOut;
  };
  /** Every rule, with each criterion, the fact used, its source, and the reason in plain English */
  get_eligibility: {
    method: "GET";
    url: "/v1/eligibility";
    query: { "urn": string };
    answer: EligibilityOut;
  };
  /** Your requests; for a partner, those to its organisation. Oldest first */
  list_endorsement_requests: {
    method: "GET";
    url: "/v1/endorsement-requests";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageEndorsementRequestOut;
  };
  /** Ask an organisation to endorse an application, a certificate or an activity of yours */
  ask_for_endorsement: {
    method: "POST";
    url: "/v1/endorsement-requests";
    header: { "idempotency-key": string };
    body: EndorsementRequestIn;
    answer: EndorsementRequestOut;
  };
  /** Endorse what a teacher asked your organisation for */
  endorse: {
    method: "POST";
    url: "/v1/endorsement-requests/{request_id}/endorsement";
    path: { "request_id": string };
    header: { "idempotency-key": string };
    body: EndorsementIn;
    answer: EndorsementOut;
  };
  /** Endorsements of you; for a partner, those that its organisation gave. Oldest first, withdrawn ones too */
  list_endorsements: {
    method: "GET";
    url: "/v1/endorsements";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageEndorsementOut;
  };
  /** Endorse a certificate scheme in your organisation's name; verification of its certificates says so */
  endorse_scheme: {
    method: "POST";
    url: "/v1/endorsements";
    header: { "idempotency-key": string };
    body: SchemeEndorsementIn;
    answer: EndorsementOut;
  };
  /** Withdraw an endorsement of your organisation's. It stays on record, and counts for nothing from now on */
  withdraw_endorsement: {
    method: "POST";
    url: "/v1/endorsements/{endorsement_id}/withdrawal";
    path: { "endorsement_id": string };
    header: { "idempotency-key": string };
    body: EndorsementWithdrawal;
    answer: EndorsementOut;
  };
  /** Open offers, those that end soonest first; 304 for who holds this page already */
  list_enrichment_offers: {
    method: "GET";
    url: "/v1/enrichment-offers";
    query: { "q"?: string | null; "kind"?: Array<"ambassador_visit" | "club" | "competition" | "mentoring" | "online_event" | "site_visit" | "workshop" | "equipment">; "key_stage"?: Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16">; "region"?: Array<"North East" | "North West" | "Yorkshire and The Humber" | "East Midlands" | "West Midlands" | "East of England" | "London" | "South East" | "South West">; "academic_year"?: Array<string>; "term"?: Array<"autumn" | "spring" | "summer">; "cost"?: "free" | "charged" | null; "organisation_id"?: string | null; "with_places"?: boolean; "limit"?: number; "cursor"?: string | null };
    answer: PageOfferOut;
  };
  /** Begin an offer, by an organisation's key or its administrator */
  create_enrichment_offer: {
    method: "POST";
    url: "/v1/enrichment-offers";
    header: { "idempotency-key": string };
    body: OfferIn;
    answer: OwnOfferOut;
  };
  /** How many offers the same search finds, and how many it would find with another value of each filter */
  count_enrichment_offers: {
    method: "GET";
    url: "/v1/enrichment-offers/facets";
    query: { "q"?: string | null; "kind"?: Array<"ambassador_visit" | "club" | "competition" | "mentoring" | "online_event" | "site_visit" | "workshop" | "equipment">; "key_stage"?: Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16">; "region"?: Array<"North East" | "North West" | "Yorkshire and The Humber" | "East Midlands" | "West Midlands" | "East of England" | "London" | "South East" | "South West">; "academic_year"?: Array<string>; "term"?: Array<"autumn" | "spring" | "summer">; "cost"?: "free" | "charged" | null; "organisation_id"?: string | null; "with_places"?: boolean };
    answer: OfferCounts;
  };
  /** Offers of the caller's organisations, whatever became of them */
  list_own_offers: {
    method: "GET";
    url: "/v1/enrichment-offers/own";
    query: { "status"?: "draft" | "submitted" | "returned" | "published" | "closed" | null; "limit"?: number; "cursor"?: string | null };
    answer: PageOwnOfferOut;
  };
  /** Offers that wait for a moderator, oldest first */
  list_submitted_offers: {
    method: "GET";
    url: "/v1/enrichment-offers/submitted";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageOwnOfferOut;
  };
  /** Throw away a draft or a returned offer */
  discard_enrichment_offer: {
    method: "DELETE";
    url: "/v1/enrichment-offers/{offer_id}";
    path: { "offer_id": string };
    answer: void;
  };
  /** One offer: once published everybody's, expired and closed ones too */
  get_enrichment_offer: {
    method: "GET";
    url: "/v1/enrichment-offers/{offer_id}";
    path: { "offer_id": string };
    answer: hubsEnrichmentSchemasOfferOut;
  };
  /** Say how many schools it can take, also of a published offer. Schools that waited move up at once */
  set_offer_capacity: {
    method: "PATCH";
    url: "/v1/enrichment-offers/{offer_id}";
    path: { "offer_id": string };
    header: { "if-match": string };
    body: CapacityIn;
    answer: OwnOfferOut;
  };
  /** Say anew what a draft or a returned offer says, from the version that was read */
  edit_enrichment_offer: {
    method: "PUT";
    url: "/v1/enrichment-offers/{offer_id}";
    path: { "offer_id": string };
    header: { "if-match": string };
    body: OfferFacts;
    answer: OwnOfferOut;
  };
  /** End a published offer early, by its organisation or a moderator */
  close_enrichment_offer: {
    method: "POST";
    url: "/v1/enrichment-offers/{offer_id}/closure";
    path: { "offer_id": string };
    body: hubsEnrichmentSchemasClosureIn;
    answer: OwnOfferOut;
  };
  /** Publish an offer or return it to its organisation */
  decide_enrichment_offer: {
    method: "POST";
    url: "/v1/enrichment-offers/{offer_id}/decision";
    path: { "offer_id": string };
    header: { "idempotency-key": string };
    body: hubsEnrichmentSchemasOfferDecisionIn;
    answer: OwnOfferOut;
  };
  /** Take the interest back; the school that waits longest moves up */
  withdraw_interest: {
    method: "DELETE";
    url: "/v1/enrichment-offers/{offer_id}/interest";
    path: { "offer_id": string };
    answer: void;
  };
  /** The interest of the caller's school */
  get_own_interest: {
    method: "GET";
    url: "/v1/enrichment-offers/{offer_id}/interest";
    path: { "offer_id": string };
    answer: InterestOut;
  };
  /** Register the interest of the caller's school, or change its numbers; it keeps its turn */
  register_interest: {
    method: "PUT";
    url: "/v1/enrichment-offers/{offer_id}/interest";
    path: { "offer_id": string };
    body: InterestIn;
    answer: InterestOut;
  };
  /** Schools that registered interest in an offer of the caller's organisation */
  list_interests: {
    method: "GET";
    url: "/v1/enrichment-offers/{offer_id}/interests";
    path: { "offer_id": string };
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageSchoolInterestOut;
  };
  /** Put an offer before the moderators */
  submit_enrichment_offer: {
    method: "POST";
    url: "/v1/enrichment-offers/{offer_id}/submission";
    path: { "offer_id": string };
    answer: OwnOfferOut;
  };
  /** The schemes you work towards */
  list_enrolments: {
    method: "GET";
    url: "/v1/enrolments";
    answer: EnrolmentList;
  };
  /** Work towards one more certificate. What you have done already counts at once */
  opt_in: {
    method: "POST";
    url: "/v1/enrolments";
    header: { "idempotency-key": string };
    body: EnrolmentRequest;
    answer: CertificationEnrolmentOut;
  };
  /** The types known on a day and the verdict in force on each, by the register's code */
  list_types: {
    method: "GET";
    url: "/v1/establishment-types";
    query: { "on"?: string | null };
    answer: TypesOut;
  };
  /** Verdicts that wait for a second person, or were approved or refused, the oldest first */
  list_verdicts: {
    method: "GET";
    url: "/v1/establishment-types/verdicts";
    query: { "status"?: "proposed" | "approved" | "refused"; "code"?: number | null; "limit"?: number; "cursor"?: string | null };
    answer: PageVerdictOut;
  };
  /** Propose whether a type is state-funded from a day on. It counts once another administrator has approved it */
  propose_verdict: {
    method: "POST";
    url: "/v1/establishment-types/verdicts";
    header: { "idempotency-key": string };
    body: VerdictIn;
    answer: VerdictOut;
  };
  /** Approve or refuse what somebody else proposed. Schools of the type follow, each told of as `school.changed` */
  decide_verdict: {
    method: "POST";
    url: "/v1/establishment-types/verdicts/{verdict_id}/decision";
    path: { "verdict_id": string };
    header: { "idempotency-key": string };
    body: VerdictDecisionIn;
    answer: VerdictOut;
  };
  /** What was asked for and decided, the latest first */
  list_factor_resets: {
    method: "GET";
    url: "/v1/factor-resets";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageResetOut;
  };
  /** Ask to remove all second factors of somebody who has lost them */
  ask_for_factor_reset: {
    method: "POST";
    url: "/v1/factor-resets";
    header: { "idempotency-key": string };
    body: NewReset;
    answer: ResetOut;
  };
  /** Decide on what another administrator asked for. Approved, everything goes and every device is signed out */
  decide_factor_reset: {
    method: "POST";
    url: "/v1/factor-resets/{reset_id}/decision";
    path: { "reset_id": string };
    header: { "idempotency-key": string };
    body: ResetDecision;
    answer: ResetOut;
  };
  /** Every version of the fee policy with the days it was in force */
  list_fee_policies: {
    method: "GET";
    url: "/v1/fee-policies";
    query: { "on"?: string | null };
    answer: FeePolicyList;
  };
  /** Drafts of the fee policy, the oldest first */
  list_fee_policy_drafts: {
    method: "GET";
    url: "/v1/fee-policy-drafts";
    query: { "status"?: DraftStatus | null; "limit"?: number; "cursor"?: string | null };
    answer: PageFeeDraftOut;
  };
  /** Propose a version of the fee policy with the cases that it has to pass. Nothing changes until it is published */
  propose_fee_policy: {
    method: "POST";
    url: "/v1/fee-policy-drafts";
    header: { "idempotency-key": string };
    body: FeeDraftContent;
    answer: FeeDraftOut;
  };
  /** One draft of the fee policy */
  get_fee_policy_draft: {
    method: "GET";
    url: "/v1/fee-policy-drafts/{fee_draft_id}";
    path: { "fee_draft_id": string };
    answer: FeeDraftOut;
  };
  /** Replace what your draft says. It has to be tested again */
  rewrite_fee_policy_draft: {
    method: "PUT";
    url: "/v1/fee-policy-drafts/{fee_draft_id}";
    path: { "fee_draft_id": string };
    header: { "if-match": string };
    body: FeeDraftContent;
    answer: FeeDraftOut;
  };
  /** Approve or decline a tested draft of somebody else's */
  decide_on_fee_policy_draft: {
    method: "POST";
    url: "/v1/fee-policy-drafts/{fee_draft_id}/approval";
    path: { "fee_draft_id": string };
    header: { "idempotency-key": string };
    body: DraftDecision;
    answer: FeeDraftOut;
  };
  /** Who would pay more and who less: recent bookings and quotes, against the version in force that day */
  preview_fee_policy_draft: {
    method: "GET";
    url: "/v1/fee-policy-drafts/{fee_draft_id}/preview";
    path: { "fee_draft_id": string };
    answer: FeeDraftPreview;
  };
  /** Make an approved draft a version for good. What was quoted or is due keeps the version of its day */
  publish_fee_policy_draft: {
    method: "POST";
    url: "/v1/fee-policy-drafts/{fee_draft_id}/publication";
    path: { "fee_draft_id": string };
    header: { "idempotency-key": string };
    answer: FeeDraftOut;
  };
  /** Run the cases stored with the draft. It is tested when all pass and each row has one */
  test_fee_policy_draft: {
    method: "POST";
    url: "/v1/fee-policy-drafts/{fee_draft_id}/test";
    path: { "fee_draft_id": string };
    header: { "idempotency-key": string };
    answer: FundingTrialReport;
  };
  /** One's own fees; for funding staff and auditors, everybody's. A booking made a moment ago appears in seconds */
  list_fees: {
    method: "GET";
    url: "/v1/fees";
    query: { "booking_id"?: string | null; "status"?: FeeStatus | null; "limit"?: number; "cursor"?: string | null };
    answer: PageFeeOut;
  };
  /** Every fund and lot: what was awarded, and the sums of its budgets and of those of its parts */
  list_funds: {
    method: "GET";
    url: "/v1/funds";
    answer: FundList;
  };
  /** What counts for a school, year by year */
  list_offers: {
    method: "GET";
    url: "/v1/gcse-offers";
    query: { "urn": string };
    answer: OffersOut;
  };
  /** Attest for your school, or for one in your hub's area. A contrary word goes to review and changes nothing yet */
  attest_offer: {
    method: "POST";
    url: "/v1/gcse-offers";
    header: { "idempotency-key": string };
    body: AttestationIn;
    answer: AttestationOut;
  };
  /** Attestations that contradict a standing one, oldest first */
  list_reviews: {
    method: "GET";
    url: "/v1/gcse-offers/reviews";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageAttestationOut;
  };
  /** Accept a contrary attestation, which then counts, or refuse it */
  decide_offer: {
    method: "POST";
    url: "/v1/gcse-offers/reviews/{attestation_id}/decision";
    path: { "attestation_id": string };
    header: { "idempotency-key": string };
    body: hubsGcseOffersSchemasOfferDecisionIn;
    answer: AttestationOut;
  };
  /** Applications of organisations one speaks for; for funding staff and the panel, all. The latest first */
  list_grant_applications: {
    method: "GET";
    url: "/v1/grant-applications";
    query: { "call_id"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageApplicationOut;
  };
  /** Apply for an organisation one speaks for. What makes it ineligible is said at once, check by check */
  submit_grant_application: {
    method: "POST";
    url: "/v1/grant-applications";
    header: { "idempotency-key": string };
    body: ApplicationSubmission;
    answer: FundingApplicationOut;
  };
  /** One application with its checks; for funding staff and the panel with every score */
  get_grant_application: {
    method: "GET";
    url: "/v1/grant-applications/{application_id}";
    path: { "application_id": string };
    answer: FundingApplicationOut;
  };
  /** Fund or decline, as somebody with no other part in it. Funding proposes an award, which another approves */
  decide_grant_application: {
    method: "POST";
    url: "/v1/grant-applications/{application_id}/decision";
    path: { "application_id": string };
    header: { "idempotency-key": string };
    body: ApplicationDecision;
    answer: FundingApplicationOut;
  };
  /** Settle the total, once as many have scored as the call asks for */
  moderate_grant_application: {
    method: "POST";
    url: "/v1/grant-applications/{application_id}/moderation";
    path: { "application_id": string };
    header: { "idempotency-key": string };
    body: Moderation;
    answer: FundingApplicationOut;
  };
  /** Score once, or declare a conflict of interest */
  score_grant_application: {
    method: "POST";
    url: "/v1/grant-applications/{application_id}/scores";
    path: { "application_id": string };
    header: { "idempotency-key": string };
    body: PanelScore;
    answer: FundingApplicationOut;
  };
  /** What a card comes to for these inputs, line by line. Nothing is stored or held */
  calculate_grant: {
    method: "POST";
    url: "/v1/grant-calculations";
    body: CalculationRequest;
    answer: Calculation;
  };
  /** Calls with their windows, forms and criteria, the latest first */
  list_grant_calls: {
    method: "GET";
    url: "/v1/grant-calls";
    answer: CallList;
  };
  /** Open a call. It never changes: a change is another call */
  open_grant_call: {
    method: "POST";
    url: "/v1/grant-calls";
    header: { "idempotency-key": string };
    body: CallOpening;
    answer: CallOut;
  };
  /** Moderated applications, the best first, and how far the budget reaches */
  rank_grant_applications: {
    method: "GET";
    url: "/v1/grant-calls/{call_id}/ranking";
    path: { "call_id": string };
    answer: Ranking;
  };
  /** Approved cards with all that they pay; funding staff and auditors see drafts too */
  list_grant_cards: {
    method: "GET";
    url: "/v1/grant-cards";
    query: { "programme"?: string | null; "project_year"?: string | null };
    answer: CardList;
  };
  /** Propose a version; the worked examples in it have to come out */
  propose_grant_card: {
    method: "POST";
    url: "/v1/grant-cards";
    header: { "idempotency-key": string };
    body: CardProposal;
    answer: CardOut;
  };
  /** One version of a card */
  get_grant_card: {
    method: "GET";
    url: "/v1/grant-cards/{card_code}/versions/{card_version}";
    path: { "card_code": string; "card_version": number };
    answer: CardOut;
  };
  /** Approve or decline a draft, as a person other than the one who proposed it */
  decide_grant_card: {
    method: "POST";
    url: "/v1/grant-cards/{card_code}/versions/{card_version}/decision";
    path: { "card_code": string; "card_version": number };
    header: { "idempotency-key": string };
    body: ApprovalDecision;
    answer: CardOut;
  };
  /** Day rates and caps, each from a day on, with its source */
  list_grant_rates: {
    method: "GET";
    url: "/v1/grant-rates";
    answer: RateList;
  };
  /** Awards to the organisations one speaks for; for funding staff and auditors, all. The latest first */
  list_grants: {
    method: "GET";
    url: "/v1/grants";
    query: { "status"?: GrantStatus | null; "recipient_kind"?: RecipientKind | null; "limit"?: number; "cursor"?: string | null };
    answer: PageGrantSummary;
  };
  /** Propose an award to an organisation; the card says what it comes to. Nothing is held before it is approved */
  propose_grant: {
    method: "POST";
    url: "/v1/grants";
    header: { "idempotency-key": string };
    body: GrantProposal;
    answer: GrantOut;
  };
  /** One award: every calculation line by line, funders' parts, instalments, history */
  get_grant: {
    method: "GET";
    url: "/v1/grants/{grant_id}";
    path: { "grant_id": string };
    answer: GrantOut;
  };
  /** Agree for the recipient, by name and position, to the agreement's version */
  accept_grant: {
    method: "POST";
    url: "/v1/grants/{grant_id}/acceptance";
    path: { "grant_id": string };
    header: { "idempotency-key": string };
    body: FundingAcceptance;
    answer: GrantOut;
  };
  /** Calculate an award anew, for another person to approve. Nothing changes before */
  request_grant_adjustment: {
    method: "POST";
    url: "/v1/grants/{grant_id}/adjustments";
    path: { "grant_id": string };
    header: { "idempotency-key": string };
    body: FundingAdjustmentRequest;
    answer: GrantOut;
  };
  /** Approve or decline, as a person other than the one who asked. The difference is reserved or released at once */
  decide_grant_adjustment: {
    method: "POST";
    url: "/v1/grants/{grant_id}/adjustments/{snapshot_number}/decision";
    path: { "grant_id": string; "snapshot_number": number };
    header: { "idempotency-key": string };
    body: ApprovalDecision;
    answer: GrantOut;
  };
  /** Approve or decline, as a person other than the one who proposed it. Approving reserves the money */
  decide_grant: {
    method: "POST";
    url: "/v1/grants/{grant_id}/approval";
    path: { "grant_id": string };
    header: { "idempotency-key": string };
    body: ApprovalDecision;
    answer: GrantOut;
  };
  /** Every claim of days and travel on an award, and what was paid of them */
  list_grant_claims: {
    method: "GET";
    url: "/v1/grants/{grant_id}/claims";
    path: { "grant_id": string };
    answer: GrantClaimList;
  };
  /** Claim days and travel: each line at the rate of its day, within the rate's cap and the award */
  submit_grant_claim: {
    method: "POST";
    url: "/v1/grants/{grant_id}/claims";
    path: { "grant_id": string };
    header: { "idempotency-key": string };
    body: GrantClaimSubmission;
    answer: GrantClaimOut;
  };
  /** Approve or decline, as a person other than the claimant. What is approved waits for a payment run */
  decide_grant_claim: {
    method: "POST";
    url: "/v1/grants/{grant_id}/claims/{grant_claim_id}/decision";
    path: { "grant_id": string; "grant_claim_id": string };
    header: { "idempotency-key": string };
    body: ApprovalDecision;
    answer: GrantClaimOut;
  };
  /** End an award that did what it was for. What was not drawn is released, what was not spent is due back */
  complete_grant: {
    method: "POST";
    url: "/v1/grants/{grant_id}/completion";
    path: { "grant_id": string };
    header: { "idempotency-key": string };
    body: FundingEnding;
    answer: GrantOut;
  };
  /** Every request to draw of an award, and what was paid of them */
  list_grant_drawdowns: {
    method: "GET";
    url: "/v1/grants/{grant_id}/drawdowns";
    path: { "grant_id": string };
    answer: DrawdownList;
  };
  /** Ask for a part of an instalment, with what shows that its condition is met */
  request_grant_drawdown: {
    method: "POST";
    url: "/v1/grants/{grant_id}/drawdowns";
    path: { "grant_id": string };
    header: { "idempotency-key": string };
    body: DrawdownRequest;
    answer: DrawdownOut;
  };
  /** Approve or decline, as a person other than the one who asked. What is approved waits for a payment run */
  decide_grant_drawdown: {
    method: "POST";
    url: "/v1/grants/{grant_id}/drawdowns/{drawdown_id}/decision";
    path: { "grant_id": string; "drawdown_id": string };
    header: { "idempotency-key": string };
    body: ApprovalDecision;
    answer: DrawdownOut;
  };
  /** Book money that came back; the budget can promise it again */
  receive_grant_return: {
    method: "POST";
    url: "/v1/grants/{grant_id}/returns/{return_id}/receipt";
    path: { "grant_id": string; "return_id": string };
    header: { "idempotency-key": string };
    body: fundingGrantSpendingSchemasReceipt;
    answer: SpendingOut;
  };
  /** Say that another funder's part was claimed from them, and later that it has come */
  step_grant_source: {
    method: "POST";
    url: "/v1/grants/{grant_id}/sources/{source_number}/{funder}/steps";
    path: { "grant_id": string; "source_number": number; "funder": string };
    header: { "idempotency-key": string };
    body: SourceStep;
    answer: GrantOut;
  };
  /** What an award was spent on, and what goes back */
  get_grant_spending: {
    method: "GET";
    url: "/v1/grants/{grant_id}/spending";
    path: { "grant_id": string };
    answer: SpendingOut;
  };
  /** Show what the grant was spent on. What is not shown by the end is due back */
  record_grant_spending: {
    method: "POST";
    url: "/v1/grants/{grant_id}/spending";
    path: { "grant_id": string };
    header: { "idempotency-key": string };
    body: SpendingInput;
    answer: SpendingOut;
  };
  /** End an award early, as a person other than the one who proposed it */
  terminate_grant: {
    method: "POST";
    url: "/v1/grants/{grant_id}/termination";
    path: { "grant_id": string };
    header: { "idempotency-key": string };
    body: FundingEnding;
    answer: GrantOut;
  };
  /** Take a proposal back before it is decided */
  withdraw_grant: {
    method: "POST";
    url: "/v1/grants/{grant_id}/withdrawal";
    path: { "grant_id": string };
    header: { "idempotency-key": string };
    body: fundingGrantsSchemasWithdrawal;
    answer: GrantOut;
  };
  /** The documents of a group, for its people, its hub's staff and those who lead or evaluate its network */
  list_group_documents: {
    method: "GET";
    url: "/v1/group-documents/{group_id}";
    path: { "group_id": string };
    answer: GroupDocumentList;
  };
  /** Give a document to a group that you are in, lead or keep. What it is, its content says */
  add_group_document: {
    method: "POST";
    url: "/v1/group-documents/{group_id}";
    path: { "group_id": string };
    body: BodyInit;
    answer: GroupDocumentOut;
  };
  /** Remove a document: your own, or any of a group that you lead or keep. That it was there stays on record */
  remove_group_document: {
    method: "DELETE";
    url: "/v1/group-documents/{group_id}/files/{group_document_id}";
    path: { "group_id": string; "group_document_id": string };
    answer: void;
  };
  /** A document's file. Who opens it without being of the group leaves a trace */
  download_group_document: {
    method: "GET";
    url: "/v1/group-documents/{group_id}/files/{group_document_id}";
    path: { "group_id": string; "group_document_id": string };
    answer: Blob;
  };
  /** Money of the groups of one's hubs and networks; for funding staff and auditors, of all. By project */
  list_group_grants: {
    method: "GET";
    url: "/v1/group-grants";
    query: { "hub_id"?: string | null; "network"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageGroupGrantOut;
  };
  /** What one group's hub can expect, has drawn and is owed, line by line */
  get_group_grant: {
    method: "GET";
    url: "/v1/group-grants/{group_id}";
    path: { "group_id": string };
    answer: GroupGrantDetail;
  };
  /** End the grant of a group that was called off after something was drawn, or let it go on */
  decide_group_recovery: {
    method: "POST";
    url: "/v1/group-grants/{group_id}/recovery-decision";
    path: { "group_id": string };
    header: { "idempotency-key": string };
    body: GroupRecoveryDecision;
    answer: GroupGrantDetail;
  };
  /** Spaces of groups that the caller is in, leads or keeps, newest first, each with what is unread */
  list_group_spaces: {
    method: "GET";
    url: "/v1/group-spaces";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageGroupSpaceOut;
  };
  /** Contributions that were accepted: the caller's, and everybody's for those who moderate */
  list_space_contributions: {
    method: "GET";
    url: "/v1/group-spaces/{group_id}/contributions";
    path: { "group_id": string };
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageSpaceContributionOut;
  };
  /** Posts of a space with these words, newest first; what is withdrawn or hidden is not found */
  search_space_posts: {
    method: "GET";
    url: "/v1/group-spaces/{group_id}/posts";
    path: { "group_id": string };
    query: { "q": string; "limit"?: number; "cursor"?: string | null };
    answer: PageSpacePostOut;
  };
  /** One post. Its ETag is what an edit needs */
  get_space_post: {
    method: "GET";
    url: "/v1/group-spaces/{group_id}/posts/{post_id}";
    path: { "group_id": string; "post_id": string };
    answer: SpacePostOut;
  };
  /** Change a post of one's own, from the version that was read. Those who moderate see the words before */
  edit_space_post: {
    method: "PATCH";
    url: "/v1/group-spaces/{group_id}/posts/{post_id}";
    path: { "group_id": string; "post_id": string };
    header: { "if-match": string };
    body: SpacePostEdit;
    answer: SpacePostOut;
  };
  /** Accept a post as its author's contribution to the community, where the project credits one. Once per person */
  confirm_space_contribution: {
    method: "POST";
    url: "/v1/group-spaces/{group_id}/posts/{post_id}/contribution";
    path: { "group_id": string; "post_id": string };
    answer: SpaceContributionOut;
  };
  /** Hide a post, or show it again. Found abusive, what it earned is taken back. A repeat changes nothing */
  moderate_space_post: {
    method: "POST";
    url: "/v1/group-spaces/{group_id}/posts/{post_id}/moderation";
    path: { "group_id": string; "post_id": string };
    body: PostModerationIn;
    answer: SpacePostOut;
  };
  /** Say that a post should not be there; those who moderate decide. Said again, it is the same report */
  report_space_post: {
    method: "POST";
    url: "/v1/group-spaces/{group_id}/posts/{post_id}/reports";
    path: { "group_id": string; "post_id": string };
    body: PostReportIn;
    answer: PostReportReceipt;
  };
  /** Take a post of one's own back. A repeat changes nothing */
  withdraw_space_post: {
    method: "POST";
    url: "/v1/group-spaces/{group_id}/posts/{post_id}/withdrawal";
    path: { "group_id": string; "post_id": string };
    answer: SpacePostOut;
  };
  /** How a post was worded before its edits */
  list_space_post_wordings: {
    method: "GET";
    url: "/v1/group-spaces/{group_id}/posts/{post_id}/wordings";
    path: { "group_id": string; "post_id": string };
    answer: WordingsOut;
  };
  /** Reports of posts, oldest first. Who reported is not told */
  list_space_reports: {
    method: "GET";
    url: "/v1/group-spaces/{group_id}/reports";
    path: { "group_id": string };
    query: { "status"?: "open" | "upheld" | "dismissed" | null; "limit"?: number; "cursor"?: string | null };
    answer: PagePostReportOut;
  };
  /** Uphold a report, which hides the post, or dismiss it */
  decide_space_report: {
    method: "POST";
    url: "/v1/group-spaces/{group_id}/reports/{post_report_id}/decision";
    path: { "group_id": string; "post_report_id": string };
    body: PostReportDecisionIn;
    answer: PostReportOut;
  };
  /** Topics by their last post, the newest first */
  list_space_topics: {
    method: "GET";
    url: "/v1/group-spaces/{group_id}/topics";
    path: { "group_id": string };
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageTopicOut;
  };
  /** Begin a topic with the post that opens it */
  begin_space_topic: {
    method: "POST";
    url: "/v1/group-spaces/{group_id}/topics";
    path: { "group_id": string };
    header: { "idempotency-key": string };
    body: TopicIn;
    answer: hubsGroupSpacesSchemasTopicOut;
  };
  /** One topic */
  get_space_topic: {
    method: "GET";
    url: "/v1/group-spaces/{group_id}/topics/{topic_id}";
    path: { "group_id": string; "topic_id": string };
    answer: hubsGroupSpacesSchemasTopicOut;
  };
  /** Lock a topic, or open it again. A repeat changes nothing */
  moderate_space_topic: {
    method: "POST";
    url: "/v1/group-spaces/{group_id}/topics/{topic_id}/moderation";
    path: { "group_id": string; "topic_id": string };
    body: TopicModerationIn;
    answer: hubsGroupSpacesSchemasTopicOut;
  };
  /** Posts of a topic in their order. Those withdrawn or hidden keep their place, without their words */
  list_space_posts: {
    method: "GET";
    url: "/v1/group-spaces/{group_id}/topics/{topic_id}/posts";
    path: { "group_id": string; "topic_id": string };
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageSpacePostOut;
  };
  /** Write in a topic. How much one may write in a while is limited; what is refused is not stored */
  add_space_post: {
    method: "POST";
    url: "/v1/group-spaces/{group_id}/topics/{topic_id}/posts";
    path: { "group_id": string; "topic_id": string };
    header: { "idempotency-key": string };
    body: SpacePostIn;
    answer: SpacePostOut;
  };
  /** Say how far the caller has read; it never goes back */
  set_space_reading: {
    method: "PUT";
    url: "/v1/group-spaces/{group_id}/topics/{topic_id}/reading";
    path: { "group_id": string; "topic_id": string };
    body: ReadingIn;
    answer: hubsGroupSpacesSchemasTopicOut;
  };
  /** Groups of the caller's hub, school or network, and those they lead or are in, newest first */
  list_groups: {
    method: "GET";
    url: "/v1/groups";
    query: { "network"?: string | null; "project_id"?: string | null; "project_code"?: string | null; "project_year"?: string | null; "hub_id"?: string | null; "status"?: "forming" | "running" | "completed" | "cancelled" | null; "limit"?: number; "cursor"?: string | null };
    answer: PageProjectGroupOut;
  };
  /** Form a group of a project at a hub. It is told of once it starts */
  form_group: {
    method: "POST";
    url: "/v1/groups";
    header: { "idempotency-key": string };
    body: ProjectGroupIn;
    answer: ProjectGroupDetail;
  };
  /** One group: what it lacks, and what its grant card is filled with. Its ETag is what an edit needs */
  get_group: {
    method: "GET";
    url: "/v1/groups/{group_id}";
    path: { "group_id": string };
    answer: ProjectGroupDetail;
  };
  /** Change facts of a group, from the version that was read */
  edit_group: {
    method: "PATCH";
    url: "/v1/groups/{group_id}";
    path: { "group_id": string };
    header: { "if-match": string };
    body: ProjectGroupEdit;
    answer: ProjectGroupDetail;
  };
  /** What a group does, in the order in which it was planned */
  list_group_activities: {
    method: "GET";
    url: "/v1/groups/{group_id}/activities";
    path: { "group_id": string };
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageGroupActivityOut;
  };
  /** Plan a session, a visit, a task or anything else, by the group's leads or its hub */
  plan_group_activity: {
    method: "POST";
    url: "/v1/groups/{group_id}/activities";
    path: { "group_id": string };
    header: { "idempotency-key": string };
    body: GroupActivityIn;
    answer: GroupActivityOut;
  };
  /** One of them; its ETag is what an edit needs */
  get_group_activity: {
    method: "GET";
    url: "/v1/groups/{group_id}/activities/{activity_id}";
    path: { "group_id": string; "activity_id": string };
    answer: GroupActivityOut;
  };
  /** Change it, call it off, or say that a visit took place */
  edit_group_activity: {
    method: "PATCH";
    url: "/v1/groups/{group_id}/activities/{activity_id}";
    path: { "group_id": string; "activity_id": string };
    header: { "if-match": string };
    body: GroupActivityEdit;
    answer: GroupActivityOut;
  };
  /** Who was there, or who did the task; schools see their own people */
  get_group_register: {
    method: "GET";
    url: "/v1/groups/{group_id}/activities/{activity_id}/register";
    path: { "group_id": string; "activity_id": string };
    answer: GroupRegisterOut;
  };
  /** Mark participants, by the group's leads or its hub. Marking again corrects */
  mark_group_register: {
    method: "PUT";
    url: "/v1/groups/{group_id}/activities/{activity_id}/register";
    path: { "group_id": string; "activity_id": string };
    body: GroupRegisterIn;
    answer: GroupRegisterOut;
  };
  /** The contact list of a group as it is now, for who leads it, its hub and the national team */
  list_group_contacts: {
    method: "GET";
    url: "/v1/groups/{group_id}/contacts";
    path: { "group_id": string };
    answer: GroupContactsOut;
  };
  /** What a group sends delegates to and whom, for its leads, its hub and the national team */
  list_group_delegates: {
    method: "GET";
    url: "/v1/groups/{group_id}/delegates";
    path: { "group_id": string };
    answer: GroupDelegatesOut;
  };
  /** Say who is sent to one occasion, and afterwards who was there */
  set_group_delegates: {
    method: "PUT";
    url: "/v1/groups/{group_id}/delegates";
    path: { "group_id": string };
    body: DelegatesIn;
    answer: GroupDelegatesOut;
  };
  /** Who leads and led a group */
  list_group_leads: {
    method: "GET";
    url: "/v1/groups/{group_id}/leads";
    path: { "group_id": string };
    answer: GroupLeadsOut;
  };
  /** Name who leads a group */
  add_group_lead: {
    method: "POST";
    url: "/v1/groups/{group_id}/leads";
    path: { "group_id": string };
    header: { "idempotency-key": string };
    body: LeadJoins;
    answer: GroupLeadOut;
  };
  /** Let a lead give a group up. A repeat changes nothing */
  end_group_lead: {
    method: "POST";
    url: "/v1/groups/{group_id}/leads/{group_lead_id}/departure";
    path: { "group_id": string; "group_lead_id": string };
    body: GroupDeparture;
    answer: GroupLeadOut;
  };
  /** Organisations that are and were in a group */
  list_group_organisations: {
    method: "GET";
    url: "/v1/groups/{group_id}/organisations";
    path: { "group_id": string };
    answer: GroupOrganisationsOut;
  };
  /** Take an organisation into a group of a project whose unit it is */
  add_group_organisation: {
    method: "POST";
    url: "/v1/groups/{group_id}/organisations";
    path: { "group_id": string };
    header: { "idempotency-key": string };
    body: OrganisationJoins;
    answer: GroupOrganisationsOut;
  };
  /** Let an organisation leave, its people having left. A repeat changes nothing */
  end_group_organisation: {
    method: "POST";
    url: "/v1/groups/{group_id}/organisations/{group_organisation_id}/departure";
    path: { "group_id": string; "group_organisation_id": string };
    body: GroupDeparture;
    answer: GroupOrganisationsOut;
  };
  /** People of a group; schools see their own, and everybody themselves */
  list_group_participants: {
    method: "GET";
    url: "/v1/groups/{group_id}/participants";
    path: { "group_id": string };
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageGroupParticipantOut;
  };
  /** Take a person into a group: anybody by the hub, their own teachers by a school that is in it */
  add_group_participant: {
    method: "POST";
    url: "/v1/groups/{group_id}/participants";
    path: { "group_id": string };
    header: { "idempotency-key": string };
    body: PersonJoins;
    answer: GroupParticipantOut;
  };
  /** Let a person leave. A repeat changes nothing */
  end_group_participant: {
    method: "POST";
    url: "/v1/groups/{group_id}/participants/{participant_id}/departure";
    path: { "group_id": string; "participant_id": string };
    body: GroupDeparture;
    answer: GroupParticipantOut;
  };
  /** Schools that are and were in a group */
  list_group_schools: {
    method: "GET";
    url: "/v1/groups/{group_id}/schools";
    path: { "group_id": string };
    answer: GroupSchoolsOut;
  };
  /** Take a school into a group. Schools that apply join when the hub selects them */
  add_group_school: {
    method: "POST";
    url: "/v1/groups/{group_id}/schools";
    path: { "group_id": string };
    header: { "idempotency-key": string };
    body: SchoolJoins;
    answer: ProjectGroupDetail;
  };
  /** Let a school leave, its people having left. A repeat changes nothing */
  end_group_school: {
    method: "POST";
    url: "/v1/groups/{group_id}/schools/{group_school_id}/departure";
    path: { "group_id": string; "group_school_id": string };
    body: GroupDeparture;
    answer: ProjectGroupDetail;
  };
  /** Start, complete or call off a group. A repeat changes nothing */
  step_group: {
    method: "POST";
    url: "/v1/groups/{group_id}/steps";
    path: { "group_id": string };
    body: GroupStepIn;
    answer: ProjectGroupDetail;
  };
  /** Schools that are or were guests of a hub, newest first */
  list_hub_guests: {
    method: "GET";
    url: "/v1/hub-guests/{hub_id}";
    path: { "hub_id": string };
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageHubGuestOut;
  };
  /** Let a school that does not belong to the hub use its centre and borrow its equipment on these days */
  admit_hub_guest: {
    method: "POST";
    url: "/v1/hub-guests/{hub_id}";
    path: { "hub_id": string };
    header: { "idempotency-key": string };
    body: HubGuestIn;
    answer: HubGuestOut;
  };
  /** Let a guest's days end earlier; what is booked and lent stays */
  shorten_hub_guest: {
    method: "POST";
    url: "/v1/hub-guests/{hub_id}/{guest_id}/end";
    path: { "hub_id": string; "guest_id": string };
    body: HubGuestEnd;
    answer: HubGuestOut;
  };
  /** Plans of the caller's hubs and networks, newest first */
  list_hub_plans: {
    method: "GET";
    url: "/v1/hub-plans";
    query: { "network"?: string | null; "year"?: string | null; "hub_id"?: string | null; "status"?: "draft" | "submitted" | "returned" | "agreed" | null; "limit"?: number; "cursor"?: string | null };
    answer: PageHubPlanOut;
  };
  /** Begin the plan of the caller's hub for a network's year */
  begin_hub_plan: {
    method: "POST";
    url: "/v1/hub-plans";
    header: { "idempotency-key": string };
    body: HubPlanIn;
    answer: HubPlanDetail;
  };
  /** A plan with its newest lines, and everything that the network's documents say of them */
  get_hub_plan: {
    method: "GET";
    url: "/v1/hub-plans/{hub_plan_id}";
    path: { "hub_plan_id": string };
    answer: HubPlanDetail;
  };
  /** Write the whole plan, from the version that was read. After a decision this begins the next revision */
  write_hub_plan: {
    method: "PUT";
    url: "/v1/hub-plans/{hub_plan_id}";
    path: { "hub_plan_id": string };
    header: { "if-match": string };
    body: PlanLinesIn;
    answer: HubPlanDetail;
  };
  /** Agree a plan that was handed in, or return it to the hub */
  decide_hub_plan: {
    method: "POST";
    url: "/v1/hub-plans/{hub_plan_id}/decision";
    path: { "hub_plan_id": string };
    header: { "idempotency-key": string };
    body: PlanDecisionIn;
    answer: HubPlanDetail;
  };
  /** Take a hub's plan in after the network's window, until a day */
  reopen_hub_plan: {
    method: "POST";
    url: "/v1/hub-plans/{hub_plan_id}/reopening";
    path: { "hub_plan_id": string };
    header: { "idempotency-key": string };
    body: PlanReopeningIn;
    answer: HubPlanDetail;
  };
  /** Every state of a plan, newest first, and what changed in it */
  list_hub_plan_revisions: {
    method: "GET";
    url: "/v1/hub-plans/{hub_plan_id}/revisions";
    path: { "hub_plan_id": string };
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PagePlanRevisionOut;
  };
  /** Hand the plan in as it stands, with an explanation when it has faults */
  submit_hub_plan: {
    method: "POST";
    url: "/v1/hub-plans/{hub_plan_id}/submission";
    path: { "hub_plan_id": string };
    header: { "idempotency-key": string };
    body: PlanSubmissionIn;
    answer: HubPlanDetail;
  };
  /** Hubs by name; 304 for who holds this page already */
  list_hubs: {
    method: "GET";
    url: "/v1/hubs";
    query: { "region"?: string | null; "kind"?: "computing_hub" | "maths_hub" | "stem_skills_hub" | "satellite" | null; "stage"?: "applied" | "assessed" | "designated" | "reviewed" | "closed" | null; "limit"?: number; "cursor"?: string | null };
    answer: PageHubOut;
  };
  /** Keep an application. Only administrators see it until the hub is designated */
  apply_for_hub: {
    method: "POST";
    url: "/v1/hubs";
    header: { "idempotency-key": string };
    body: ApplicationIn;
    answer: HubOut;
  };
  /** All hubs as CSV */
  get_hubs_csv: {
    method: "GET";
    url: "/v1/hubs.csv";
    answer: void;
  };
  /** All hubs as GeoJSON */
  get_hubs_geojson: {
    method: "GET";
    url: "/v1/hubs.geojson";
    answer: void;
  };
  /** Every hub's year against its targets, with totals and the figures that sources name for the network */
  get_network_delivery: {
    method: "GET";
    url: "/v1/hubs/delivery";
    query: { "year"?: string | null };
    answer: NetworkDeliveryOut;
  };
  /** The same as CSV, a line per hub */
  get_network_delivery_csv: {
    method: "GET";
    url: "/v1/hubs/delivery.csv";
    query: { "year"?: string | null };
    answer: Blob;
  };
  /** The hub of a postcode or school: by the coverage of its district, else the nearest. The answer says which */
  look_up_hub: {
    method: "GET";
    url: "/v1/hubs/lookup";
    query: { "postcode"?: string | null; "urn"?: string | null; "on"?: string | null };
    answer: LookupOut;
  };
  /** Districts that no hub covers on a day, today when left out */
  list_uncovered_districts: {
    method: "GET";
    url: "/v1/hubs/uncovered-districts";
    query: { "on"?: string | null };
    answer: UncoveredOut;
  };
  /** One hub, or with `Accept: application/ld+json` in schema.org's words. Its ETag is what an edit needs */
  get_hub: {
    method: "GET";
    url: "/v1/hubs/{hub_id}";
    path: { "hub_id": string };
    answer: HubOut;
  };
  /** Change facts, from the version that was read; fields left out keep their value */
  edit_hub: {
    method: "PATCH";
    url: "/v1/hubs/{hub_id}";
    path: { "hub_id": string };
    header: { "if-match": string };
    body: HubFacts;
    answer: HubOut;
  };
  /** The districts a hub covers on a day; without one, all it ever covered and will */
  get_coverage: {
    method: "GET";
    url: "/v1/hubs/{hub_id}/coverage";
    path: { "hub_id": string };
    query: { "on"?: string | null };
    answer: CoverageListOut;
  };
  /** Let a hub cover a district that nobody covers on these days */
  cover_district: {
    method: "POST";
    url: "/v1/hubs/{hub_id}/coverage";
    path: { "hub_id": string };
    header: { "idempotency-key": string };
    body: CoverageIn;
    answer: CoverageOut;
  };
  /** Take back coverage that has not begun */
  take_back_coverage: {
    method: "DELETE";
    url: "/v1/hubs/{hub_id}/coverage/{coverage_id}";
    path: { "hub_id": string; "coverage_id": string };
    answer: void;
  };
  /** Set the last day of a coverage */
  end_coverage: {
    method: "POST";
    url: "/v1/hubs/{hub_id}/coverage/{coverage_id}/end";
    path: { "hub_id": string; "coverage_id": string };
    header: { "idempotency-key": string };
    body: EndIn;
    answer: CoverageOut;
  };
  /** Hand a district over to another hub on a day, in one step; the answer is the new coverage */
  hand_over_district: {
    method: "POST";
    url: "/v1/hubs/{hub_id}/coverage/{coverage_id}/hand-over";
    path: { "hub_id": string; "coverage_id": string };
    header: { "idempotency-key": string };
    body: HandOverIn;
    answer: CoverageOut;
  };
  /** A hub's year against its targets, counted now */
  get_delivery: {
    method: "GET";
    url: "/v1/hubs/{hub_id}/delivery";
    path: { "hub_id": string };
    query: { "year"?: string | null };
    answer: DeliveryOut;
  };
  /** Where a hub stands and how it came there */
  get_life_cycle: {
    method: "GET";
    url: "/v1/hubs/{hub_id}/life-cycle";
    path: { "hub_id": string };
    answer: LifeCycleOut;
  };
  /** Take the next step. Who assessed a hub does not designate it */
  take_step: {
    method: "POST";
    url: "/v1/hubs/{hub_id}/life-cycle";
    path: { "hub_id": string };
    body: StepIn;
    answer: LifeCycleOut;
  };
  /** Say whom the hub works with: a partner, a local enterprise partnership, an ambassador hub, an employer */
  keep_link: {
    method: "PUT";
    url: "/v1/hubs/{hub_id}/links";
    path: { "hub_id": string };
    body: LinkIn;
    answer: hubsDirectoryAdministrationSchemasNetworkOut;
  };
  /** Remove a link that was entered by mistake; one that ended gets a last day instead */
  drop_link: {
    method: "DELETE";
    url: "/v1/hubs/{hub_id}/links/{link_id}";
    path: { "hub_id": string; "link_id": string };
    answer: void;
  };
  /** Meetings of a hub's schools by day; minutes and schools for the hub's staff and administrators */
  list_meetings: {
    method: "GET";
    url: "/v1/hubs/{hub_id}/meetings";
    path: { "hub_id": string };
    query: { "from_on"?: string | null; "until_on"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageMeetingOut;
  };
  /** Plan a meeting, or enter one that was */
  plan_meeting: {
    method: "POST";
    url: "/v1/hubs/{hub_id}/meetings";
    path: { "hub_id": string };
    header: { "idempotency-key": string };
    body: MeetingIn;
    answer: MeetingOut;
  };
  /** One meeting; its ETag is what an edit needs */
  get_meeting: {
    method: "GET";
    url: "/v1/hubs/{hub_id}/meetings/{meeting_id}";
    path: { "hub_id": string; "meeting_id": string };
    answer: MeetingOut;
  };
  /** Change or cancel a meeting, from the version that was read */
  edit_meeting: {
    method: "PATCH";
    url: "/v1/hubs/{hub_id}/meetings/{meeting_id}";
    path: { "hub_id": string; "meeting_id": string };
    header: { "if-match": string };
    body: MeetingEdit;
    answer: MeetingOut;
  };
  /** Say which schools came, members or guests; saying it again corrects it. No people are recorded */
  record_meeting_schools: {
    method: "PUT";
    url: "/v1/hubs/{hub_id}/meetings/{meeting_id}/schools";
    path: { "hub_id": string; "meeting_id": string };
    body: hubsMeetingsSchemasAttendanceIn;
    answer: MeetingOut;
  };
  /** Sign up to a hub. A repeat answers 200 with the membership that exists */
  join_hub: {
    method: "POST";
    url: "/v1/hubs/{hub_id}/members";
    path: { "hub_id": string };
    answer: HubsMembershipOut;
  };
  /** The schools that belong to a hub, and whom it works with: on a day, or all there ever were */
  get_hub_network: {
    method: "GET";
    url: "/v1/hubs/{hub_id}/network";
    path: { "hub_id": string };
    query: { "on"?: string | null };
    answer: hubsDirectoryAdministrationSchemasNetworkOut;
  };
  /** Say from when to when a school belongs to the hub */
  keep_school: {
    method: "PUT";
    url: "/v1/hubs/{hub_id}/schools/{urn}";
    path: { "hub_id": string; "urn": string };
    body: SchoolMembershipIn;
    answer: hubsDirectoryAdministrationSchemasNetworkOut;
  };
  /** Remove a period that was entered by mistake; a school that leaves gets a last day instead */
  drop_school: {
    method: "DELETE";
    url: "/v1/hubs/{hub_id}/schools/{urn}/periods/{joined_on}";
    path: { "hub_id": string; "urn": string; "joined_on": string };
    answer: void;
  };
  /** A hub's targets of a year, and the ETag that setting them needs (`"0"` when there are none) */
  get_targets: {
    method: "GET";
    url: "/v1/hubs/{hub_id}/targets/{academic_year}";
    path: { "hub_id": string; "academic_year": string };
    answer: TargetsOut;
  };
  /** Set a hub's targets of a year: the whole set, from the version that was read */
  set_targets: {
    method: "PUT";
    url: "/v1/hubs/{hub_id}/targets/{academic_year}";
    path: { "hub_id": string; "academic_year": string };
    header: { "if-match": string };
    body: TargetsIn;
    answer: TargetsOut;
  };
  /** A hub's listed runs */
  get_hub_calendar: {
    method: "GET";
    url: "/v1/hubs/{hub}/calendar.ics";
    path: { "hub": string };
    answer: Blob | void;
  };
  /** Changes with what came of them, the latest first */
  list_impacts: {
    method: "GET";
    url: "/v1/impacts";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageImpactOut;
  };
  /** One change, and how far it is worked off */
  get_impact: {
    method: "GET";
    url: "/v1/impacts/{impact_id}";
    path: { "impact_id": string };
    answer: ImpactOut;
  };
  /** Every bursary that the change may touch, before and after */
  list_items: {
    method: "GET";
    url: "/v1/impacts/{impact_id}/items";
    path: { "impact_id": string };
    query: { "effect"?: Effect | null; "limit"?: number; "cursor"?: string | null };
    answer: PageImpactItemOut;
  };
  /** Kits that the caller lends, and those of hubs to which the caller's school belongs */
  list_kits: {
    method: "GET";
    url: "/v1/kits";
    query: { "hub_id"?: string | null; "kind"?: "microbits" | "sensors" | "single_board_computers" | "robots" | "electronics" | "laptops" | "other" | null; "free_from"?: string | null; "free_to"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageKitOut;
  };
  /** Keep a kit of the caller's hub or school */
  add_kit: {
    method: "POST";
    url: "/v1/kits";
    header: { "idempotency-key": string };
    body: KitIn;
    answer: KitDetail;
  };
  /** One kit, and the days on which it is somebody's. Its ETag is what an edit needs */
  get_kit: {
    method: "GET";
    url: "/v1/kits/{kit_id}";
    path: { "kit_id": string };
    answer: KitDetail;
  };
  /** Change or withdraw a kit that the caller lends, from the version that was read */
  edit_kit: {
    method: "PATCH";
    url: "/v1/kits/{kit_id}";
    path: { "kit_id": string };
    header: { "if-match": string };
    body: KitEdit;
    answer: KitDetail;
  };
  /** Everything that happened to a kit that the caller lends, newest first */
  get_kit_history: {
    method: "GET";
    url: "/v1/kits/{kit_id}/history";
    path: { "kit_id": string };
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageHistoryStep;
  };
  /** Postings in the order they were made */
  list_ledger_entries: {
    method: "GET";
    url: "/v1/ledger/entries";
    query: { "budget"?: string | null; "source"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageLedgerEntry;
  };
  /** Every month with postings, and whether it is closed */
  list_ledger_periods: {
    method: "GET";
    url: "/v1/ledger/periods";
    answer: PeriodList;
  };
  /** Propose to close a month that is over. Another person has to check it */
  propose_closure: {
    method: "POST";
    url: "/v1/ledger/periods/{month}/closure";
    path: { "month": string };
    header: { "idempotency-key": string };
    answer: Period;
  };
  /** Close the month for good, as somebody else than proposed it, or send the proposal back */
  decide_closure: {
    method: "POST";
    url: "/v1/ledger/periods/{month}/closure/decision";
    path: { "month": string };
    header: { "idempotency-key": string };
    body: ClosureDecision;
    answer: Period;
  };
  /** Every account, checked against its postings */
  get_trial_balance: {
    method: "GET";
    url: "/v1/ledger/trial-balance";
    answer: TrialBalance;
  };
  /** Loans of the caller's school, and of kits that the caller lends; `is_overdue=true` lists what should be back */
  list_loans: {
    method: "GET";
    url: "/v1/loans";
    query: { "kit_id"?: string | null; "hub_id"?: string | null; "status"?: "requested" | "agreed" | "lent" | "returned" | "lost" | "refused" | "cancelled" | null; "is_overdue"?: boolean | null; "limit"?: number; "cursor"?: string | null };
    answer: PageLoanOut;
  };
  /** Ask for a kit. Days that are taken may be asked for too; the request then waits */
  request_loan: {
    method: "POST";
    url: "/v1/loans";
    header: { "idempotency-key": string };
    body: LoanIn;
    answer: LoanDetail;
  };
  /** One loan with what happened to it, for the borrower and who lends */
  get_loan: {
    method: "GET";
    url: "/v1/loans/{loan_id}";
    path: { "loan_id": string };
    answer: LoanDetail;
  };
  /** Call a loan off before the kit was collected; by either side */
  cancel_loan: {
    method: "POST";
    url: "/v1/loans/{loan_id}/cancellation";
    path: { "loan_id": string };
    header: { "idempotency-key": string };
    body: LoanCancellation;
    answer: LoanDetail;
  };
  /** Say that the kit was handed over; by who lends it */
  collect_loan: {
    method: "POST";
    url: "/v1/loans/{loan_id}/collection";
    path: { "loan_id": string };
    header: { "idempotency-key": string };
    answer: LoanDetail;
  };
  /** Report damage found while the kit is out or after it came back; by either side */
  report_damage: {
    method: "POST";
    url: "/v1/loans/{loan_id}/damage-reports";
    path: { "loan_id": string };
    header: { "idempotency-key": string };
    body: DamageIn;
    answer: DamageReportOut;
  };
  /** Agree to a request, or refuse it; by who lends the kit */
  decide_loan: {
    method: "POST";
    url: "/v1/loans/{loan_id}/decision";
    path: { "loan_id": string };
    header: { "idempotency-key": string };
    body: LoanDecision;
    answer: LoanDetail;
  };
  /** Ask to keep the kit longer; asking again replaces what was asked */
  ask_extension: {
    method: "POST";
    url: "/v1/loans/{loan_id}/extension";
    path: { "loan_id": string };
    header: { "idempotency-key": string };
    body: ExtensionIn;
    answer: LoanDetail;
  };
  /** Let the borrower keep the kit longer, or not; by who lends it */
  decide_extension: {
    method: "POST";
    url: "/v1/loans/{loan_id}/extension/decision";
    path: { "loan_id": string };
    header: { "idempotency-key": string };
    body: ExtensionDecision;
    answer: LoanDetail;
  };
  /** Say that a kit that is out is lost; by either side. If it is found, it is returned */
  report_loss: {
    method: "POST";
    url: "/v1/loans/{loan_id}/loss";
    path: { "loan_id": string };
    header: { "idempotency-key": string };
    answer: LoanDetail;
  };
  /** Check the kit in, by who lends it. What is damaged or missing becomes a report */
  return_loan: {
    method: "POST";
    url: "/v1/loans/{loan_id}/return";
    path: { "loan_id": string };
    header: { "idempotency-key": string };
    body: ReturnIn;
    answer: LoanDetail;
  };
  /** Your own entries, oldest first. A moderator who asks for `submitted` sees the queue: everybody else's */
  list_log_entries: {
    method: "GET";
    url: "/v1/log-entries";
    query: { "status"?: certificationLogEntriesSchemasStatus | null; "limit"?: number; "cursor"?: string | null };
    answer: chassisPagingPageLogEntryOut1;
  };
  /** Record community activity of your own. A moderator decides; accepted, it earns the catalogue's credits once */
  submit_log_entry: {
    method: "POST";
    url: "/v1/log-entries";
    header: { "idempotency-key": string };
    body: LogEntryDraft;
    answer: certificationLogEntriesSchemasLogEntryOut;
  };
  /** Take a file back from an entry that is not decided on */
  remove_evidence: {
    method: "DELETE";
    url: "/v1/log-entries/evidence/{evidence_id}";
    path: { "evidence_id": string };
    answer: void;
  };
  /** A file: your own, or one of an entry that you have claimed as its moderator. Who else opens it leaves a trace */
  download_evidence: {
    method: "GET";
    url: "/v1/log-entries/evidence/{evidence_id}";
    path: { "evidence_id": string };
    answer: Blob;
  };
  /** One entry; its `ETag` is what a change needs as If-Match */
  get_log_entry: {
    method: "GET";
    url: "/v1/log-entries/{entry_id}";
    path: { "entry_id": string };
    answer: certificationLogEntriesSchemasLogEntryOut;
  };
  /** Change a draft of yours, or what was returned to you. What you had put in before stays on record */
  change_log_entry: {
    method: "PUT";
    url: "/v1/log-entries/{entry_id}";
    path: { "entry_id": string };
    header: { "if-match": string };
    body: LogEntryChange;
    answer: certificationLogEntriesSchemasLogEntryOut;
  };
  /** Look at an accepted entry once more. Rejected, what it earned is reversed and the certificate reviewed */
  audit_log_entry: {
    method: "POST";
    url: "/v1/log-entries/{entry_id}/audit";
    path: { "entry_id": string };
    header: { "idempotency-key": string };
    body: AuditDecision;
    answer: certificationLogEntriesSchemasLogEntryOut;
  };
  /** Let an entry go that you had taken */
  release_log_entry: {
    method: "DELETE";
    url: "/v1/log-entries/{entry_id}/claim";
    path: { "entry_id": string };
    answer: certificationLogEntriesSchemasLogEntryOut;
  };
  /** Take an entry in hand, so that nobody else does; again, keep it longer. The claim lapses by itself */
  claim_log_entry: {
    method: "POST";
    url: "/v1/log-entries/{entry_id}/claim";
    path: { "entry_id": string };
    answer: certificationLogEntriesSchemasLogEntryOut;
  };
  /** Accept an entry or return it with a reason. Its author may change what was returned and put it in again */
  decide_log_entry: {
    method: "POST";
    url: "/v1/log-entries/{entry_id}/decision";
    path: { "entry_id": string };
    header: { "idempotency-key": string };
    body: Decision;
    answer: certificationLogEntriesSchemasLogEntryOut;
  };
  /** The files of an entry that you may see */
  list_evidence: {
    method: "GET";
    url: "/v1/log-entries/{entry_id}/evidence";
    path: { "entry_id": string };
    answer: EvidenceList;
  };
  /** Add a file to an entry of yours. What it is, its content says; pictures lose the notes about where and when */
  add_evidence: {
    method: "POST";
    url: "/v1/log-entries/{entry_id}/evidence";
    path: { "entry_id": string };
    body: BodyInit;
    answer: EvidenceAdded;
  };
  /** Everything that happened to an entry: each step, what was put in each time, and what was decided on it */
  get_log_entry_history: {
    method: "GET";
    url: "/v1/log-entries/{entry_id}/history";
    path: { "entry_id": string };
    answer: History;
  };
  /** Put a draft in, or again what was returned */
  put_in_log_entry: {
    method: "POST";
    url: "/v1/log-entries/{entry_id}/submission";
    path: { "entry_id": string };
    header: { "idempotency-key": string };
    answer: certificationLogEntriesSchemasLogEntryOut;
  };
  /** Take an entry back that does not count yet. Its evidence is removed after a while */
  withdraw_log_entry: {
    method: "POST";
    url: "/v1/log-entries/{entry_id}/withdrawal";
    path: { "entry_id": string };
    answer: certificationLogEntriesSchemasLogEntryOut;
  };
  /** Addresses to which nothing can be delivered. Nothing more is sent there but what somebody asks for just then */
  list_mail_refusals: {
    method: "GET";
    url: "/v1/mail/refusals";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageMailRefusal;
  };
  /** Every kind of message that the platform sends, with its subject */
  list_mail_templates: {
    method: "GET";
    url: "/v1/mail/templates";
    answer: MailTemplates;
  };
  /** One kind of message with invented data, as text and as a page. Nothing is sent */
  preview_mail_template: {
    method: "GET";
    url: "/v1/mail/templates/{template}";
    path: { "template": string };
    answer: MailPreview;
  };
  /** Tell the signed-in person what is held about them */
  describe_me: {
    method: "GET";
    url: "/v1/me";
    answer: Me;
  };
  /** Everything that certification holds about you: log, evidence, credits, answers, certificates, applications */
  get_certification_export: {
    method: "GET";
    url: "/v1/me/certification-export";
    answer: Export;
  };
  /** The same as an archive, with the files that you added to your log */
  download_certification_export: {
    method: "GET";
    url: "/v1/me/certification-export/archive";
    answer: Blob;
  };
  /** What certification put by for an export of everything. The archive holds it with the other parts */
  get_certification_export_part: {
    method: "GET";
    url: "/v1/me/certification-export/parts/{export_id}";
    path: { "export_id": string };
    answer: Record<string, unknown>;
  };
  /** Who saw your data, in any part of the platform */
  list_own_data_views: {
    method: "GET";
    url: "/v1/me/data-views";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageDataView;
  };
  /** Ask for another address: a mail to it asks to confirm */
  ask_for_another_address: {
    method: "POST";
    url: "/v1/me/email-changes";
    body: EmailChangeRequest;
    answer: EmailChangeRequested;
  };
  /** Where you teach and taught */
  list_own_employments: {
    method: "GET";
    url: "/v1/me/employments";
    answer: Employments;
  };
  /** The accounts elsewhere with which the caller signs in */
  list_federated_identities: {
    method: "GET";
    url: "/v1/me/federated-identities";
    answer: FederatedIdentities;
  };
  /** Link an account elsewhere, after signing in here */
  link_federated_identity: {
    method: "POST";
    url: "/v1/me/federated-identities";
    body: NewLink;
    answer: FederatedIdentityOut;
  };
  /** Take a link away. The password stays as the way in */
  unlink_federated_identity: {
    method: "DELETE";
    url: "/v1/me/federated-identities/{identity_id}";
    path: { "identity_id": string };
    answer: void;
  };
  /** Everything that funding holds about you, and who of the staff looked at it there */
  get_funding_export: {
    method: "GET";
    url: "/v1/me/funding-export";
    answer: PersonExport;
  };
  /** What funding put by for an export of everything. The archive holds it with the other parts */
  get_funding_export_part: {
    method: "GET";
    url: "/v1/me/funding-export/parts/{export_id}";
    path: { "export_id": string };
    answer: Record<string, unknown>;
  };
  /** Everything that hubs holds about you, and who of the staff looked at it there */
  get_hubs_export: {
    method: "GET";
    url: "/v1/me/hubs-export";
    answer: PersonExport;
  };
  /** What hubs put by for an export of everything. The archive holds it with the other parts */
  get_hubs_export_part: {
    method: "GET";
    url: "/v1/me/hubs-export/parts/{export_id}";
    path: { "export_id": string };
    answer: Record<string, unknown>;
  };
  /** Everything that identity holds about you, and who of the staff looked at it there */
  get_identity_export: {
    method: "GET";
    url: "/v1/me/identity-export";
    answer: PersonExport;
  };
  /** What identity put by for an export of everything. The archive holds it with the other parts */
  get_identity_export_part: {
    method: "GET";
    url: "/v1/me/identity-export/parts/{export_id}";
    path: { "export_id": string };
    answer: Record<string, unknown>;
  };
  /** What the caller is sent */
  get_mail_preferences: {
    method: "GET";
    url: "/v1/me/mail-preferences";
    answer: MailPreferences;
  };
  /** Say what not to be sent; all else is sent */
  set_mail_preferences: {
    method: "PUT";
    url: "/v1/me/mail-preferences";
    body: MailWishes;
    answer: MailPreferences;
  };
  /** Change the password. Every other sign-in of the account ends, the present one stays */
  change_password: {
    method: "PUT";
    url: "/v1/me/password";
    body: PasswordChange;
    answer: PasswordChanged;
  };
  /** Prove that it is you, for what being signed in is not enough for: by factor, or by password without one */
  prove_again: {
    method: "POST";
    url: "/v1/me/proofs";
    body: ProofRequest;
    answer: Proven;
  };
  /** Ask for what the browser needs to prove it with a passkey */
  ask_own_passkeys: {
    method: "POST";
    url: "/v1/me/proofs/challenges";
    answer: PasskeyChallenge;
  };
  /** Say at which school you teach now. Your next access token names it; what you did before stays with your log */
  move_to_school: {
    method: "PUT";
    url: "/v1/me/school";
    body: Move;
    answer: Employments;
  };
  /** Say that you teach nowhere any more. Your account and your log stay */
  leave_school: {
    method: "POST";
    url: "/v1/me/school/leaving";
    body: Leaving;
    answer: Employments;
  };
  /** What the caller has beside a password, and whether they need it */
  list_second_factors: {
    method: "GET";
    url: "/v1/me/second-factors";
    answer: SecondFactors;
  };
  /** Add the passkey that the browser made */
  add_passkey: {
    method: "POST";
    url: "/v1/me/second-factors/passkeys";
    body: NewPasskey;
    answer: FactorAdded;
  };
  /** Ask for what the browser needs to make a passkey */
  ask_for_passkey: {
    method: "POST";
    url: "/v1/me/second-factors/passkeys/challenges";
    answer: PasskeyChallenge;
  };
  /** Take a passkey away */
  remove_passkey: {
    method: "DELETE";
    url: "/v1/me/second-factors/passkeys/{passkey_id}";
    path: { "passkey_id": string };
    answer: void;
  };
  /** Make ten new recovery codes; those before work no more */
  make_recovery_codes: {
    method: "POST";
    url: "/v1/me/second-factors/recovery-codes";
    answer: RecoveryCodes;
  };
  /** Take the authenticator app away */
  remove_app: {
    method: "DELETE";
    url: "/v1/me/second-factors/totp";
    answer: void;
  };
  /** Begin with an authenticator app: the answer is the only place that shows its secret */
  set_up_app: {
    method: "POST";
    url: "/v1/me/second-factors/totp";
    answer: AppSetUp;
  };
  /** Show that the app has the secret, with a code; it is a second factor from then on */
  confirm_app: {
    method: "POST";
    url: "/v1/me/second-factors/totp/confirmation";
    body: CodeConfirmation;
    answer: FactorAdded;
  };
  /** Sign every device out but the one this comes from */
  end_other_sign_ins: {
    method: "DELETE";
    url: "/v1/me/sign-ins";
    answer: SignInsEnded;
  };
  /** Where the caller is signed in, the latest first */
  list_sign_ins: {
    method: "GET";
    url: "/v1/me/sign-ins";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageSignInOut;
  };
  /** Sign a device out. Once this has answered, the gateway refuses the access token that the device still holds */
  end_sign_in: {
    method: "DELETE";
    url: "/v1/me/sign-ins/{sign_in_id}";
    path: { "sign_in_id": string };
    answer: void;
  };
  /** Say what your teacher reference number is. It counts as declared by you until staff have confirmed it */
  declare_trn: {
    method: "PUT";
    url: "/v1/me/trn";
    body: OwnTrn;
    answer: TeacherNumberOut;
  };
  /** Who holds which role at the organisations you look after. Everybody shown can read that you looked */
  list_memberships: {
    method: "GET";
    url: "/v1/memberships";
    query: { "organisation_id"?: string | null; "present"?: boolean; "limit"?: number; "cursor"?: string | null };
    answer: PageMembershipOut;
  };
  /** Grant a role from today on. An organisation grants to people it knows; it invites others */
  grant_membership: {
    method: "POST";
    url: "/v1/memberships";
    header: { "idempotency-key": string };
    body: NewMembership;
    answer: MembershipOut;
  };
  /** The open invitations of the organisations you look after */
  list_invitations: {
    method: "GET";
    url: "/v1/memberships/invitations";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageInvitationOut;
  };
  /** Offer a role by mail, for a fortnight */
  invite_member: {
    method: "POST";
    url: "/v1/memberships/invitations";
    header: { "idempotency-key": string };
    body: NewInvitation;
    answer: InvitationOut;
  };
  /** Take an open invitation back */
  withdraw_invitation: {
    method: "DELETE";
    url: "/v1/memberships/invitations/{invitation_id}";
    path: { "invitation_id": string };
    answer: void;
  };
  /** Proposals of the strongest roles, oldest first */
  list_role_proposals: {
    method: "GET";
    url: "/v1/memberships/proposals";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageProposalOut;
  };
  /** Propose one of the strongest roles for somebody. Another administrator decides */
  propose_role: {
    method: "POST";
    url: "/v1/memberships/proposals";
    header: { "idempotency-key": string };
    body: NewProposal;
    answer: ProposalOut;
  };
  /** Grant a proposed role, or decline. Neither who proposed it nor whom it is about may */
  decide_role_proposal: {
    method: "POST";
    url: "/v1/memberships/proposals/{proposal_id}/decision";
    path: { "proposal_id": string };
    header: { "idempotency-key": string };
    body: ProposalDecision;
    answer: ProposalOut;
  };
  /** End a role at once, or on a day to come. A role that has ended stays as it is */
  end_membership: {
    method: "POST";
    url: "/v1/memberships/{membership_id}/end";
    path: { "membership_id": string };
    body: Ending;
    answer: MembershipOut;
  };
  /** What a merge of two people did in certification, and what of it a person has to settle */
  get_merge_effects_in_certification: {
    method: "GET";
    url: "/v1/merge-effects/certification/{merge_id}";
    path: { "merge_id": string };
    answer: MergeEffects;
  };
  /** What a merge of two people did in funding, and what of it a person has to settle */
  get_merge_effects_in_funding: {
    method: "GET";
    url: "/v1/merge-effects/funding/{merge_id}";
    path: { "merge_id": string };
    answer: MergeEffects;
  };
  /** What a merge of two people did in hubs, and what of it a person has to settle */
  get_merge_effects_in_hubs: {
    method: "GET";
    url: "/v1/merge-effects/hubs/{merge_id}";
    path: { "merge_id": string };
    answer: MergeEffects;
  };
  /** What a merge of two people did in identity, and what of it a person has to settle */
  get_merge_effects_in_identity: {
    method: "GET";
    url: "/v1/merge-effects/identity/{merge_id}";
    path: { "merge_id": string };
    answer: MergeEffects;
  };
  /** What was proposed, decided and taken back, the latest first */
  list_merges: {
    method: "GET";
    url: "/v1/merges";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageMergeOut;
  };
  /** Propose that one account goes by another */
  propose_merge: {
    method: "POST";
    url: "/v1/merges";
    header: { "idempotency-key": string };
    body: NewMerge;
    answer: MergeOut;
  };
  /** Accounts that may be one person's, with reasons. Both can read that you looked */
  list_merge_candidates: {
    method: "GET";
    url: "/v1/merges/candidates";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageMergeCandidate;
  };
  /** Decide on what another administrator proposed. Approved, the account's sign-ins end and every service follows */
  decide_merge: {
    method: "POST";
    url: "/v1/merges/{merge_id}/decision";
    path: { "merge_id": string };
    header: { "idempotency-key": string };
    body: MergeDecision;
    answer: MergeOut;
  };
  /** What approving a proposal would do here */
  preview_merge: {
    method: "GET";
    url: "/v1/merges/{merge_id}/preview";
    path: { "merge_id": string };
    answer: MergePreview;
  };
  /** Take a merge back. Each gets back what was theirs; what was made since stays with the account that was kept */
  separate_merged: {
    method: "POST";
    url: "/v1/merges/{merge_id}/separation";
    path: { "merge_id": string };
    header: { "idempotency-key": string };
    body: MergeSeparation;
    answer: MergeOut;
  };
  /** Every version of the policy: shares looked at, service level, how long evidence is kept */
  list_moderation_policies: {
    method: "GET";
    url: "/v1/moderation/policies";
    answer: PolicyList;
  };
  /** Propose a version of the policy. It takes effect when another administrator has approved it */
  propose_moderation_policy: {
    method: "POST";
    url: "/v1/moderation/policies";
    header: { "idempotency-key": string };
    body: PolicyProposal;
    answer: PolicyOut;
  };
  /** Approve a version that another administrator proposed */
  approve_moderation_policy: {
    method: "POST";
    url: "/v1/moderation/policies/{policy_version}/approval";
    path: { "policy_version": number };
    header: { "idempotency-key": string };
    answer: PolicyOut;
  };
  /** What waits for you, the entry due first at the top: neither your own nor what another moderator has in hand */
  list_queue: {
    method: "GET";
    url: "/v1/moderation/queue";
    query: { "section"?: "waiting" | "mine" | "audits"; "limit"?: number; "cursor"?: string | null };
    answer: PageQueueItem;
  };
  /** The queue in numbers: by status, overdue, and how much was decided in time */
  get_moderation_summary: {
    method: "GET";
    url: "/v1/moderation/summary";
    answer: Summary;
  };
  /** Proposals of the caller's networks, newest first */
  list_network_proposals: {
    method: "GET";
    url: "/v1/network-proposals";
    query: { "network"?: string | null; "year"?: string | null; "status"?: "proposed" | "approved" | "refused" | null; "limit"?: number; "cursor"?: string | null };
    answer: PageNetworkProposalOut;
  };
  /** Propose a file, YAML or JSON, of a whole network or of one project. It is in force once another has approved */
  propose_network_file: {
    method: "POST";
    url: "/v1/network-proposals";
    query: { "network"?: string | null; "reason": string };
    header: { "idempotency-key": string };
    body: BodyInit;
    answer: NetworkProposalDetail;
  };
  /** Say what a file, YAML or JSON, is wrong in, or what it would change. Keeps nothing */
  check_network_file: {
    method: "POST";
    url: "/v1/network-proposals/check";
    query: { "network"?: string | null };
    body: BodyInit;
    answer: FileCheck;
  };
  /** One proposal with what it changes */
  get_network_proposal: {
    method: "GET";
    url: "/v1/network-proposals/{network_proposal_id}";
    path: { "network_proposal_id": string };
    answer: NetworkProposalDetail;
  };
  /** Approve or refuse what somebody else proposed */
  decide_network_proposal: {
    method: "POST";
    url: "/v1/network-proposals/{network_proposal_id}/decision";
    path: { "network_proposal_id": string };
    header: { "idempotency-key": string };
    body: ProposalDecisionIn;
    answer: NetworkProposalOut;
  };
  /** Networks by slug */
  list_networks: {
    method: "GET";
    url: "/v1/networks";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageNetworkOut;
  };
  /** What holds in a network in a year. Its projects are at `/v1/projects?network=…&year=…` */
  get_network_year: {
    method: "GET";
    url: "/v1/networks/{network}/{project_year}";
    path: { "network": string; "project_year": string };
    answer: NetworkYearOut;
  };
  /** A network's year in figures, by project, region and hub; without money for who only evaluates */
  get_network_dashboard: {
    method: "GET";
    url: "/v1/networks/{network}/{project_year}/dashboard";
    path: { "network": string; "project_year": string };
    query: { "basis"?: "agreed" | "newest" };
    answer: NetworkDashboard;
  };
  /** One of its tables as CSV; `groups` is every group of the year */
  get_network_dashboard_csv: {
    method: "GET";
    url: "/v1/networks/{network}/{project_year}/dashboard.csv";
    path: { "network": string; "project_year": string };
    query: { "table"?: "projects" | "regions" | "hubs" | "groups" | "reports"; "basis"?: "agreed" | "newest" };
    answer: Blob;
  };
  /** Groups that the caller leads or is in, or whose school is in them: what was done, and what is due */
  get_own_dashboard: {
    method: "GET";
    url: "/v1/networks/{network}/{project_year}/dashboard/own";
    path: { "network": string; "project_year": string };
    answer: OwnDashboard;
  };
  /** The whole network in one file: edit it, and propose it at `/v1/network-proposals` */
  get_network_file: {
    method: "GET";
    url: "/v1/networks/{network}/{project_year}/file";
    path: { "network": string; "project_year": string };
    query: { "format"?: "yaml" | "json" };
    answer: string;
  };
  /** Hubs of the network by name, those that have left too */
  list_network_hubs: {
    method: "GET";
    url: "/v1/networks/{network}/{project_year}/hubs";
    path: { "network": string; "project_year": string };
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageNetworkHubOut;
  };
  /** A hub's part in the network, for its staff and the national team */
  get_network_hub: {
    method: "GET";
    url: "/v1/networks/{network}/{project_year}/hubs/{hub_id}";
    path: { "network": string; "project_year": string; "hub_id": string };
    answer: NetworkHubDetail;
  };
  /** Set a hub's part in a network: when it joined, what is known of it, what was agreed. `"0"` begins it */
  set_network_hub: {
    method: "PUT";
    url: "/v1/networks/{network}/{project_year}/hubs/{hub_id}";
    path: { "network": string; "project_year": string; "hub_id": string };
    header: { "if-match": string };
    body: NetworkHubIn;
    answer: NetworkHubDetail;
  };
  /** One hub's year in figures, and its groups one by one */
  get_hub_dashboard: {
    method: "GET";
    url: "/v1/networks/{network}/{project_year}/hubs/{hub_id}/dashboard";
    path: { "network": string; "project_year": string; "hub_id": string };
    query: { "basis"?: "agreed" | "newest" };
    answer: HubDashboard;
  };
  /** One of its tables as CSV */
  get_hub_dashboard_csv: {
    method: "GET";
    url: "/v1/networks/{network}/{project_year}/hubs/{hub_id}/dashboard.csv";
    path: { "network": string; "project_year": string; "hub_id": string };
    query: { "table"?: "projects" | "groups" | "reports"; "basis"?: "agreed" | "newest" };
    answer: Blob;
  };
  /** All hubs' plans by project and region, held against the network's aims and limits */
  get_network_plan: {
    method: "GET";
    url: "/v1/networks/{network}/{project_year}/plan";
    path: { "network": string; "project_year": string };
    query: { "basis"?: "agreed" | "newest" };
    answer: NetworkPlanOut;
  };
  /** The same as CSV: a line for each line of each hub's plan */
  get_network_plan_csv: {
    method: "GET";
    url: "/v1/networks/{network}/{project_year}/plan.csv";
    path: { "network": string; "project_year": string };
    query: { "basis"?: "agreed" | "newest" };
    answer: Blob;
  };
  /** List the OAuth clients of the organisations you manage, revoked ones included */
  list_oauth_clients: {
    method: "GET";
    url: "/v1/oauth-clients";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageOAuthClientOut;
  };
  /** Register a program of an organisation; a secret is shown in this reply only */
  create_oauth_client: {
    method: "POST";
    url: "/v1/oauth-clients";
    body: NewOAuthClient;
    answer: CreatedOAuthClient;
  };
  /** Revoke an OAuth client at once and for ever, with the tokens it has */
  revoke_oauth_client: {
    method: "DELETE";
    url: "/v1/oauth-clients/{client_id}";
    path: { "client_id": string };
    answer: void;
  };
  /** Replace the public keys with which a client proves itself; two at a time let it change without a gap */
  replace_oauth_keys: {
    method: "PUT";
    url: "/v1/oauth-clients/{client_id}/jwks";
    path: { "client_id": string };
    body: KeySet;
    answer: OAuthClientOut;
  };
  /** Give a client another secret; the one before works on for as long as the overlap lasts */
  rotate_oauth_secret: {
    method: "POST";
    url: "/v1/oauth-clients/{client_id}/secret-rotation";
    path: { "client_id": string };
    body: SecretRotation;
    answer: CreatedOAuthClient;
  };
  /** List the organisations and what each is responsible for */
  list_organisations: {
    method: "GET";
    url: "/v1/organisations";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageOrganisationOut;
  };
  /** What all credentials of an organisation may ask together */
  show_request_limit: {
    method: "GET";
    url: "/v1/organisations/{organisation_id}/request-limit";
    path: { "organisation_id": string };
    answer: RequestLimit;
  };
  /** Limit what all credentials of an organisation may ask together */
  limit_requests: {
    method: "PUT";
    url: "/v1/organisations/{organisation_id}/request-limit";
    path: { "organisation_id": string };
    body: RequestLimit;
    answer: RequestLimit;
  };
  /** Overrides, the latest first */
  list_overrides: {
    method: "GET";
    url: "/v1/overrides";
    query: { "status"?: OverrideStatus | null; "school_urn"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageOverrideOut;
  };
  /** Say what a fact is, with evidence. It counts once a second person approves it, until its last day */
  propose_override: {
    method: "POST";
    url: "/v1/overrides";
    header: { "idempotency-key": string };
    body: OverrideRequest;
    answer: OverrideOut;
  };
  /** One override */
  get_override: {
    method: "GET";
    url: "/v1/overrides/{override_id}";
    path: { "override_id": string };
    answer: OverrideOut;
  };
  /** Approve or decline somebody else's. Bursaries and fees that wait for the fact are decided at once */
  decide_override: {
    method: "POST";
    url: "/v1/overrides/{override_id}/approval";
    path: { "override_id": string };
    header: { "idempotency-key": string };
    body: OverrideDecision;
    answer: OverrideOut;
  };
  /** Let it hold no longer. What was approved on it stays; what was not is decided again */
  end_override: {
    method: "POST";
    url: "/v1/overrides/{override_id}/end";
    path: { "override_id": string };
    header: { "idempotency-key": string };
    body: OverrideEnd;
    answer: OverrideOut;
  };
  /** Approved debts to organisations, the latest first */
  list_payables: {
    method: "GET";
    url: "/v1/payables";
    query: { "budget"?: string | null; "status"?: PayableStatus | null; "limit"?: number; "cursor"?: string | null };
    answer: PagePayableOut;
  };
  /** Explain a pound of a grant: from its payment back to drawdown or claim, award, calculation, card and people */
  explain_payable: {
    method: "GET";
    url: "/v1/payables/{payable_id}/explanation";
    path: { "payable_id": string };
    answer: GrantExplanation;
  };
  /** The same in plain English, a sentence a line */
  explain_payable_in_words: {
    method: "GET";
    url: "/v1/payables/{payable_id}/explanation.txt";
    path: { "payable_id": string };
    answer: Blob;
  };
  /** Payees, the latest first */
  list_payees: {
    method: "GET";
    url: "/v1/payees";
    query: { "kind"?: PayeeKind | null; "reference"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PagePayeeSummary;
  };
  /** Enter a school, trust, authority or hub to be paid. Another person confirms the bank details */
  create_payee: {
    method: "POST";
    url: "/v1/payees";
    header: { "idempotency-key": string };
    body: NewPayee;
    answer: PayeeOut;
  };
  /** A payee with every version of its bank details, of which the last digits are shown */
  get_payee: {
    method: "GET";
    url: "/v1/payees/{payee_id}";
    path: { "payee_id": string };
    answer: PayeeOut;
  };
  /** Propose other bank details. Payments go by the old ones until these are approved */
  propose_payee_details: {
    method: "POST";
    url: "/v1/payees/{payee_id}/details";
    path: { "payee_id": string };
    header: { "idempotency-key": string };
    body: DetailsProposal;
    answer: PayeeOut;
  };
  /** Approve bank details, having confirmed them by another way, or decline them. Payments use them after a pause */
  decide_payee_details: {
    method: "POST";
    url: "/v1/payees/{payee_id}/details/{details_version}/decision";
    path: { "payee_id": string; "details_version": number };
    header: { "idempotency-key": string };
    body: DetailsDecision;
    answer: PayeeOut;
  };
  /** Payment runs, the latest first */
  list_payment_runs: {
    method: "GET";
    url: "/v1/payment-runs";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PagePaymentRunSummary;
  };
  /** Collect everything of a budget that is owed, is in no run yet, and whose payee can be paid now */
  prepare_payment_run: {
    method: "POST";
    url: "/v1/payment-runs";
    header: { "idempotency-key": string };
    body: PaymentRunRequest;
    answer: PaymentRunOut;
  };
  /** Everything of a budget that is owed and in no run, and what holds up what cannot be paid now */
  list_waiting_payments: {
    method: "GET";
    url: "/v1/payment-runs/waiting";
    query: { "budget": string };
    answer: WaitingList;
  };
  /** One payment run with its payments */
  get_payment_run: {
    method: "GET";
    url: "/v1/payment-runs/{run_id}";
    path: { "run_id": string };
    answer: PaymentRunOut;
  };
  /** Approve what was checked, or send it back. Not by the preparer; of a flagged run not by the checker either */
  decide_payment_run: {
    method: "POST";
    url: "/v1/payment-runs/{run_id}/approval";
    path: { "run_id": string };
    header: { "idempotency-key": string };
    body: RunApproval;
    answer: PaymentRunOut;
  };
  /** Give a run up that is not released. What was in it waits for another */
  cancel_payment_run: {
    method: "POST";
    url: "/v1/payment-runs/{run_id}/cancellation";
    path: { "run_id": string };
    header: { "idempotency-key": string };
    body: Cancellation;
    answer: PaymentRunOut;
  };
  /** Vouch for every line, as somebody else than prepared the run */
  check_payment_run: {
    method: "POST";
    url: "/v1/payment-runs/{run_id}/check";
    path: { "run_id": string };
    header: { "idempotency-key": string };
    body: RunCheck;
    answer: PaymentRunOut;
  };
  /** Note that the bank debited the sum of the run. What came back before stays returned; the rest has arrived */
  confirm_payment_run: {
    method: "POST";
    url: "/v1/payment-runs/{run_id}/confirmation";
    path: { "run_id": string };
    header: { "idempotency-key": string };
    body: BankConfirmation;
    answer: PaymentRunOut;
  };
  /** The files of a released run: totals, hashes, and who downloaded what when */
  list_bank_files: {
    method: "GET";
    url: "/v1/payment-runs/{run_id}/files";
    path: { "run_id": string };
    answer: FileList;
  };
  /** Download a file of a released run, once. It holds whole account numbers: take it to the bank and delete it */
  download_bank_file: {
    method: "POST";
    url: "/v1/payment-runs/{run_id}/files/{format}/download";
    path: { "run_id": string; "format": FileFormat };
    answer: Blob;
  };
  /** Ask to download a file again. Another person decides */
  request_bank_file_again: {
    method: "POST";
    url: "/v1/payment-runs/{run_id}/files/{format}/reissue";
    path: { "run_id": string; "format": FileFormat };
    header: { "idempotency-key": string };
    body: ReissueRequest;
    answer: FileList;
  };
  /** Permit one more download, having made sure that the bank has nothing of it yet, or refuse */
  decide_bank_file_again: {
    method: "POST";
    url: "/v1/payment-runs/{run_id}/files/{format}/reissue/approval";
    path: { "run_id": string; "format": FileFormat };
    header: { "idempotency-key": string };
    body: ReissueDecision;
    answer: FileList;
  };
  /** Have the banks process it on another day. Check and approval are void */
  move_payment_run: {
    method: "POST";
    url: "/v1/payment-runs/{run_id}/processing-day";
    path: { "run_id": string };
    header: { "idempotency-key": string };
    body: ProcessingDay;
    answer: PaymentRunOut;
  };
  /** Pay an approved run, as somebody who had no part in it or in anything that it pays */
  release_payment_run: {
    method: "POST";
    url: "/v1/payment-runs/{run_id}/release";
    path: { "run_id": string };
    header: { "idempotency-key": string };
    answer: PaymentRunOut;
  };
  /** Take a payment out. Check and approval are void: the run is a draft again */
  remove_payment: {
    method: "POST";
    url: "/v1/payment-runs/{run_id}/removals";
    path: { "run_id": string };
    header: { "idempotency-key": string };
    body: Removal;
    answer: PaymentRunOut;
  };
  /** Payments that left, the latest first: of the payees you speak for; for finance staff and auditors, all */
  list_payments: {
    method: "GET";
    url: "/v1/payments";
    query: { "status"?: "sent" | "returned" | null; "limit"?: number; "cursor"?: string | null };
    answer: PagePaymentSummary;
  };
  /** Explain a pound: from a payment back to its claim, decision, rule version, facts, evidence, people and postings */
  explain_payment: {
    method: "GET";
    url: "/v1/payments/{payment_id}/explanation";
    path: { "payment_id": string };
    answer: Explanation;
  };
  /** The same in plain English, a sentence a line */
  explain_payment_in_words: {
    method: "GET";
    url: "/v1/payments/{payment_id}/explanation.txt";
    path: { "payment_id": string };
    answer: Blob;
  };
  /** The remittance advice of a payment: what it was for, when it arrives, and whether the bank sent it back */
  get_remittance: {
    method: "GET";
    url: "/v1/payments/{payment_id}/remittance";
    path: { "payment_id": string };
    answer: Remittance;
  };
  /** The same for a spreadsheet, a line for each part of the amount */
  get_remittance_csv: {
    method: "GET";
    url: "/v1/payments/{payment_id}/remittance.csv";
    path: { "payment_id": string };
    answer: Blob;
  };
  /** The same to print: a tagged PDF */
  get_remittance_pdf: {
    method: "GET";
    url: "/v1/payments/{payment_id}/remittance.pdf";
    path: { "payment_id": string };
    answer: Blob;
  };
  /** All versions of the bursary and fee policies, with the days they were in force */
  list_policies: {
    method: "GET";
    url: "/v1/policies";
    query: { "policy"?: string | null; "on"?: string | null };
    answer: FundingPolicyList;
  };
  /** Drafts, the oldest first */
  list_policy_drafts: {
    method: "GET";
    url: "/v1/policy-drafts";
    query: { "policy"?: string | null; "status"?: DraftStatus | null; "limit"?: number; "cursor"?: string | null };
    answer: FundingPageDraftOut;
  };
  /** Propose a version of a policy with the cases that it has to pass. Nothing applies until it is published */
  propose_policy: {
    method: "POST";
    url: "/v1/policy-drafts";
    header: { "idempotency-key": string };
    body: FundingDraftContent;
    answer: FundingDraftOut;
  };
  /** One draft */
  get_policy_draft: {
    method: "GET";
    url: "/v1/policy-drafts/{draft_id}";
    path: { "draft_id": string };
    answer: FundingDraftOut;
  };
  /** Replace what your draft says. It has to be tested again */
  rewrite_policy_draft: {
    method: "PUT";
    url: "/v1/policy-drafts/{draft_id}";
    path: { "draft_id": string };
    header: { "if-match": string };
    body: FundingDraftContent;
    answer: FundingDraftOut;
  };
  /** Approve or decline a tested draft of somebody else's */
  decide_on_policy_draft: {
    method: "POST";
    url: "/v1/policy-drafts/{draft_id}/approval";
    path: { "draft_id": string };
    header: { "idempotency-key": string };
    body: DraftDecision;
    answer: FundingDraftOut;
  };
  /** Who would gain and who would lose: every school, against the version that would be in force that day */
  preview_draft: {
    method: "GET";
    url: "/v1/policy-drafts/{draft_id}/preview";
    path: { "draft_id": string };
    answer: DraftPreview;
  };
  /** Make an approved draft a version for good. Whoever applied before keeps the version of that day */
  publish_policy_draft: {
    method: "POST";
    url: "/v1/policy-drafts/{draft_id}/publication";
    path: { "draft_id": string };
    header: { "idempotency-key": string };
    answer: FundingDraftOut;
  };
  /** Run the cases stored with the draft. It is tested when all pass and each row has one */
  test_policy_draft: {
    method: "POST";
    url: "/v1/policy-drafts/{draft_id}/test";
    path: { "draft_id": string };
    header: { "idempotency-key": string };
    answer: FundingTrialReport;
  };
  /** What was erased and what stays, by the code from the last mail. It names nobody */
  get_erasure_certificate: {
    method: "GET";
    url: "/v1/privacy/erasure-certificates/{certificate_code}";
    path: { "certificate_code": string };
    answer: ErasureCertificate;
  };
  /** Your own erasures; for administrators and auditors everybody's, and which service's part is out */
  list_erasures: {
    method: "GET";
    url: "/v1/privacy/erasures";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageErasureOut;
  };
  /** Ask to be forgotten, everywhere. A mail asks to confirm; after that there is a fortnight to change your mind */
  ask_for_erasure: {
    method: "POST";
    url: "/v1/privacy/erasures";
    answer: ErasureOut;
  };
  /** Confirm it with the token from the mail, signed in as the same person */
  confirm_erasure: {
    method: "POST";
    url: "/v1/privacy/erasures/confirmation";
    body: ErasureConfirmation;
    answer: ErasureOut;
  };
  /** Change your mind, as long as nothing was erased */
  cancel_erasure: {
    method: "POST";
    url: "/v1/privacy/erasures/{erasure_id}/cancellation";
    path: { "erasure_id": string };
    answer: ErasureOut;
  };
  /** Your exports, the newest first */
  list_exports: {
    method: "GET";
    url: "/v1/privacy/exports";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PagePersonExportOut;
  };
  /** Ask for everything that the platform holds about you, in all its parts. A mail tells when it is there */
  ask_for_export: {
    method: "POST";
    url: "/v1/privacy/exports";
    answer: PersonExportOut;
  };
  /** One of your exports: which parts are there */
  get_export: {
    method: "GET";
    url: "/v1/privacy/exports/{export_id}";
    path: { "export_id": string };
    answer: PersonExportOut;
  };
  /** One archive of all parts. It says in its index which parts are missing or could not be fetched just now */
  download_export: {
    method: "GET";
    url: "/v1/privacy/exports/{export_id}/archive";
    path: { "export_id": string };
    answer: Blob;
  };
  /** How long certification keeps what it holds about people, and what its rules last met */
  get_certification_retention: {
    method: "GET";
    url: "/v1/privacy/retention/certification";
    query: { "count_due"?: boolean };
    answer: RetentionTable;
  };
  /** How long funding keeps what it holds about people, and what its rules last met */
  get_funding_retention: {
    method: "GET";
    url: "/v1/privacy/retention/funding";
    query: { "count_due"?: boolean };
    answer: RetentionTable;
  };
  /** How long hubs keeps what it holds about people, and what its rules last met */
  get_hubs_retention: {
    method: "GET";
    url: "/v1/privacy/retention/hubs";
    query: { "count_due"?: boolean };
    answer: RetentionTable;
  };
  /** How long identity keeps what it holds about people, and what its rules last met */
  get_identity_retention: {
    method: "GET";
    url: "/v1/privacy/retention/identity";
    query: { "count_due"?: boolean };
    answer: RetentionTable;
  };
  /** All programmes */
  list_programmes: {
    method: "GET";
    url: "/v1/programmes";
    answer: ProgrammesOut;
  };
  /** Keep a new programme */
  create_programme: {
    method: "POST";
    url: "/v1/programmes";
    header: { "idempotency-key": string };
    body: ProgrammeIn;
    answer: ProgrammeOut;
  };
  /** One programme. Its ETag is what an edit needs */
  get_programme: {
    method: "GET";
    url: "/v1/programmes/{programme_slug}";
    path: { "programme_slug": string };
    answer: ProgrammeOut;
  };
  /** Change a programme, from the version that was read */
  edit_programme: {
    method: "PATCH";
    url: "/v1/programmes/{programme_slug}";
    path: { "programme_slug": string };
    header: { "if-match": string };
    body: ProgrammeEdit;
    answer: ProgrammeOut;
  };
  /** Schools that take part; a school's lead sees their own */
  list_programme_enrolments: {
    method: "GET";
    url: "/v1/programmes/{programme_slug}/enrolments";
    path: { "programme_slug": string };
    query: { "academic_year"?: string | null; "urn"?: string | null; "is_standing"?: boolean | null; "limit"?: number; "cursor"?: string | null };
    answer: PageEnrolmentOut;
  };
  /** Let the caller's school take part in an academic year */
  enrol_school: {
    method: "POST";
    url: "/v1/programmes/{programme_slug}/enrolments";
    path: { "programme_slug": string };
    header: { "idempotency-key": string };
    body: EnrolmentIn;
    answer: EnrolmentOut;
  };
  /** End the part of the caller's school; it may enrol again */
  withdraw_school: {
    method: "POST";
    url: "/v1/programmes/{programme_slug}/enrolments/{enrolment_id}/withdrawal";
    path: { "programme_slug": string; "enrolment_id": string };
    header: { "idempotency-key": string };
    body: hubsProgrammesSchemasWithdrawalIn;
    answer: EnrolmentOut;
  };
  /** Figures by year, and by region, organiser or approach. A group of fewer than five pupils cannot be read off */
  get_programme_report: {
    method: "GET";
    url: "/v1/programmes/{programme_slug}/report";
    path: { "programme_slug": string };
    query: { "by"?: "total" | "region" | "organiser" | "approach"; "academic_year"?: string | null };
    answer: hubsProgrammesSchemasReportOut;
  };
  /** The same as CSV */
  get_programme_report_csv: {
    method: "GET";
    url: "/v1/programmes/{programme_slug}/report.csv";
    path: { "programme_slug": string };
    query: { "by"?: "total" | "region" | "organiser" | "approach"; "academic_year"?: string | null };
    answer: void;
  };
  /** Credits recorded and needed per component and scheme, why a scheme is not complete, what would help next */
  get_progress: {
    method: "GET";
    url: "/v1/progress";
    answer: Progress;
  };
  /** Applications of the caller or their school, and those to their hub or network; the waiting ones in turn */
  list_project_applications: {
    method: "GET";
    url: "/v1/project-applications";
    query: { "network"?: string | null; "project_id"?: string | null; "project_code"?: string | null; "project_year"?: string | null; "hub_id"?: string | null; "status"?: "interested" | "applied" | "waiting" | "selected" | "declined" | "withdrawn" | null; "limit"?: number; "cursor"?: string | null };
    answer: PageProjectApplicationOut;
  };
  /** Express interest in a project, or apply for it, at a hub. The criteria are decided at once, with reasons */
  apply_for_project: {
    method: "POST";
    url: "/v1/project-applications";
    header: { "idempotency-key": string };
    body: ProjectApplicationIn;
    answer: ProjectApplicationOut;
  };
  /** One application with its reasons */
  get_project_application: {
    method: "GET";
    url: "/v1/project-applications/{project_application_id}";
    path: { "project_application_id": string };
    answer: ProjectApplicationOut;
  };
  /** Make the school's statement of commitment, by who speaks for it. A repeat changes nothing */
  commit_to_project: {
    method: "POST";
    url: "/v1/project-applications/{project_application_id}/commitment";
    path: { "project_application_id": string };
    body: ProjectCommitmentIn;
    answer: ProjectApplicationOut;
  };
  /** Decide one criterion as a person, for a reason; the application is decided again */
  override_project_criterion: {
    method: "POST";
    url: "/v1/project-applications/{project_application_id}/overrides";
    path: { "project_application_id": string };
    body: CriterionOverride;
    answer: ProjectApplicationOut;
  };
  /** Give the applicant a place in a group, keep them waiting, or decline. A repeat changes nothing */
  select_project_application: {
    method: "POST";
    url: "/v1/project-applications/{project_application_id}/selection";
    path: { "project_application_id": string };
    body: ProjectSelectionIn;
    answer: ProjectApplicationOut;
  };
  /** Turn interest into an application, with what is declared now. A repeat changes nothing */
  submit_project_application: {
    method: "POST";
    url: "/v1/project-applications/{project_application_id}/submission";
    path: { "project_application_id": string };
    body: ProjectSubmissionIn;
    answer: ProjectApplicationOut;
  };
  /** Take an application back before the hub selects it. A repeat changes nothing */
  withdraw_project_application: {
    method: "POST";
    url: "/v1/project-applications/{project_application_id}/withdrawal";
    path: { "project_application_id": string };
    body: ProjectWithdrawalIn;
    answer: ProjectApplicationOut;
  };
  /** Leads of the caller's hub or network, and the caller's own proposals */
  list_project_leads: {
    method: "GET";
    url: "/v1/project-leads";
    query: { "network"?: string | null; "project_id"?: string | null; "project_code"?: string | null; "project_year"?: string | null; "hub_id"?: string | null; "status"?: "proposed" | "accepted" | "declined" | "ended" | null; "limit"?: number; "cursor"?: string | null };
    answer: PageProjectLeadOut;
  };
  /** Propose a person as lead. The project's requirements are decided at once, with reasons */
  propose_project_lead: {
    method: "POST";
    url: "/v1/project-leads";
    header: { "idempotency-key": string };
    body: ProjectLeadIn;
    answer: ProjectLeadDetail;
  };
  /** One lead: the days they are given for what they lead, and where they have to be */
  get_project_lead: {
    method: "GET";
    url: "/v1/project-leads/{lead_id}";
    path: { "lead_id": string };
    answer: ProjectLeadDetail;
  };
  /** Say at which of the network's occasions a lead was. Marking again corrects */
  mark_project_lead: {
    method: "PUT";
    url: "/v1/project-leads/{lead_id}/attendance";
    path: { "lead_id": string };
    body: LeadAttendanceIn;
    answer: ProjectLeadDetail;
  };
  /** Accept or decline who was proposed. A repeat changes nothing */
  decide_project_lead: {
    method: "POST";
    url: "/v1/project-leads/{lead_id}/decision";
    path: { "lead_id": string };
    body: LeadDecisionIn;
    answer: ProjectLeadDetail;
  };
  /** Let somebody lead no more. A repeat changes nothing */
  end_project_lead: {
    method: "POST";
    url: "/v1/project-leads/{lead_id}/end";
    path: { "lead_id": string };
    body: LeadEndIn;
    answer: ProjectLeadDetail;
  };
  /** Reports that the caller writes, and those of their groups, hub or network, newest first */
  list_project_reports: {
    method: "GET";
    url: "/v1/project-reports";
    query: { "network"?: string | null; "project_year"?: string | null; "project_code"?: string | null; "hub_id"?: string | null; "group_id"?: string | null; "status"?: "draft" | "submitted" | "returned" | "accepted" | "withdrawn" | null; "duty"?: string | null; "is_overdue"?: boolean | null; "limit"?: number; "cursor"?: string | null };
    answer: chassisPagingPageReportOut2;
  };
  /** What was handed in, for national evaluation: a line per outcome, under pseudonyms and without texts */
  get_evaluation_csv: {
    method: "GET";
    url: "/v1/project-reports/evaluation.csv";
    query: { "network": string; "project_year": string };
    answer: Blob;
  };
  /** The lead evaluator's view: by project what is owed, late, handed in and accepted, and how outcomes stand */
  get_project_report_overview: {
    method: "GET";
    url: "/v1/project-reports/overview";
    query: { "network": string; "project_year": string };
    answer: OverviewOut;
  };
  /** One report: what it asks for, lacks and says, and what the registers say. Its ETag is what saving needs */
  get_project_report: {
    method: "GET";
    url: "/v1/project-reports/{project_report_id}";
    path: { "project_report_id": string };
    answer: ReportDetail;
  };
  /** Keep a draft, from the version that was read. What is missing is told; nothing of a draft is refused for it */
  save_project_report: {
    method: "PUT";
    url: "/v1/project-reports/{project_report_id}";
    path: { "project_report_id": string };
    header: { "if-match": string };
    body: Answers;
    answer: ReportDetail;
  };
  /** Accept a report, or return it with a reason; who handed it in is told. A repeat changes nothing */
  decide_project_report: {
    method: "POST";
    url: "/v1/project-reports/{project_report_id}/decision";
    path: { "project_report_id": string };
    body: hubsProjectReportsSchemasDecisionIn;
    answer: ReportDetail;
  };
  /** Hand a report in. A repeat changes nothing */
  submit_project_report: {
    method: "POST";
    url: "/v1/project-reports/{project_report_id}/submission";
    path: { "project_report_id": string };
    answer: ReportDetail;
  };
  /** Projects by network, year and code */
  list_projects: {
    method: "GET";
    url: "/v1/projects";
    query: { "network"?: string | null; "year"?: string | null; "code"?: string | null; "phase"?: "early_years" | "primary" | "secondary" | "post_16" | null; "kind"?: "programme" | "work_group" | "community" | null; "participation"?: "required" | "recommended" | "one_of_set" | "optional" | null; "card"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageProjectOut;
  };
  /** A project with its document: that in force, or an earlier version */
  get_project: {
    method: "GET";
    url: "/v1/projects/{project_id}";
    path: { "project_id": string };
    query: { "number"?: number | null };
    answer: ProjectDetail;
  };
  /** The document as a file to edit; proposing it back unchanged changes nothing */
  get_project_file: {
    method: "GET";
    url: "/v1/projects/{project_id}/file";
    path: { "project_id": string };
    query: { "number"?: number | null; "format"?: "yaml" | "json" };
    answer: string;
  };
  /** Versions of a project's document, newest first */
  list_project_versions: {
    method: "GET";
    url: "/v1/projects/{project_id}/versions";
    path: { "project_id": string };
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageProjectVersionOut;
  };
  /** Bookings of the caller's school, and of events that the caller runs */
  list_pupil_bookings: {
    method: "GET";
    url: "/v1/pupil-bookings";
    query: { "event_id"?: string | null; "status"?: "booked" | "cancelled" | null; "limit"?: number; "cursor"?: string | null };
    answer: PagePupilBookingOut;
  };
  /** One booking */
  get_pupil_booking: {
    method: "GET";
    url: "/v1/pupil-bookings/{pupil_booking_id}";
    path: { "pupil_booking_id": string };
    answer: PupilBookingOut;
  };
  /** Change the numbers of a booking of the caller's school, before the event begins */
  change_pupil_booking: {
    method: "PATCH";
    url: "/v1/pupil-bookings/{pupil_booking_id}";
    path: { "pupil_booking_id": string };
    header: { "if-match": string };
    body: PupilBookingIn;
    answer: PupilBookingOut;
  };
  /** Give the places up before the event begins */
  cancel_pupil_booking: {
    method: "POST";
    url: "/v1/pupil-bookings/{pupil_booking_id}/cancellation";
    path: { "pupil_booking_id": string };
    header: { "idempotency-key": string };
    answer: PupilBookingOut;
  };
  /** Events to come, soonest first; with `near`, nearest first */
  list_pupil_events: {
    method: "GET";
    url: "/v1/pupil-events";
    query: { "programme_slug"?: string | null; "hub_id"?: string | null; "key_stage"?: "early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16" | null; "mode"?: "face_to_face" | "online" | null; "near"?: string | null; "within_km"?: number | null; "starts_from"?: string | null; "starts_to"?: string | null; "only_with_places"?: boolean; "limit"?: number; "cursor"?: string | null };
    answer: PagePupilEventOut;
  };
  /** Plan an event for a hub or a partner organisation of the caller's */
  plan_pupil_event: {
    method: "POST";
    url: "/v1/pupil-events";
    header: { "idempotency-key": string };
    body: PupilEventIn;
    answer: PupilEventDetail;
  };
  /** One event, with the places left now; how to join it for schools that booked and for who runs it */
  get_pupil_event: {
    method: "GET";
    url: "/v1/pupil-events/{event_id}";
    path: { "event_id": string };
    answer: PupilEventDetail;
  };
  /** Change an event that the caller runs, from the version that was read */
  edit_pupil_event: {
    method: "PATCH";
    url: "/v1/pupil-events/{event_id}";
    path: { "event_id": string };
    header: { "if-match": string };
    body: PupilEventEdit;
    answer: PupilEventDetail;
  };
  /** What the organiser said of who came, for the organiser. Its ETag is what telling it needs */
  get_attendance: {
    method: "GET";
    url: "/v1/pupil-events/{event_id}/attendance";
    path: { "event_id": string };
    answer: hubsPupilEventsSchemasAttendanceOut;
  };
  /** Say or correct how many came: by booking, and by group for the event as a whole if the programme counts them */
  tell_attendance: {
    method: "PUT";
    url: "/v1/pupil-events/{event_id}/attendance";
    path: { "event_id": string };
    header: { "if-match": string };
    body: hubsPupilEventsSchemasAttendanceIn;
    answer: hubsPupilEventsSchemasAttendanceOut;
  };
  /** Book numbers of pupils and staff for the caller's school: all of them or none */
  book_pupils: {
    method: "POST";
    url: "/v1/pupil-events/{event_id}/bookings";
    path: { "event_id": string };
    header: { "idempotency-key": string };
    body: PupilBookingIn;
    answer: PupilBookingOut;
  };
  /** Call an event off for good; every booking of it is cancelled */
  call_off_pupil_event: {
    method: "POST";
    url: "/v1/pupil-events/{event_id}/cancellation";
    path: { "event_id": string };
    header: { "idempotency-key": string };
    body: EventCancellation;
    answer: PupilEventDetail;
  };
  /** Banks of your organisation's assessments, oldest first */
  list_question_banks: {
    method: "GET";
    url: "/v1/question-banks";
    query: { "assessment"?: string | null; "status"?: BankStatus | null; "limit"?: number; "cursor"?: string | null };
    answer: PageBankSummary;
  };
  /** Propose a version of your organisation's assessment: its limits and all its questions */
  propose_question_bank: {
    method: "POST";
    url: "/v1/question-banks";
    header: { "idempotency-key": string };
    body: BankRequest;
    answer: BankSummary;
  };
  /** A bank with its questions and their answers */
  get_question_bank: {
    method: "GET";
    url: "/v1/question-banks/{bank_id}";
    path: { "bank_id": string };
    answer: BankOut;
  };
  /** Replace what your draft says */
  rewrite_question_bank: {
    method: "PUT";
    url: "/v1/question-banks/{bank_id}";
    path: { "bank_id": string };
    header: { "if-match": string };
    body: BankEdit;
    answer: BankSummary;
  };
  /** Approve or decline a bank that another assessor wrote */
  decide_on_question_bank: {
    method: "POST";
    url: "/v1/question-banks/{bank_id}/approval";
    path: { "bank_id": string };
    header: { "idempotency-key": string };
    body: BankDecision;
    answer: BankSummary;
  };
  /** Make an approved bank the assessment's next version: new attempts are made from it */
  publish_question_bank: {
    method: "POST";
    url: "/v1/question-banks/{bank_id}/publication";
    path: { "bank_id": string };
    header: { "idempotency-key": string };
    answer: BankSummary;
  };
  /** Drafts, oldest first */
  list_questionnaire_drafts: {
    method: "GET";
    url: "/v1/questionnaire-drafts";
    query: { "slug"?: string | null; "status"?: DraftStatus | null; "limit"?: number; "cursor"?: string | null };
    answer: PageQuestionnaireDraftOut;
  };
  /** Propose a questionnaire, with cases that it has to pass. Nobody is asked anything until it is published */
  propose_questionnaire: {
    method: "POST";
    url: "/v1/questionnaire-drafts";
    header: { "idempotency-key": string };
    body: QuestionnaireRequest;
    answer: QuestionnaireDraftOut;
  };
  /** One draft */
  get_questionnaire_draft: {
    method: "GET";
    url: "/v1/questionnaire-drafts/{questionnaire_id}";
    path: { "questionnaire_id": string };
    answer: QuestionnaireDraftOut;
  };
  /** Replace what your draft says. It has to be tested again */
  rewrite_questionnaire_draft: {
    method: "PUT";
    url: "/v1/questionnaire-drafts/{questionnaire_id}";
    path: { "questionnaire_id": string };
    header: { "if-match": string };
    body: QuestionnaireContent;
    answer: QuestionnaireDraftOut;
  };
  /** Approve or decline a tested draft of somebody else's */
  decide_on_questionnaire_draft: {
    method: "POST";
    url: "/v1/questionnaire-drafts/{questionnaire_id}/approval";
    path: { "questionnaire_id": string };
    header: { "idempotency-key": string };
    body: DraftDecision;
    answer: QuestionnaireDraftOut;
  };
  /** Make an approved draft the diagnostic's next version, for good. Whoever is sitting one finishes that one */
  publish_questionnaire_draft: {
    method: "POST";
    url: "/v1/questionnaire-drafts/{questionnaire_id}/publication";
    path: { "questionnaire_id": string };
    header: { "idempotency-key": string };
    answer: QuestionnaireDraftOut;
  };
  /** Run the cases stored with the draft. It is tested when all pass and every pathway that it recommends has one */
  test_questionnaire_draft: {
    method: "POST";
    url: "/v1/questionnaire-drafts/{questionnaire_id}/test";
    path: { "questionnaire_id": string };
    header: { "idempotency-key": string };
    answer: TrialReport;
  };
  /** One's own quotes; for funding staff and auditors, everybody's. The latest first */
  list_quotes: {
    method: "GET";
    url: "/v1/quotes";
    query: { "course_run_id"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageQuoteOut;
  };
  /** Price a run for oneself: the rule, the hub's own charge, every criterion, and until when the price holds */
  make_quote: {
    method: "POST";
    url: "/v1/quotes";
    header: { "idempotency-key": string };
    body: QuoteRequest;
    answer: QuoteOut;
  };
  /** One quote as it was told */
  get_quote: {
    method: "GET";
    url: "/v1/quotes/{quote_id}";
    path: { "quote_id": string };
    answer: QuoteOut;
  };
  /** Re-evaluations and how far they are, latest first */
  list_re_evaluations: {
    method: "GET";
    url: "/v1/re-evaluations";
    query: { "scheme"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageReEvaluationOut;
  };
  /** Look at everybody enrolled in a scheme under other rules. No certificate is ever taken back by it */
  ask_for_re_evaluation: {
    method: "POST";
    url: "/v1/re-evaluations";
    header: { "idempotency-key": string };
    body: ReEvaluationRequest;
    answer: ReEvaluationOut;
  };
  /** One re-evaluation: how many people are done, and how many would complete or lose */
  get_re_evaluation: {
    method: "GET";
    url: "/v1/re-evaluations/{re_evaluation_id}";
    path: { "re_evaluation_id": string };
    answer: ReEvaluationOut;
  };
  /** Call a re-evaluation off. What it has done so far stays */
  cancel_re_evaluation: {
    method: "POST";
    url: "/v1/re-evaluations/{re_evaluation_id}/cancellation";
    path: { "re_evaluation_id": string };
    header: { "idempotency-key": string };
    answer: ReEvaluationOut;
  };
  /** What was found about each person so far */
  list_findings: {
    method: "GET";
    url: "/v1/re-evaluations/{re_evaluation_id}/findings";
    path: { "re_evaluation_id": string };
    query: { "outcome"?: certificationReevaluationsSchemasOutcome | null; "limit"?: number; "cursor"?: string | null };
    answer: PageFindingOut;
  };
  /** A re-marking, how far it has come and what it changed */
  get_re_marking: {
    method: "GET";
    url: "/v1/re-markings/{re_marking_id}";
    path: { "re_marking_id": string };
    answer: ReMarkingOut;
  };
  /** Approve or decline what another assessor proposed. Approved, every marked attempt with it is marked again */
  decide_on_re_marking: {
    method: "POST";
    url: "/v1/re-markings/{re_marking_id}/decision";
    path: { "re_marking_id": string };
    header: { "idempotency-key": string };
    body: ReMarkingDecision;
    answer: ReMarkingOut;
  };
  /** Recovery cases, the latest first; for a school's lead those of the school */
  list_recoveries: {
    method: "GET";
    url: "/v1/recoveries";
    query: { "status"?: RecoveryStatus | null; "limit"?: number; "cursor"?: string | null };
    answer: PageRecoverySummary;
  };
  /** Open a case for a payment that was too much. For a completion that was withdrawn the platform opens it itself */
  open_recovery: {
    method: "POST";
    url: "/v1/recoveries";
    header: { "idempotency-key": string };
    body: Opening;
    answer: RecoveryOut;
  };
  /** One case with every step and receipt */
  get_recovery: {
    method: "GET";
    url: "/v1/recoveries/{case_id}";
    path: { "case_id": string };
    answer: RecoveryOut;
  };
  /** Agree to the proposal as a second person, or send it back */
  decide_recovery: {
    method: "POST";
    url: "/v1/recoveries/{case_id}/approval";
    path: { "case_id": string };
    header: { "idempotency-key": string };
    body: fundingRecoveriesSchemasAgreement;
    answer: RecoveryOut;
  };
  /** Propose how the money comes back: off the next payments, by invoice, or not at all */
  propose_recovery: {
    method: "POST";
    url: "/v1/recoveries/{case_id}/proposal";
    path: { "case_id": string };
    header: { "idempotency-key": string };
    body: Proposal;
    answer: RecoveryOut;
  };
  /** Record money that came back; it is available again in the budget it was paid from */
  record_receipt: {
    method: "POST";
    url: "/v1/recoveries/{case_id}/receipts";
    path: { "case_id": string };
    header: { "idempotency-key": string };
    body: fundingRecoveriesSchemasReceipt;
    answer: RecoveryOut;
  };
  /** Registers the caller keeps of runs that have begun, the longest over first. Nothing closes by itself */
  list_registers: {
    method: "GET";
    url: "/v1/registers";
    query: { "status"?: "open" | "due" | "overdue" | "closed" | null; "hub_id"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageRegisterListed;
  };
  /** Who holds a place and who came: session by session, in minutes, and whether that completes the run */
  get_register: {
    method: "GET";
    url: "/v1/registers/{course_run_id}";
    path: { "course_run_id": string };
    answer: RegisterOut;
  };
  /** Settle outcomes of the whole run, or correct them with a reason */
  mark_register: {
    method: "PUT";
    url: "/v1/registers/{course_run_id}";
    path: { "course_run_id": string };
    body: RegisterIn;
    answer: RegisterOut;
  };
  /** How outcomes were decided, oldest first: rule, inputs, and the reason of each correction */
  list_register_decisions: {
    method: "GET";
    url: "/v1/registers/{course_run_id}/decisions";
    path: { "course_run_id": string };
    query: { "booking_id"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageDecisionOut;
  };
  /** Mark one session. Outcomes are settled when the run is closed; after that a correction compensates */
  mark_session: {
    method: "PUT";
    url: "/v1/registers/{course_run_id}/sessions/{session_id}";
    path: { "course_run_id": string; "session_id": string };
    body: SessionMarksIn;
    answer: RegisterOut;
  };
  /** Open a code by which teachers sign in to the session. It replaces the one before, and is shown this once */
  open_sign_in_code: {
    method: "POST";
    url: "/v1/registers/{course_run_id}/sessions/{session_id}/sign-in-code";
    path: { "course_run_id": string; "session_id": string };
    body: CodeIn;
    answer: CodeOut;
  };
  /** What was spent by lot, region, phase, category and budget, against targets, and what is expected */
  get_funder_report: {
    method: "GET";
    url: "/v1/reports/funder";
    query: { "from_on"?: string | null; "to_on"?: string | null };
    answer: FunderReport;
  };
  /** The breakdowns for a spreadsheet */
  get_funder_report_csv: {
    method: "GET";
    url: "/v1/reports/funder.csv";
    query: { "from_on"?: string | null; "to_on"?: string | null };
    answer: Blob;
  };
  /** The report as a page with tables and drawings, which needs no script */
  get_funder_report_page: {
    method: "GET";
    url: "/v1/reports/funder.html";
    query: { "from_on"?: string | null; "to_on"?: string | null };
    answer: Blob;
  };
  /** What was to be reached and what was: teachers through the GCSE programme with their supply cover, and hubs */
  list_programme_targets: {
    method: "GET";
    url: "/v1/reports/targets";
    answer: TargetList;
  };
  /** Published resources; 304 for who holds this page already */
  list_resources: {
    method: "GET";
    url: "/v1/resources";
    query: { "q"?: string | null; "key_stage"?: Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16">; "topic"?: Array<string>; "aim"?: Array<string>; "type"?: Array<"unit_of_work" | "lesson_plan" | "activity" | "worksheet" | "presentation" | "assessment" | "video" | "software_project" | "teacher_guide">; "licence"?: Array<"CC0-1.0" | "CC-BY-4.0" | "CC-BY-SA-4.0" | "CC-BY-NC-4.0" | "CC-BY-NC-SA-4.0" | "OGL-UK-3.0" | "MIT">; "organisation_id"?: string | null; "sort"?: "relevance" | "newest" | "best_rated" | "most_used" | null; "limit"?: number; "cursor"?: string | null };
    answer: PageResourceOut;
  };
  /** Begin a resource: a teacher's own, or an organisation's by its key or its administrator */
  create_resource: {
    method: "POST";
    url: "/v1/resources";
    header: { "idempotency-key": string };
    body: ResourceIn;
    answer: ResourceVersionOut;
  };
  /** Comments that nobody sees until a moderator has read them, oldest first, without the caller's own */
  list_waiting_comments: {
    method: "GET";
    url: "/v1/resources/comments";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageWaitingCommentOut;
  };
  /** Show a comment to everybody or refuse it. A comment that was reworded since has another id */
  decide_comment: {
    method: "POST";
    url: "/v1/resources/comments/{comment_id}/decision";
    path: { "comment_id": string };
    header: { "idempotency-key": string };
    body: CommentDecisionIn;
    answer: WaitingCommentOut;
  };
  /** How many resources the same search finds, and how many it would find with another value of each filter */
  count_resources: {
    method: "GET";
    url: "/v1/resources/facets";
    query: { "q"?: string | null; "key_stage"?: Array<"early_years" | "ks1" | "ks2" | "ks3" | "ks4" | "post_16">; "topic"?: Array<string>; "aim"?: Array<string>; "type"?: Array<"unit_of_work" | "lesson_plan" | "activity" | "worksheet" | "presentation" | "assessment" | "video" | "software_project" | "teacher_guide">; "licence"?: Array<"CC0-1.0" | "CC-BY-4.0" | "CC-BY-SA-4.0" | "CC-BY-NC-4.0" | "CC-BY-NC-SA-4.0" | "OGL-UK-3.0" | "MIT">; "organisation_id"?: string | null; "sort"?: "relevance" | "newest" | "best_rated" | "most_used" | null };
    answer: ResourceCounts;
  };
  /** Versions of the caller's own resources, whatever became of them */
  list_own_resources: {
    method: "GET";
    url: "/v1/resources/own";
    query: { "status"?: "draft" | "submitted" | "in_review" | "returned" | "published" | "superseded" | "withdrawn" | null; "limit"?: number; "cursor"?: string | null };
    answer: PageResourceVersionOut;
  };
  /** Versions that wait for a decision, without the caller's own */
  list_resource_reviews: {
    method: "GET";
    url: "/v1/resources/reviews";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageQueuedVersionOut;
  };
  /** Topics, aims of the national curriculum, and licences that a resource may name */
  get_resource_vocabulary: {
    method: "GET";
    url: "/v1/resources/vocabulary";
    answer: VocabularyOut;
  };
  /** A published resource with its history and what those who used it gave it */
  get_resource: {
    method: "GET";
    url: "/v1/resources/{resource_id}";
    path: { "resource_id": string };
    answer: ResourceDetail;
  };
  /** What those who used it said, oldest first; nobody is named */
  list_comments: {
    method: "GET";
    url: "/v1/resources/{resource_id}/comments";
    path: { "resource_id": string };
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageCommentOut;
  };
  /** Rate what you used, in place of your rating before. Stars count at once, a comment once it was read */
  rate_resource: {
    method: "PUT";
    url: "/v1/resources/{resource_id}/rating";
    path: { "resource_id": string };
    body: RatingIn;
    answer: UseOut;
  };
  /** Bring back what another moderator withdrew; what it had earned its author counts again */
  reinstate_resource: {
    method: "POST";
    url: "/v1/resources/{resource_id}/reinstatement";
    path: { "resource_id": string };
    header: { "idempotency-key": string };
    body: ReinstatementIn;
    answer: ResourceStandingOut;
  };
  /** The caller's use of a resource and what the caller said of it */
  get_own_use: {
    method: "GET";
    url: "/v1/resources/{resource_id}/use";
    path: { "resource_id": string };
    answer: UseOut;
  };
  /** Say that you used it with a class. It counts once, however often it is said */
  record_use: {
    method: "PUT";
    url: "/v1/resources/{resource_id}/use";
    path: { "resource_id": string };
    answer: UseOut;
  };
  /** Begin the next version. The published one stays until this is published, and readable for ever */
  add_resource_version: {
    method: "POST";
    url: "/v1/resources/{resource_id}/versions";
    path: { "resource_id": string };
    header: { "idempotency-key": string };
    body: ResourceFacts;
    answer: ResourceVersionOut;
  };
  /** Throw away a draft or a returned version; a resource of which nothing is left goes with it */
  discard_resource_version: {
    method: "DELETE";
    url: "/v1/resources/{resource_id}/versions/{number}";
    path: { "resource_id": string; "number": number };
    answer: void;
  };
  /** One version: a published one for everybody; before that its author's and, once submitted, the moderators' */
  get_resource_version: {
    method: "GET";
    url: "/v1/resources/{resource_id}/versions/{number}";
    path: { "resource_id": string; "number": number };
    answer: ResourceVersionOut;
  };
  /** Say anew what a draft or a returned version says, from the edition that was read */
  edit_resource_version: {
    method: "PUT";
    url: "/v1/resources/{resource_id}/versions/{number}";
    path: { "resource_id": string; "number": number };
    header: { "if-match": string };
    body: ResourceFacts;
    answer: ResourceVersionOut;
  };
  /** Publish the version in hand, or return it. Nobody decides on what is their own or their organisation's */
  decide_resource_version: {
    method: "POST";
    url: "/v1/resources/{resource_id}/versions/{number}/decision";
    path: { "resource_id": string; "number": number };
    header: { "idempotency-key": string };
    body: ResourceDecisionIn;
    answer: ResourceVersionOut;
  };
  /** Take a version in hand, so that two moderators do not do the same work */
  review_resource_version: {
    method: "POST";
    url: "/v1/resources/{resource_id}/versions/{number}/review";
    path: { "resource_id": string; "number": number };
    body: ReviewIn;
    answer: ResourceVersionOut;
  };
  /** Put a version before the moderators. A teacher's first to be accepted earns community credit */
  submit_resource_version: {
    method: "POST";
    url: "/v1/resources/{resource_id}/versions/{number}/submission";
    path: { "resource_id": string; "number": number };
    answer: ResourceVersionOut;
  };
  /** Take a published resource away: the author, or a moderator, who alone does so for cause */
  withdraw_resource: {
    method: "POST";
    url: "/v1/resources/{resource_id}/withdrawal";
    path: { "resource_id": string };
    header: { "idempotency-key": string };
    body: hubsResourcesSchemasWithdrawalIn;
    answer: ResourceStandingOut;
  };
  /** What is to be found out, the first due first, with everything that waits for it */
  list_funding_reviews: {
    method: "GET";
    url: "/v1/reviews";
    query: { "status"?: ReviewStatus | null; "owner_id"?: string | null; "school_urn"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: FundingPageReviewOut;
  };
  /** One task */
  get_review: {
    method: "GET";
    url: "/v1/reviews/{review_id}";
    path: { "review_id": string };
    answer: FundingReviewOut;
  };
  /** Say who looks into it, oneself or a colleague */
  assign_review: {
    method: "POST";
    url: "/v1/reviews/{review_id}/assignment";
    path: { "review_id": string };
    header: { "idempotency-key": string };
    body: Assignment;
    answer: FundingReviewOut;
  };
  /** What time it is in the sandbox */
  show_sandbox_clock: {
    method: "GET";
    url: "/v1/sandbox/clock";
    answer: ClockOut;
  };
  /** Let time pass, for everybody in the sandbox: what is due by then happens, and what ends by then is over */
  move_sandbox_clock: {
    method: "POST";
    url: "/v1/sandbox/clock";
    header: { "idempotency-key": string };
    body: ClockMovement;
    answer: ClockOut;
  };
  /** Begin again: what your organisation tried out goes, others' stays, and the scenarios are laid out anew */
  reset_sandbox: {
    method: "POST";
    url: "/v1/sandbox/reset";
    answer: SandboxReset;
  };
  /** Drafts, oldest first */
  list_drafts: {
    method: "GET";
    url: "/v1/scheme-drafts";
    query: { "scheme"?: string | null; "status"?: DraftStatus | null; "limit"?: number; "cursor"?: string | null };
    answer: PageDraftOut;
  };
  /** Propose rules for a scheme, with cases that they have to pass. Nothing applies until it is published */
  propose_rules: {
    method: "POST";
    url: "/v1/scheme-drafts";
    header: { "idempotency-key": string };
    body: DraftRequest;
    answer: DraftOut;
  };
  /** One draft */
  get_draft: {
    method: "GET";
    url: "/v1/scheme-drafts/{draft_id}";
    path: { "draft_id": string };
    answer: DraftOut;
  };
  /** Replace what your draft says. It has to be tested again */
  rewrite_draft: {
    method: "PUT";
    url: "/v1/scheme-drafts/{draft_id}";
    path: { "draft_id": string };
    header: { "if-match": string };
    body: DraftContent;
    answer: DraftOut;
  };
  /** Approve or decline a tested draft of somebody else's */
  decide_on_draft: {
    method: "POST";
    url: "/v1/scheme-drafts/{draft_id}/approval";
    path: { "draft_id": string };
    header: { "idempotency-key": string };
    body: DraftDecision;
    answer: DraftOut;
  };
  /** Make an approved draft the scheme's next version, for good. Whoever is enrolled keeps the version they have */
  publish_draft: {
    method: "POST";
    url: "/v1/scheme-drafts/{draft_id}/publication";
    path: { "draft_id": string };
    header: { "idempotency-key": string };
    answer: DraftOut;
  };
  /** Run the cases stored with the draft. It is tested when all pass and the rules ask for nothing impossible */
  test_draft: {
    method: "POST";
    url: "/v1/scheme-drafts/{draft_id}/test";
    path: { "draft_id": string };
    header: { "idempotency-key": string };
    answer: TrialReport;
  };
  /** The certificate schemes, each with every version of its rules, their dates and their source */
  list_schemes: {
    method: "GET";
    url: "/v1/schemes";
    answer: SchemeList;
  };
  /** One scheme with every version of its rules */
  get_scheme: {
    method: "GET";
    url: "/v1/schemes/{scheme}";
    path: { "scheme": string };
    answer: SchemeOut;
  };
  /** One version of a scheme's rules, with the cases that it passed before it was published */
  get_scheme_version: {
    method: "GET";
    url: "/v1/schemes/{scheme}/versions/{version}";
    path: { "scheme": string; "version": number };
    answer: SchemeVersionDetail;
  };
  /** Schools by URN */
  list_schools: {
    method: "GET";
    url: "/v1/schools";
    query: { "district"?: string | null; "phase"?: "nursery" | "primary" | "secondary" | "all_through" | "post_16" | "not_applicable" | null; "trust"?: string | null; "q"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageSchoolOut;
  };
  /** Imports of the register of schools, the newest first */
  list_imports: {
    method: "GET";
    url: "/v1/schools/imports";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageSchoolImportOut;
  };
  /** One import */
  get_import: {
    method: "GET";
    url: "/v1/schools/imports/{import_id}";
    path: { "import_id": string };
    answer: SchoolImportOut;
  };
  /** Approve an import that was held, which is then applied within seconds, or refuse it */
  decide_import: {
    method: "POST";
    url: "/v1/schools/imports/{import_id}/approval";
    path: { "import_id": string };
    header: { "idempotency-key": string };
    body: ImportDecisionIn;
    answer: SchoolImportOut;
  };
  /** The lines that an import refused, each with every reason, and those it took with a remark */
  list_remarks: {
    method: "GET";
    url: "/v1/schools/imports/{import_id}/remarks";
    path: { "import_id": string };
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageRemarkOut;
  };
  /** Splits and mergers that wait for a decision, or are decided, or no longer need one */
  list_successions: {
    method: "GET";
    url: "/v1/schools/successions";
    query: { "status"?: "open" | "decided" | "settled"; "limit"?: number; "cursor"?: string | null };
    answer: PageSuccessionOut;
  };
  /** Say which of the candidates carry on (of a split), or are carried on (of a merger) */
  decide_succession: {
    method: "POST";
    url: "/v1/schools/successions/{succession_id}/decision";
    path: { "succession_id": string };
    header: { "idempotency-key": string };
    body: SuccessionDecisionIn;
    answer: SuccessionOut;
  };
  /** One school, with its trusts and the establishments before and after it: now, or as it stood on a day */
  get_school: {
    method: "GET";
    url: "/v1/schools/{urn}";
    path: { "urn": string };
    query: { "on"?: string | null; "known_on"?: string | null };
    answer: SchoolDetail;
  };
  /** What the register said of a school from which day on, and since when we knew, the newest first */
  list_school_versions: {
    method: "GET";
    url: "/v1/schools/{urn}/history";
    path: { "urn": string };
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageSchoolVersionOut;
  };
  /** Closed statements of the parties you speak for; for finance staff and auditors, of all. The latest first */
  list_statements: {
    method: "GET";
    url: "/v1/statements";
    query: { "month"?: string | null; "party_kind"?: PartyKind | null; "party"?: string | null; "limit"?: number; "cursor"?: string | null };
    answer: PageStatementOut;
  };
  /** Close a month: whatever stands on no statement yet becomes lines that nobody can change any more */
  close_month: {
    method: "POST";
    url: "/v1/statements/closings";
    header: { "idempotency-key": string };
    body: ClosingRequest;
    answer: ClosingOut;
  };
  /** What stands on no statement of a party yet, as it is now */
  get_open_statement: {
    method: "GET";
    url: "/v1/statements/open";
    query: { "party_kind"?: PartyKind | null; "party"?: string | null };
    answer: OpenStatement;
  };
  /** One statement: what it comes to, and the digest of its document */
  get_statement: {
    method: "GET";
    url: "/v1/statements/{statement_id}";
    path: { "statement_id": string };
    answer: FundingStatementOut;
  };
  /** The frozen document with every line, byte for byte what the digest is of */
  get_statement_document: {
    method: "GET";
    url: "/v1/statements/{statement_id}/document";
    path: { "statement_id": string };
    answer: Document;
  };
  /** The lines for a spreadsheet */
  get_statement_csv: {
    method: "GET";
    url: "/v1/statements/{statement_id}/document.csv";
    path: { "statement_id": string };
    answer: Blob;
  };
  /** The statement to print: a tagged PDF, the same file every time */
  get_statement_pdf: {
    method: "GET";
    url: "/v1/statements/{statement_id}/document.pdf";
    path: { "statement_id": string };
    answer: Blob;
  };
  /** Record how a statement was settled, as somebody other than the person who closed it */
  settle_statement: {
    method: "POST";
    url: "/v1/statements/{statement_id}/settlement";
    path: { "statement_id": string };
    header: { "idempotency-key": string };
    body: Settlement;
    answer: FundingStatementOut;
  };
  /** The versions of the plan's assumptions */
  list_stem_plans: {
    method: "GET";
    url: "/v1/stem-plans";
    answer: StemPlanVersionsOut;
  };
  /** A version worked out, by year and region, with other figures where they are asked for */
  get_stem_plan: {
    method: "GET";
    url: "/v1/stem-plans/{plan_version}";
    path: { "plan_version": string };
    query: { "hubs"?: number | null; "schools_per_hub"?: number | null; "years"?: number | null; "set_up_pence"?: number | null; "centre_pence"?: number | null; "centres_per_hundred_hubs"?: number | null; "recurrent_pence"?: number | null };
    answer: StemPlanOut;
  };
  /** The same as a spreadsheet reads it, a line a figure */
  get_stem_plan_csv: {
    method: "GET";
    url: "/v1/stem-plans/{plan_version}/figures.csv";
    path: { "plan_version": string };
    query: { "hubs"?: number | null; "schools_per_hub"?: number | null; "years"?: number | null; "set_up_pence"?: number | null; "centre_pence"?: number | null; "centres_per_hundred_hubs"?: number | null; "recurrent_pence"?: number | null };
    answer: Blob;
  };
  /** Look for people. A POST, so that names and addresses are in no URL; everybody found can read that you looked */
  search_teachers: {
    method: "POST";
    url: "/v1/teachers/search";
    body: TeacherSearch;
    answer: FoundTeachers;
  };
  /** A person with number, employments and roles. The person can read that you looked */
  get_teacher: {
    method: "GET";
    url: "/v1/teachers/{person_id}";
    path: { "person_id": string };
    answer: TeacherRecord;
  };
  /** Say for a teacher at which school they teach now */
  move_teacher_to_school: {
    method: "PUT";
    url: "/v1/teachers/{person_id}/school";
    path: { "person_id": string };
    body: Move;
    answer: Employments;
  };
  /** Say for a teacher that they teach nowhere any more */
  end_employment_of_teacher: {
    method: "POST";
    url: "/v1/teachers/{person_id}/school/leaving";
    path: { "person_id": string };
    body: Leaving;
    answer: Employments;
  };
  /** Record that a teacher's number was matched in the register, or verified. A verified number is one person's */
  confirm_trn: {
    method: "PUT";
    url: "/v1/teachers/{person_id}/trn";
    path: { "person_id": string };
    body: ConfirmedTrn;
    answer: TeacherNumberOut;
  };
  /** Who saw a person's data, in any part of the platform */
  list_views_of_teacher: {
    method: "GET";
    url: "/v1/teachers/{person_id}/views";
    path: { "person_id": string };
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageDataView;
  };
  /** Prove that the log of one size is the beginning of the log of another */
  prove_consistency: {
    method: "GET";
    url: "/v1/transparency/consistency";
    query: { "older": number; "newer": number };
    answer: ConsistencyProof;
  };
  /** Everything that was ever logged, in order */
  list_issuance_entries: {
    method: "GET";
    url: "/v1/transparency/entries";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: chassisPagingPageLogEntryOut2;
  };
  /** Prove that an entry is in the log of a size, or in the newest */
  prove_inclusion: {
    method: "GET";
    url: "/v1/transparency/entries/{position}/proof";
    path: { "position": number };
    query: { "tree_size"?: number | null };
    answer: InclusionProof;
  };
  /** The newest signed head. Keep it: a later log has to be consistent with it */
  get_log_head: {
    method: "GET";
    url: "/v1/transparency/head";
    answer: LogHead;
  };
  /** The head that was signed when the log had this many entries */
  get_head_of_size: {
    method: "GET";
    url: "/v1/transparency/heads/{tree_size}";
    path: { "tree_size": number };
    answer: TreeHead;
  };
  /** The public keys that heads of the log are signed with: the first signs now, the others did up to some size */
  list_log_keys: {
    method: "GET";
    url: "/v1/transparency/keys";
    answer: VerificationKeys;
  };
  /** What a link is about. Changes nothing: programs that look at links in mail come by here */
  get_unsubscription: {
    method: "GET";
    url: "/v1/unsubscriptions/{token}";
    path: { "token": string };
    answer: Unsubscription;
  };
  /** Stop mail of a kind with one click, as mail programs do it (RFC 8058): no sign-in, any body or none */
  unsubscribe: {
    method: "POST";
    url: "/v1/unsubscriptions/{token}";
    path: { "token": string };
    answer: Unsubscription;
  };
  /** A page on which anybody enters the code of a certificate; with a code, the way to its page */
  get_verification_form: {
    method: "GET";
    url: "/v1/verify";
    query: { "code"?: string | null };
    answer: Blob | void;
  };
  /** Whether a certificate is genuine and stands. Anyone may ask; who holds it is told only if the holder chose so */
  verify_certificate: {
    method: "GET";
    url: "/v1/verify/{code}";
    path: { "code": string };
    answer: Verification;
  };
  /** The document of a certificate whose holder shares it, while it stands */
  get_shared_document: {
    method: "GET";
    url: "/v1/verify/{code}/document";
    path: { "code": string };
    answer: Blob;
  };
  /** What `/v1/verify/{code}` tells, as a page: the QR code on the document leads here */
  get_verification_page: {
    method: "GET";
    url: "/v1/verify/{code}/page";
    path: { "code": string };
    answer: Blob;
  };
  /** List the webhooks of your organisation */
  list_webhooks: {
    method: "GET";
    url: "/v1/webhooks";
    query: { "limit"?: number; "cursor"?: string | null };
    answer: PageWebhookOut;
  };
  /** Register an address for events; it is sent a challenge, and events once it has answered that */
  create_webhook: {
    method: "POST";
    url: "/v1/webhooks";
    body: NewWebhook;
    answer: WebhookWithSecret;
  };
  /** List what can be subscribed to, and what each event tells */
  list_webhook_event_types: {
    method: "GET";
    url: "/v1/webhooks/event-types";
    answer: EventTypesOut;
  };
  /** Delete a webhook; what waits for it is not sent */
  delete_webhook: {
    method: "DELETE";
    url: "/v1/webhooks/{webhook_id}";
    path: { "webhook_id": string };
    answer: void;
  };
  /** A webhook as it stands */
  show_webhook: {
    method: "GET";
    url: "/v1/webhooks/{webhook_id}";
    path: { "webhook_id": string };
    answer: WebhookOut;
  };
  /** Change what is sent there, or pause and resume it */
  change_webhook: {
    method: "PATCH";
    url: "/v1/webhooks/{webhook_id}";
    path: { "webhook_id": string };
    header: { "if-match": string };
    body: WebhookChange;
    answer: WebhookOut;
  };
  /** List what was sent to an address and what became of it, the latest first */
  list_webhook_deliveries: {
    method: "GET";
    url: "/v1/webhooks/{webhook_id}/deliveries";
    path: { "webhook_id": string };
    query: { "status"?: DeliveryState | null; "limit"?: number; "cursor"?: string | null };
    answer: PageWebhookDeliveryOut;
  };
  /** A delivery with its body and every attempt */
  show_webhook_delivery: {
    method: "GET";
    url: "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}";
    path: { "webhook_id": string; "delivery_id": string };
    answer: WebhookDeliveryDetail;
  };
  /** Send deliveries again, by id or by the time at which they were queued */
  replay_webhook_deliveries: {
    method: "POST";
    url: "/v1/webhooks/{webhook_id}/replays";
    path: { "webhook_id": string };
    body: Replay;
    answer: Replayed;
  };
  /** Sign with another secret; during the overlap each delivery has two signatures */
  rotate_webhook_secret: {
    method: "POST";
    url: "/v1/webhooks/{webhook_id}/secret-rotation";
    path: { "webhook_id": string };
    body: WebhookSecretRotation;
    answer: WebhookWithSecret;
  };
  /** Send the address another challenge */
  verify_webhook: {
    method: "POST";
    url: "/v1/webhooks/{webhook_id}/verification";
    path: { "webhook_id": string };
    answer: Challenged;
  };
}
