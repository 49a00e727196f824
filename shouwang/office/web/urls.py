from django.urls import path
from django.views.i18n import set_language

from shouwang.office.web.views import accounts, own_account, signing_in, watching

urlpatterns = [
    path("in/", signing_in.sign_in, name="sign-in"),
    path("out/", signing_in.sign_out, name="sign-out"),
    path("in/code/", signing_in.second_factor, name="second-factor"),
    path("in/role/", signing_in.choose_role, name="choose-role"),
    path("language/", set_language, name="set-language"),
    path("jobs/<int:number>/", watching.job, name="job"),
    path("health/", watching.health, name="health"),
    path("metrics/", watching.metrics, name="metrics"),
    path("me/", own_account.shown, name="my-account"),
    path("me/password/", own_account.password, name="my-password"),
    path("me/second-factor/", own_account.own_second_factor, name="my-second-factor"),
    path("accounts/", accounts.listed, name="accounts"),
    path("accounts/new/", accounts.opened, name="account-open"),
    path("accounts/<int:user_id>/", accounts.one, name="account"),
    path("accounts/<int:user_id>/role/", accounts.give_role, name="account-role"),
    path("accounts/<int:user_id>/password/", accounts.reset_password, name="account-password"),
    path("accounts/<int:user_id>/second-factor/", accounts.give_second_factor, name="account-second-factor"),
    path("accounts/<int:user_id>/unlock/", accounts.unlock, name="account-unlock"),
    path("accounts/<int:user_id>/close/", accounts.close, name="account-close"),
    path("accounts/<int:user_id>/reopen/", accounts.reopen, name="account-reopen"),
    path("accounts/roles/<int:assignment_id>/end/", accounts.end_role, name="account-role-end"),
]
