"""The roles, each a class an officer can read. Kept names never change: accounts and events hold them."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.office.access.permissions import Permission as P


class Role:
    """What one kind of user is for, and may do inside their area."""

    key: ClassVar[str]
    name: ClassVar[str | Promise]
    description: ClassVar[str | Promise]
    permissions: ClassVar[frozenset[P]]
    levels: ClassVar[tuple[int, ...]]
    """Lengths of area codes it can be given: 4 city, 6 county, 9 town, 12 village."""
    needs_second_factor: ClassVar[bool] = False


_EYES = {P.TODAY_SEE, P.HOUSEHOLDS_SEE, P.WARNINGS_SEE, P.CASES_SEE, P.POLICY_SEE}


class Village(Role):
    key = "village"
    name = _("村级（驻村队员、村干部）")
    description = _("入户、核实、组织评议和公示，提出帮扶，只看本村。")
    permissions = frozenset({*_EYES, P.HOUSEHOLDS_CHANGE, P.CASES_WORK, P.HELP_WORK, P.VALUES_REVEAL})
    levels = (12,)


class Township(Role):
    key = "township"
    name = _("乡镇")
    description = _("审核各村上报的户，看全乡镇，也能代村里办理。")
    permissions = frozenset(
        {
            *_EYES,
            P.HOUSEHOLDS_CHANGE,
            P.HOUSEHOLDS_CORRECT,
            P.CASES_WORK,
            P.CASES_AUDIT,
            P.HELP_WORK,
            P.COUNTS_SEE,
            P.VALUES_REVEAL,
            P.EXPORT,
        }
    )
    levels = (9,)


class CountyDecider(Role):
    key = "county-decider"
    name = _("县级审定")
    description = _("审定纳入、不予纳入和消除，单户或成批。")
    permissions = frozenset({*_EYES, P.CASES_DECIDE, P.COUNTS_SEE, P.WARNINGS_SUPPRESS, P.VALUES_REVEAL, P.EXPORT})
    levels = (6,)
    needs_second_factor = True


class Analyst(Role):
    key = "analyst"
    name = _("分析员（县或市）")
    description = _("看筛查结果，发布预警，导出名册，写回登记册。")
    permissions = frozenset({*_EYES, P.RUNS_PUBLISH, P.WARNINGS_SUPPRESS, P.COUNTS_SEE, P.EXPORT})
    levels = (4, 6)


class Leader(Role):
    key = "leader"
    name = _("领导")
    description = _("只看本地区的数和图，不看任何一户。")
    permissions = frozenset({P.COUNTS_SEE, P.POLICY_SEE})
    levels = (4, 6, 9)


class Liaison(Role):
    key = "liaison"
    name = _("部门联络员")
    description = _("交本部门的文件，看其中的问题。")
    permissions = frozenset({P.DELIVERIES_HAND_IN})
    levels = (4, 6)


class PolicyOfficer(Role):
    key = "policy-officer"
    name = _("政策管理员")
    description = _("看已发布的政策、参数和规则。")
    permissions = frozenset({P.POLICY_SEE, P.COUNTS_SEE})
    levels = (4, 6)


class Auditor(Role):
    key = "auditor"
    name = _("审计")
    description = _("看谁看过、改过、决定过什么，什么都不能改。")
    permissions = frozenset(
        {P.AUDIT_SEE, P.HOUSEHOLDS_SEE, P.CASES_SEE, P.WARNINGS_SEE, P.COUNTS_SEE, P.POLICY_SEE, P.EXPORT}
    )
    levels = (4, 6)


class Administrator(Role):
    key = "administrator"
    name = _("系统管理员")
    description = _("管账号和期限设置，看不到任何一户。")
    permissions = frozenset({P.ACCOUNTS_CHANGE, P.SETTINGS_CHANGE, P.POLICY_SEE})
    levels = (4, 6)
    needs_second_factor = True


ROLES: dict[str, type[Role]] = {
    role.key: role
    for role in (Village, Township, CountyDecider, Analyst, Leader, Liaison, PolicyOfficer, Auditor, Administrator)
}
