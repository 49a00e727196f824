"""One account per role for the demo, over the places where the month's warnings are."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

PASSWORD = "shouwang-demo-2020"
"""Opens a made-up city on this machine and nothing else; the demo serves on the loopback address only."""
SINCE = date(2020, 1, 1)


@dataclass(frozen=True)
class Places:
    """A county, a town in it and a village in that: where most households are warned."""

    county: str
    town: str
    village: str


@dataclass(frozen=True)
class Account:
    """What is printed: who signs in, in which role, over which place."""

    username: str
    name: str
    role: str
    area_code: str
    organisation: str = ""


def places(run: Path) -> Places:
    """The county with most warned households, and in it the town and the village with most."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    codes = pq.read_table(run / "verdicts.parquet", columns=["area_code"], filters=pc.field("level") <= 4)
    rows = [str(code) for code in codes["area_code"].to_pylist()]

    def most(length: int, within: str) -> str:
        inside = [code[:length] for code in rows if code.startswith(within)]
        return max(sorted(set(inside)), key=inside.count)

    county = most(6, "53")
    town = most(9, county)
    return Places(county, town, most(12, town))


def accounts(at: Places) -> list[Account]:
    """One per role, narrowest area first; a second analyst stands for the city, who publishes."""
    city = at.county[:4]
    return [
        Account("village", "李驻村", "village", at.village),
        Account("township", "赵乡镇", "township", at.town),
        Account("decider", "陈审定", "county-decider", at.county),
        Account("analyst", "张分析", "analyst", city),
        Account("analyst-county", "周分析", "analyst", at.county),
        Account("leader", "刘领导", "leader", city),
        Account("liaison", "孙联络", "liaison", city, organisation="医保局"),
        Account("policy", "吴政策", "policy-officer", city),
        Account("auditor", "郑审计", "auditor", city),
        Account("admin", "王管理", "administrator", city),
    ]


def open_all(wanted: list[Account]) -> None:
    """Open them; an account that is there from an earlier demo is left as it is."""
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from shouwang.office.access.actions.accounts import open_account
    from shouwang.office.access.actions.roles import give_role
    from shouwang.office.access.models import User
    from shouwang.office.access.roles import ROLES
    from shouwang.office.audit.actor import SYSTEM

    for account in wanted:
        user = User.objects.filter(username=account.username).first()
        if user is None:
            user = open_account(
                account.username,
                PASSWORD,
                display_name=account.name,
                organisation=account.organisation,
                by=SYSTEM,
            )
            if ROLES[account.role].needs_second_factor:
                TOTPDevice.objects.create(user=user, name="demo", confirmed=True)
        give_role(user, account.role, account.area_code, on=SINCE, by=SYSTEM)
