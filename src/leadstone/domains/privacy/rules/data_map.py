"""The personal-data map: every column of every table, ours and others', in the database and beside it.

A test walks the real schema and fails on a column that is not here; the erasure goes by what is written here.
"""

from collections.abc import Mapping

from leadstone.domains.privacy.rules import Erased, Kept, Personal, Purpose, Table, Whose

_NAME = Personal(Purpose.CONTACT, Kept.WHILE_KNOWN, Erased.EMPTY_TEXT)
_WITH_ROW = Personal(Purpose.CONTACT, Kept.WHILE_KNOWN, Erased.WITH_ROW)
_SAID = Personal(Purpose.DELIVER, Kept.CONTRACT, Erased.WITH_ROW)
_CALLED = Personal(Purpose.JUDGE, Kept.CONTRACT, Erased.WITH_ROW)
_EVIDENCE = Personal(Purpose.PROVE, Kept.WHILE_KNOWN, Erased.WITH_ROW)
_HASH_STAYS = Personal(Purpose.OBEY, Kept.FOR_EVER, Erased.STAYS)
_NOTE = Personal(Purpose.WORK, Kept.WHILE_KNOWN, Erased.EMPTY_TEXT)
_STAFF = Personal(Purpose.WORK, Kept.ACCOUNT, Erased.BY_ACCOUNT)
_SEALED = Personal(Purpose.DELIVER, Kept.DAYS, Erased.RUNS_OUT)
_COUNTED = Personal(Purpose.DEFEND, Kept.DAYS, Erased.RUNS_OUT)
_COPY = Personal(Purpose.CONTACT, Kept.WHILE_KNOWN, Erased.FOLLOWS)


def _plain(columns: str) -> Table:
    return Table(Whose.NOBODY, frozenset(columns.split()))


def _staff(plain: str, personal: str) -> Table:
    return Table(Whose.STAFF, frozenset(plain.split()), dict.fromkeys(personal.split(), _STAFF))


def _visitor(subject: str, plain: str, /, **personal: Personal) -> Table:
    return Table(Whose.VISITOR, frozenset(plain.split()), personal, subject)


DATABASE: Mapping[str, Table] = {
    # People
    "contacts_contact": _visitor(
        "pk",
        "id created_at erased_at company_id unfounded_since",
        key=Personal(Purpose.DELIVER, Kept.WHILE_KNOWN, Erased.FRESH_KEY),
        name=_NAME,
        language=_NAME,
        search=_NAME,
    ),
    "contacts_contactpoint": _visitor(
        "contact",
        "id contact_id kind created_at proven_at failed_at failed_because",
        value=_WITH_ROW,
        key=_WITH_ROW,
        domain=_WITH_ROW,
    ),
    "contacts_statement": _visitor("contact", "id contact_id source source_ref said_at state verified_at", values=_SAID),
    "contacts_tag": _visitor("contact", "id contact_id source said_ref at removed_at", name=_CALLED, key=_CALLED),
    # A domain may be one person's; rows that nobody's mailbox needs any more are deleted after an erasure.
    "contacts_maildomain": _plain("id domain takes_mail checked_at due_at"),
    "companies_company": _plain("id name domain search created_at website tax_id phone street postcode city country note"),
    # What they sent and agreed to
    "capture_submission": _visitor(
        "contact",
        "id ref stream sequence position version_id contact_id duplicate_of_id verdict suspicion language"
        " payload_erased_at received_at",
        effect_key=Personal(Purpose.DEFEND, Kept.FOR_EVER, Erased.STAYS),
        address_hash=Personal(Purpose.DEFEND, Kept.WHILE_KNOWN, Erased.EMPTY_TEXT),
        payload=Personal(Purpose.DELIVER, Kept.CONTRACT, Erased.NULL, special=True),
    ),
    "capture_quarantinedrecord": Table(
        Whose.VISITOR,
        frozenset(["id", "stream", "sequence", "position", "error", "at", "resolved_at", "retries", "tried_at", "tried_with"]),
        {"sealed": Personal(Purpose.DELIVER, Kept.UNTIL_RESOLVED, Erased.RUNS_OUT, special=True)},
    ),
    "capture_journalcursor": _plain("id stream sequence moved_at"),
    "consent_wording": _plain("id digest language purpose channel text"),
    "consent_ledgerhead": _plain("id sequence hash"),
    "consent_consentrecord": _visitor(
        "contact_id",
        "id sequence contact_id act purpose channel wording_id version_id method collector at previous hash",
        subject_digest=Personal(Purpose.PROVE, Kept.FOR_EVER, Erased.STAYS),
        evidence_digest=Personal(Purpose.PROVE, Kept.FOR_EVER, Erased.STAYS),
    ),
    "consent_consentevidence": _visitor("contact_id", "id record_id contact_id", salt=_EVIDENCE, values=_EVIDENCE),
    "consent_permission": _plain("id contact_id purpose channel act sequence"),
    "consent_suppression": _visitor("", "id channel scope reason at lifted_at", address_hash=_HASH_STAYS),
    # What devices at a fair handed over: sealed for the core until it takes effect, and then empty
    "kiosks_kiosk": _plain(
        "id key name campaign_id magnet_id language collector_id made_at pairing_digest pairing_until paired_at public_key"
        " seen_at waiting revoked_at revoked_by_id"
    ),
    "kiosks_kioskentry": _visitor(
        "", "id kiosk_id key state kind because device_at collected_at clock arrived_at lead_id", sealed=_SEALED
    ),
    # What other systems handed over: sealed for a week
    "inbound_door": _plain(
        "id key provider name campaign_id magnet_id channel sealed_secret sealed_old_secret old_secret_until old_secret_used_at"
        " sealed_token mapping basis language is_active paused_at made_at made_by_id turned_away turned_at turned_because trouble"
        " trouble_since asks_from trouble_task_id changed_at before"
    ),
    "inbound_askedbox": _plain("id door_id digest words language free means seen_at"),
    "inbound_allowedhost": _plain("id host added_at added_by_id"),
    "inbound_delivery": _visitor(
        "",
        "id door_id provider_id received_at said_at state because is_test digest unused fetch fetched_at attempts due_at lead_id",
        sealed=_SEALED,
    ),
    # What they were given and told
    "grants_grant": _visitor(
        "contact",
        "id key contact_id magnet_id version_id submission_id state requests promised_at mailed_at opened_at delivered_at"
        " ended_at ended_because rating rated_at rated_first_at ask_at asked_at place waiting_since",
        rating_words=Personal(Purpose.DELIVER, Kept.CONTRACT, Erased.EMPTY_TEXT),
    ),
    "grants_promisewarning": _plain("id magnet_id said_at recent before seen_at seen_by_id ended_at"),
    "grants_placelist": _plain("magnet_id"),
    "grants_mailedcode": _visitor("grant__contact", "id grant_id expires_at used_at", digest=_SAID),
    "grants_codeattempt": _visitor("", "id day count", address_hash=_COUNTED),
    "bookings_host": _plain("id user_id is_open zone hours before_minutes after_minutes daily_limit weight approves"),
    "bookings_otherday": _plain("id host_id first last spans"),
    "bookings_feed": _staff("id host_id tried_at read_at problem", "url name"),
    "bookings_busytime": _plain("id feed_id begins ends"),
    "bookings_booking": _visitor(
        "contact",
        "id key nonce ref host_id magnet_id version_id grant_id contact_id activity_id begins ends zone state sequence made_at"
        " held_until confirmed_at remind_at ended_at ended_by",
        address_hash=Personal(Purpose.DEFEND, Kept.WHILE_KNOWN, Erased.EMPTY_TEXT),
        network_hash=Personal(Purpose.DEFEND, Kept.WHILE_KNOWN, Erased.EMPTY_TEXT),
    ),
    "bookings_takengranule": _plain("id host_id granule booking_id"),
    "delivery_mailing": _plain("id key name purpose texts targeted created_at"),
    "newsletters_subscription": _visitor("contact", "id magnet_id contact_id since", topic=_WITH_ROW),
    "newsletters_letterbox": _plain("id source_id magnet_id topic since by_id"),
    "newsletters_ownchoice": _visitor("contact", "id magnet_id contact_id", at=_WITH_ROW),
    "newsletters_issue": _plain(
        "id key magnet_id number state purpose language subject preheader body topics in_archive revision created_at"
        " created_by_id changed_at removed_at due_at due_wall due_zone missed_at beyond_promise beyond_promise_by_id mailing_id"
        " reached_contact_id all_reached begun_at ended_at"
    ),
    "delivery_host": _plain("id fingerprint arrived_at because seen_at admitted_at admitted_by_id"),
    "delivery_message": _visitor(
        "contact",
        "id key effect_key mailing_id message_class kind purpose contact_id language facts state because attempts queued_at"
        " due_at lease_until claimed_by finished_at smtp_message_id sending_at to_unproven answered_at repeats",
        to_address=Personal(Purpose.DELIVER, Kept.WHILE_KNOWN, Erased.EMPTY_TEXT),
        address_hash=Personal(Purpose.DEFEND, Kept.WHILE_KNOWN, Erased.EMPTY_TEXT),
        network_hash=Personal(Purpose.DEFEND, Kept.WHILE_KNOWN, Erased.EMPTY_TEXT),
        subject=Personal(Purpose.DELIVER, Kept.WHILE_KNOWN, Erased.EMPTY_TEXT),
    ),
    # Who of the staff answers for which words of a magnet; what its file says is the company's, not a person's.
    "vetting_claimanswer": _staff(
        "id magnet_id digest rule sentence way file_key file_name address dated_on expires_on given_at told_expired_at"
        " taken_back_at given_by_id",
        "who reason",
    ),
    "vetting_assettext": _plain("id asset_key text words signature read_at"),
    "vetting_source": _plain(
        "id magnet_id name address text words added_by_id added_at removed_at due_at tried_at read_at problem"
    ),
    "vetting_provenance": _plain("id magnet_id asset_key share passages compared_with compared_at"),
    "codes_pool": _plain("id magnet_id low_mark warned_at created_at"),
    # Whoever is forgotten lets go of their code; it stays given out.
    "codes_code": _visitor(
        "contact",
        "id pool_id lookup sealed added_at version_id claimed_at reminded_at",
        contact_id=Personal(Purpose.DELIVER, Kept.WHILE_KNOWN, Erased.NULL),
    ),
    "codes_waiting": _visitor("contact", "id pool_id contact_id grant_id", since=_SAID),
    "codes_redemption": _plain("id code_id number nonce at door by_id amount_minor currency deal_id taken_back_at"),
    "shipments_stock": _plain("id magnet_id on_hand reserved"),
    "shipments_parcel": _visitor(
        "contact",
        "id key grant_id contact_id magnet_id state asked_at reserved_at due_at packed_at sent_on sent_by_id carrier sendings"
        " returned_at",
        household=Personal(Purpose.DELIVER, Kept.CONTRACT, Erased.EMPTY_TEXT),
        name=Personal(Purpose.DELIVER, Kept.CONTRACT, Erased.EMPTY_TEXT),
        street=Personal(Purpose.DELIVER, Kept.CONTRACT, Erased.EMPTY_TEXT),
        postcode=Personal(Purpose.DELIVER, Kept.CONTRACT, Erased.EMPTY_TEXT),
        city=Personal(Purpose.DELIVER, Kept.CONTRACT, Erased.EMPTY_TEXT),
        country=Personal(Purpose.DELIVER, Kept.CONTRACT, Erased.EMPTY_TEXT),
        tracking=Personal(Purpose.DELIVER, Kept.CONTRACT, Erased.EMPTY_TEXT),
    ),
    "shipments_movement": _plain("id stock_id kind quantity parcel_id at by_id note"),
    # Kept only where the contract of the magnet says so: one to a household, also after everything else is deleted.
    "shipments_servedhousehold": _visitor("", "id magnet_id sent_on", household=_HASH_STAYS),
    # What we made of it
    "leads_lead": _visitor(
        "contact",
        "id contact_id company_id magnet_id version_id submission_id owner_id status channel campaign_id basis opened_at accuracy"
        " incentive awareness rules_version recycle_on respond_by responded_at ended_at",
        where_met=_NOTE,
        reasons=Personal(Purpose.JUDGE, Kept.WHILE_KNOWN, Erased.EMPTY_OBJECT),
    ),
    "leads_arrival": _plain("id key lead_id at"),
    "leads_statuschange": _visitor("lead__contact", "id lead_id before after because at by_id", note=_NOTE),
    "activities_activity": _visitor(
        "contact",
        "id key kind lead_id contact_id company_id deal_id owner_id created_by_id due_at ends_at remind_at reminded_at done_at"
        " outcome revision created_at removed_at",
        title=_NOTE,
        text=_NOTE,
        place=_NOTE,
    ),
    "assignment_ownerrule": _plain(
        "id name position conditions keeps_owner respects_hours answer_within_minutes active_since created_at removed_at"
    ),
    "assignment_rulemember": _plain("id rule_id user_id weight credit"),
    "assignment_availability": _plain("id user_id most_open_leads hours away_from away_until"),
    "assignment_assignment": _visitor(
        "lead__contact", "id lead_id owner_id previous_id rule_id by_id because state at answered_at facts", note=_NOTE
    ),
    "qualification_point": _plain("id key names questions takes required position archived_at"),
    "qualification_evidence": _visitor(
        "lead__contact", "id lead_id point_id kind source_id by_id at withdrawn_at withdrawn_by_id", said=_NOTE
    ),
    "qualification_promotion": _visitor("lead__contact", "id lead_id at by_id receipts missing taken_back_at", reason=_NOTE),
    "pipeline_stage": _plain("id key names stage_class position probability requires rots_after_days archived_at"),
    "pipeline_closereason": _plain("id key names stage_class position archived_at"),
    "pipeline_deal": _visitor(
        "lead__contact",
        "id lead_id contact_id company_id owner_id stage_id amount_minor currency expected_close manual_probability opened_at"
        " entered_stage_at touched_at won_at lost_at close_reason_id version changed_by_id changed_at recorded_by_id"
        " promotion_id",
        title=_NOTE,
        close_note=_NOTE,
    ),
    "pipeline_stagechange": _visitor(
        "deal__lead__contact",
        "id deal_id before_id after_id at by_id overrode",
        reason=_NOTE,
        replaced=Personal(Purpose.WORK, Kept.WHILE_KNOWN, Erased.EMPTY_OBJECT),
    ),
    "pipeline_goal": _plain("id month currency amount_minor"),
    "agenda_putoff": _plain("id user_id lead_id until at"),
    "needs_theme": _plain("id name named_by_id language words core parent_id made_by_id created_at"),
    "needs_voice": _visitor(
        "contact",
        "id source submission_id grant_id field contact_id language said_at pinned",
        theme_id=Personal(Purpose.JUDGE, Kept.WHILE_KNOWN, Erased.WITH_ROW),
    ),
    "needs_answering": _plain("id theme_id magnet_id verdict by_id at"),
    "needs_gathering": _plain("id submissions_through rated_through at"),
    # The lake holds numbers only; these two tables are the one way back from a number, and go with the person.
    "insights_leadtrail": _visitor(
        "lead__contact",
        "id lead_id magnet_id version_id campaign_id link_id post_id supplier_id channel variant came_by",
        alias=Personal(Purpose.JUDGE, Kept.WHILE_KNOWN, Erased.WITH_ROW),
        came_at=Personal(Purpose.JUDGE, Kept.WHILE_KNOWN, Erased.WITH_ROW),
    ),
    "insights_standing": _visitor(
        "trail__lead__contact",
        "id trail_id kind subject_id amount_minor currency",
        at=Personal(Purpose.JUDGE, Kept.WHILE_KNOWN, Erased.WITH_ROW),
    ),
    "insights_stagedfacts": _plain("id lines facts month"),
    "insights_lakefile": _plain("id name month facts first_at last_at size_bytes digest written_at summed_at replaced_at fault"),
    "insights_funnelday": _plain(
        "id magnet_id version_id campaign_id link_id post_id supplier_id channel day kind currency people number amount_minor"
    ),
    "insights_lifetime": _plain(
        "id magnet_id version_id campaign_id link_id post_id supplier_id channel came_on kind after_days leads"
    ),
    "insights_journey": _plain("id won_on touches people amount_minor currency"),
    "insights_refresh": _plain("id name at facts"),
    "tracking_touch": _visitor(
        "contact",
        "id contact_id at kind channel version_id submission_ref campaign_id link_id",
        origin=Personal(Purpose.JUDGE, Kept.CONTRACT, Erased.EMPTY_OBJECT),
        note=_NOTE,
    ),
    "tracking_pageviews": _plain(
        "id step version_id day channel source medium said_campaign campaign_id link_id people machines"
    ),
    "tracking_linkuses": _plain("id link_id day way people machines"),
    "tracking_questiontotals": _plain(
        "id version_id day question shown shown_to_machines answered answered_by_machines",
    ),
    # Of those who stopped half way: a random number, a day and options that were chosen. None of it leads to anybody.
    "tracking_stoppedrun": _plain("id run version_id day answers"),
    "tracking_questiontimes": _plain("id version_id day question bucket answers"),
    "campaigns_campaign": _plain(
        "id key name channel aim starts_on ends_on owner_id goal goal_number note created_at created_by_id archived_at"
    ),
    "campaigns_cost": _plain(
        "id campaign_id on kind quantity rate_minor amount_minor currency note recorded_at recorded_by_id taken_back_at"
    ),
    "campaigns_recall": _plain("id campaign_id on asked remembered note recorded_at recorded_by_id taken_back_at"),
    "campaigns_link": _plain("id campaign_id magnet_id code label place created_at created_by_id"),
    "campaigns_spelling": _plain("id field wild channel campaign_id said_at said_by_id"),
    # What a company says to everybody, and numbers that networks count; nobody who liked or commented is in it.
    "posts_post": _plain("id key link_id network text search on address created_at created_by_id removed_at"),
    "posts_postfigures": _plain("id post_id on reach impressions likes comments shares recorded_at recorded_by_id taken_back_at"),
    # Whoever sells us leads is a company; who wrote for it is nobody that we keep.
    "suppliers_supplier": _plain(
        "id name email campaign_id price_minor currency wants oldest_days a_day return_days notice_days tells_itself source note"
        " created_at created_by_id ended_at"
    ),
    "suppliers_batch": _plain("id supplier_id digest name at by_id"),
    "suppliers_purchase": _visitor(
        "lead__contact",
        "id batch_id supplier_id row state refused lead_id price_minor currency at source words agreed_at returned returned_at"
        " returned_by_id credited_at",
        reference=_NOTE,
        return_note=_NOTE,
    ),
    "suppliers_errand": _plain("id supplier_id asks due_on owner_id activity_id"),
    "suppliers_notice": _plain("id lead_id received_on due_on source state activity_id message_key told_at told_by_id how"),
    "experiments_experiment": _plain(
        "id magnet_id name question aspect goal least_change least_days goals state salt created_at created_by_id started_at"
        " started_by_id outside_id ended_at ended_by_id ending because note figures adopted adopted_at"
    ),
    "experiments_variant": _plain("id experiment_id key weight overlay version_id"),
    # What we offer
    "brand_brand": _plain("id company language sender_email postal_address privacy_email privacy_url colour logo_key set_up_at"),
    "magnets_asset": _plain("id key media_type size_bytes sha256 name pages cover_key created_at created_by_id"),
    "magnets_magnet": _plain("id slug kind language draft title created_at created_by_id updated_at withdrawn_at family"),
    "magnets_draftbefore": _plain("id magnet_id draft at"),
    "magnets_magnetversion": _plain("id magnet_id number definition digest published_at published_by_id"),
    # Staff and plumbing
    "access_user": _staff(
        "id role team_id language theme time_zone is_active created_at session_epoch", "password last_login email name"
    ),
    "access_team": _plain("id name created_at"),
    "access_reachofrole": _plain("id role thing reach"),
    "access_apikey": _plain("id name beginning digest scopes reach team_id created_at created_by_id expires_at revoked_at"),
    "access_keyuse": _plain("id key_id day"),
    "access_keptanswer": _visitor("", "id key_id name digest status at", body=_COUNTED),
    "trials_trial": _plain(
        "id key contact_id magnet_id version_id grant_id state days zone started_at ends_at remind_at endpoint_key activated_at"
        " used_at uses converted_at deal_id amount_minor currency ended_at"
    ),
    "webhooks_endpoint": _plain("id key name url events stopped generation old_secret_until created_at created_by_id removed_at"),
    "webhooks_delivery": _plain(
        "id key endpoint_id kind occasion facts happened_at state attempts queued_at due_at claimed_by lease_until tried_at"
        " status because finished_at"
    ),
    "audit_audithead": _plain("id sequence hash"),
    "audit_auditline": _plain("id at actor_id action subject subject_id facts sequence previous hash"),
    "mfa_authenticator": _staff("id user_id type created_at last_used_at", "data"),
    "usersessions_usersession": _staff("id user_id created_at last_seen_at", "ip user_agent session_key data"),
    "account_emailaddress": _staff("id user_id verified primary", "email"),
    "account_emailconfirmation": _staff("id email_address_id created sent", "key"),
    "django_session": _staff("expire_date", "session_key session_data"),
    "auth_group": _plain("id name"),
    "auth_group_permissions": _plain("id group_id permission_id"),
    "auth_permission": _plain("id name content_type_id codename"),
    "django_content_type": _plain("id app_label model"),
    "django_migrations": _plain("id app name applied"),
    "outbox_recordedevent": _plain("id kind payload at done_at attempts due_at"),
    "outbox_finishedreaction": _plain("id event_id reaction"),
    "stored_tokens_storedtoken": _plain("id digest purpose subject created_at expires_at used_at"),
}

# What SQLite keeps besides, so that people and companies are found by any part of their text: tables of FTS5, which triggers
# keep in step. `block`: which trigrams which text has; those of a text that is gone go within a day (`drop_remains`).
TEXT_INDEX: Mapping[str, Table] = {
    "contacts_contact_text": _visitor("", "", search=_COPY),
    "contacts_contact_text_content": _visitor("", "id", c0=_COPY),
    "contacts_contact_text_data": _visitor("", "id", block=_COPY),
    "contacts_contact_text_idx": _plain("segid term pgno"),
    "contacts_contact_text_docsize": _plain("id sz"),
    "contacts_contact_text_config": _plain("k v"),
    "companies_company_text": _plain("search"),
    "companies_company_text_content": _plain("id c0"),
    "companies_company_text_data": _plain("id block"),
    "companies_company_text_idx": _plain("segid term pgno"),
    "companies_company_text_docsize": _plain("id sz"),
    "companies_company_text_config": _plain("k v"),
}

# The journal: sealed, and deleted a week after it took effect.
JOURNAL: Mapping[str, Table] = {
    "stream": _plain("one id probed_at"),
    "commits": _visitor("", "sequence at records", sealed=_SEALED),
}

# The edge's own memory: keyed hashes of links and networks, for windows of minutes to days.
EDGE_STATE: Mapping[str, Table] = {
    "uses": _visitor("", "uses told", token=_COUNTED),
    "counts": _visitor("", "window count", name=_COUNTED),
    "proofs": _visitor("", "expires", proof=_COUNTED),
    "closed": _visitor("", "expires", link=Personal(Purpose.OBEY, Kept.UNTIL_RESOLVED, Erased.RUNS_OUT)),
}
