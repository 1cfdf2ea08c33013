"""Every address of the studio. The portal has its own URLconf and shares nothing with this one."""

from django.urls import URLPattern, URLResolver, include, path

from leadstone.project.metrics import metrics
from leadstone.studio.shell.gate import open_to_all

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("leadstone.studio.shell.urls")),
    path("metrics", open_to_all(metrics), name="metrics"),
    path("", include("leadstone.studio.setup.urls")),
    path("", include("leadstone.studio.sign_in.urls")),
    path("", include("leadstone.studio.today.urls")),
    path("", include("leadstone.studio.company.urls")),
    path("", include("leadstone.studio.design.urls")),
    path("", include("leadstone.studio.quarantine.urls")),
    path("", include("leadstone.studio.magnets.urls")),
    path("leads/", include("leadstone.studio.leads.urls")),
    path("leads/", include("leadstone.studio.inbound.card_urls")),
    path("qualification/", include("leadstone.studio.qualification.urls")),
    path("board/", include("leadstone.studio.deals.urls")),
    path("forecast/", include("leadstone.studio.forecast.urls")),
    path("activities/", include("leadstone.studio.activities.urls")),
    path("companies/", include("leadstone.studio.companies.urls")),
    path("assignment/", include("leadstone.studio.assignment.urls")),
    path("results/", include("leadstone.studio.results.urls")),
    path("campaigns/", include("leadstone.studio.campaigns.urls")),
    path("posts/", include("leadstone.studio.posts.urls")),
    path("kiosks/", include("leadstone.studio.kiosks.urls")),
    path("ways-in/", include("leadstone.studio.inbound.urls")),
    path("suppliers/", include("leadstone.studio.suppliers.urls")),
    path("experiments/", include("leadstone.studio.experiments.urls")),
    path("bookings/", include("leadstone.studio.bookings.urls")),
    path("counter/", include("leadstone.studio.codes.urls")),
    path("parcels/", include("leadstone.studio.shipments.urls")),
    path("newsletters/", include("leadstone.studio.newsletters.urls")),
    path("machines/", include("leadstone.studio.machines.urls")),
    path("trials/", include("leadstone.studio.machines.trial_urls")),
    path("needs/", include("leadstone.studio.needs.urls")),
    path("magnets/", include("leadstone.studio.vetting.urls")),
    path("magnets/", include("leadstone.studio.calculators.urls")),
    path("mailbox/", include("leadstone.studio.mailbox.urls")),
]

handler400 = "leadstone.studio.shell.problems.bad_request"
handler403 = "leadstone.studio.shell.problems.forbidden"
handler404 = "leadstone.studio.shell.problems.not_found"
handler500 = "leadstone.studio.shell.problems.fault"
