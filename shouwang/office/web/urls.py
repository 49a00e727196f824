from django.urls import path
from django.views.i18n import set_language

from shouwang.office.web.views import signing_in, watching

urlpatterns = [
    path("in/", signing_in.sign_in, name="sign-in"),
    path("out/", signing_in.sign_out, name="sign-out"),
    path("in/code/", signing_in.second_factor, name="second-factor"),
    path("in/role/", signing_in.choose_role, name="choose-role"),
    path("language/", set_language, name="set-language"),
    path("jobs/<int:number>/", watching.job, name="job"),
    path("health/", watching.health, name="health"),
    path("metrics/", watching.metrics, name="metrics"),
]
