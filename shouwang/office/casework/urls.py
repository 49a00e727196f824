from django.urls import include, path

from shouwang.office.casework.views import cases, county, decisions, leaving, schedules, township, village

app_name = "cases"
urlpatterns = [
    path("", cases.listed, name="list"),
    path("decisions/", decisions.table, name="decisions"),
    path("schedules/", schedules.schedules, name="schedules"),
    path("leaving/", leaving.leaving, name="leaving"),
    path("declare/<str:household_id>/", cases.declare, name="declare"),
    path("evidence/<int:evidence_id>/", cases.evidence, name="evidence"),
    path("<int:case_id>/", cases.one, name="one"),
    path("<int:case_id>/sheet/<int:notice_id>/", cases.sheet, name="sheet"),
    path("<int:case_id>/evidence/", cases.add_evidence, name="add-evidence"),
    path("<int:case_id>/assign/", village.assign, name="assign"),
    path("<int:case_id>/visit/", village.visit, name="visit"),
    path("<int:case_id>/assets/", village.answer_assets, name="answer"),
    path("<int:case_id>/compare/", village.compare, name="compare"),
    path("<int:case_id>/review/", village.review, name="review"),
    path("<int:case_id>/notice/", village.notice, name="notice"),
    path("<int:case_id>/objection/", village.objection, name="object"),
    path("<int:case_id>/settle/", village.settle, name="settle"),
    path("<int:case_id>/tell/", village.tell, name="tell"),
    path("<int:case_id>/withdraw/", village.withdraw, name="withdraw"),
    path("<int:case_id>/close/", village.close, name="close"),
    path("<int:case_id>/removal/", village.propose_removal, name="propose-removal"),
    path("<int:case_id>/audit/", township.audit, name="audit"),
    path("<int:case_id>/return/", township.send_back, name="return"),
    path("<int:case_id>/propose-refusal/", township.propose_refusal, name="propose-refusal"),
    path("<int:case_id>/stop-removal/", township.stop_removal, name="stop-removal"),
    path("<int:case_id>/include/", county.include, name="include"),
    path("<int:case_id>/refuse/", county.refuse, name="refuse"),
    path("<int:case_id>/raise/", county.raise_level, name="raise-level"),
    path("<int:case_id>/remove/", county.remove, name="remove"),
    path("<int:case_id>/keep/", county.keep, name="keep"),
    path("<int:case_id>/send-back/", county.send_back, name="send-back"),
    path("", include("shouwang.office.casework.urls_help")),
]
