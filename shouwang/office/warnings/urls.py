from django.urls import path

from shouwang.office.warnings.views import listing, publishing, suppressing

app_name = "warnings"
urlpatterns = [
    path("", listing.listed, name="list"),
    path("export/", listing.exported, name="export"),
    path("to-verify/", listing.to_be_verified, name="to_verify"),
    path("to-verify/export/", listing.to_verify_exported, name="to_verify_export"),
    path("runs/", publishing.listed, name="runs"),
    path("runs/<str:folder>/", publishing.previewed, name="preview"),
    path("runs/<str:folder>/publish/", publishing.publish, name="publish"),
    path("publications/<int:number>/", publishing.publication, name="publication"),
    path("suppressions/", suppressing.listed, name="suppressions"),
    path("suppressions/new/<str:household_id>/", suppressing.new, name="suppress"),
    path("suppressions/<int:number>/end/", suppressing.end, name="end_suppression"),
]
