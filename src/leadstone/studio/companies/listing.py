"""The list of companies and its export."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import Right, may
from leadstone.domains.companies import queries as companies
from leadstone.domains.companies.rules import CompanyOrder
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.queries import CompanyLine
from leadstone.studio.companies.filters import is_narrowed, read_filter
from leadstone.studio.companies.words import ORDER, country_name
from leadstone.studio.leads.filters import read_page
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import actor, needs, reader

COLUMNS: Columns[CompanyLine] = (
    (pgettext_lazy("of a company", "Name"), lambda line: line.company.name),
    (_("Mail domain"), lambda line: line.company.domain),
    (_("Website"), lambda line: line.company.website),
    (_("NIP or VAT number"), lambda line: line.company.tax_id),
    (_("Street"), lambda line: line.company.street),
    (_("Postcode"), lambda line: line.company.postcode),
    (_("City"), lambda line: line.company.city),
    (_("Country"), lambda line: line.company.country),
    (_("People"), lambda line: str(line.people)),
    (_("Leads"), lambda line: str(line.leads)),
    (_("Known since"), lambda line: line.company.created_at.isoformat(timespec="seconds")),
)


@require_safe
@needs(Right.READ_LEADS)
def company_list(request: HttpRequest) -> HttpResponse:
    """Every company that a filter in the address matches; htmx asks for the rows alone."""
    chosen = read_filter(request.GET)
    facts = {
        "chosen": chosen,
        "page": leads.company_page(chosen, reader=reader(request), page=read_page(request.GET)),
        "narrowed": is_narrowed(chosen),
        "orders": [(order.value, ORDER[order]) for order in CompanyOrder],
        "countries": [(code, country_name(code)) for code in companies.countries()],
        "colleagues": [(one.user_id, one.name) for one in access.staff(active_only=True)],
        "export_query": request.GET.urlencode(),
        "may_export": may(actor(request).role, Right.EXPORT_LEADS),
        "may_work": may(actor(request).role, Right.WORK_LEADS),
    }
    wants_rows = request.headers.get("HX-Target") == "rows"
    response = render(request, "companies/_rows.html" if wants_rows else "companies/list.html", facts)
    response["Vary"] = "HX-Request, HX-Target, Cookie"
    return response


@require_safe
@needs(Right.EXPORT_LEADS)
def company_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the same address as a file, streamed."""
    rows = leads.each_company(read_filter(request.GET), reader=reader(request))
    return csv_file(request, name="companies", columns=COLUMNS, rows=rows)
