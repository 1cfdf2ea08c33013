"""Who hands people over to us, and the integration that reads each of them. A new one is a line here."""

from collections.abc import Mapping

from leadstone.domains.inbound.rules import Provider, ProviderName
from leadstone.integrations.google_leads.lead_forms import GoogleLeadForms
from leadstone.integrations.inbound_mail.letters import Letters
from leadstone.integrations.linkedin.lead_forms import LinkedInLeadForms
from leadstone.integrations.meta.lead_forms import MetaLeadForms
from leadstone.integrations.standard_webhooks.flat_objects import StandardWebhooks
from leadstone.integrations.typeform.forms import TypeformForms
from leadstone.project.environment import environment

PROVIDERS: Mapping[ProviderName, Provider] = {
    ProviderName.META: MetaLeadForms(),
    ProviderName.GOOGLE: GoogleLeadForms(),
    ProviderName.LINKEDIN: LinkedInLeadForms(version=environment().linkedin_version),
    ProviderName.TYPEFORM: TypeformForms(),
    ProviderName.GENERIC: StandardWebhooks(),
    ProviderName.MAIL: Letters(),
}
