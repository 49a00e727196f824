from django.urls import path

from shouwang.office.desk.views import household, households, policies, today

urlpatterns = [
    path("", today.first, name="first"),
    path("today/", today.shown, name="today"),
    path("households/", households.listed, name="households"),
    path("households/find/", households.find, name="households-find"),
    path("households/<str:household_id>/", household.shown, name="household"),
    path("households/<str:household_id>/history/", household.history, name="household-history"),
    path("policies/", policies.listed, name="policy"),
    path("policies/<str:name>/", policies.shown, name="policy-one"),
]
