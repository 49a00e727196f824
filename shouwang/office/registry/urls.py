from django.urls import path

from shouwang.office.registry.views import contradictions, facts, revealing

app_name = "registry"
urlpatterns = [
    path("contradictions/", contradictions.inbox, name="contradictions"),
    path("contradictions/<int:number>/settle/", contradictions.settle, name="settle"),
    path("<str:household_id>/facts/<str:fact>/", facts.history, name="fact"),
    path("<str:household_id>/facts/<str:fact>/correct/", facts.correct, name="correct"),
    path("<str:household_id>/people/<str:person_id>/id-number/", revealing.id_number, name="reveal-id"),
    path("<str:household_id>/<str:field>/reveal/", revealing.of_household, name="reveal"),
]
