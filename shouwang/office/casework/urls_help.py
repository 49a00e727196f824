"""Addresses of help, under /cases/."""

from django.urls import path

from shouwang.office.casework.views import help_faults, help_measures, help_pages, help_payments, help_plans, rescues

urlpatterns = [
    path("help/<int:case_id>/", help_pages.one, name="help"),
    path("help/<int:case_id>/plan/", help_plans.make, name="start-help"),
    path("help/<int:case_id>/measures/", help_pages.add_measure, name="help-add-measure"),
    path("help/<int:case_id>/cadre/", help_pages.name_cadre, name="help-cadre"),
    path("help/<int:case_id>/follow-ups/", help_pages.follow_up, name="help-follow-up"),
    path("help/<int:case_id>/effects/<int:after_months>/", help_pages.look, name="help-look"),
    path("help/measures/", help_measures.listed, name="help-measures"),
    path("help/measures/<int:measure_id>/", help_measures.one, name="help-measure"),
    path("help/measures/<int:measure_id>/step/", help_measures.step, name="help-step"),
    path("help/measures/<int:measure_id>/payments/", help_measures.pay, name="help-pay"),
    path("help/measures/<int:measure_id>/files/", help_measures.add_file, name="help-add-file"),
    path("help/payments/", help_payments.ledger, name="help-payments"),
    path("help/payments/export/", help_payments.exported, name="help-payments-export"),
    path("help/payments/<int:payment_id>/take-back/", help_measures.take_back, name="help-take-back"),
    path("help/faults/", help_faults.listed, name="help-faults"),
    path("help/rescues/", rescues.listed, name="rescues"),
    path("help/rescues/<str:household_id>/", rescues.give, name="rescue"),
]
