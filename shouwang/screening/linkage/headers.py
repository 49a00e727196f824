"""Which column of a list is what: by a file of the caller's, or by its header."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

HEAD = "head"
FIELDS = ("name", "sex", "birth_date", "id_number", "address", "phone", "area")
"""What a list may say of a person, as `--columns` names it."""
_KNOWN: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "名字", "人员姓名", "本人姓名", "name", "full_name", "fullname", "person_name"),
    "sex": ("性别", "sex", "gender"),
    "birth_date": (
        "出生日期", "出生年月日", "出生年月", "生日",
        "birth_date", "date_of_birth", "dob", "birthday", "birthdate",
    ),
    "id_number": (
        "证件号码", "身份证号", "身份证号码", "公民身份号码", "公民身份证号码", "身份证", "证件号",
        "残疾证号", "残疾证号码", "残疾人证号",
        "id_number", "id_no", "idcard", "id_card", "soc_sec_id", "ssn", "national_id", "nhs_number",
    ),
    "phone": (
        "联系电话", "电话", "手机", "手机号", "手机号码", "电话号码", "联系方式",
        "phone", "phone_number", "mobile", "telephone", "tel",
    ),
    "address": (
        "住址", "地址", "家庭住址", "家庭地址", "详细地址", "户籍地址", "现住址", "居住地址",
        "address", "street_number", "street", "address_1", "address_2", "address1", "address2",
    ),
    "area": (
        "州市", "县", "县区", "县(市、区)", "乡", "乡镇", "乡镇街道",
        "行政村", "村", "村委会", "自然村", "村民小组", "组",
        "area", "suburb", "postcode", "zip", "state", "city", "county", "town", "village",
    ),
    HEAD: ("户主姓名", "户主", "head_name", "head_of_household"),
}  # fmt: skip
_NAME_PARTS = (
    ("given_name", "surname"), ("first_name", "last_name"), ("first_name", "surname"), ("forename", "surname"),
    ("given_name", "family_name"), ("名", "姓"),
)  # fmt: skip
_HEAD_IDS = ("户主证件号码", "户主身份证号", "户主身份证号码")


@dataclass(frozen=True)
class Columns:
    """Field → the places (from 0) of the columns that hold it, in order."""

    places: Mapping[str, tuple[int, ...]]


def folded(header: str) -> str:
    """How headers are compared: half-width, lower case, without blanks."""
    return "".join(unicodedata.normalize("NFKC", header).lower().split())


def recognised(headers: tuple[str, ...]) -> Columns:
    """What the headers say. A list of heads of households is a list of people."""
    written = [folded(header) for header in headers]
    places = {
        field: tuple(place for place, header in enumerate(written) if header in known)
        for field, known in _KNOWN.items()
    }
    for field in ("name", "sex", "birth_date", "id_number", "phone", HEAD):
        places[field] = places[field][:1]
    if not places["name"]:
        parts = next((parts for parts in _NAME_PARTS if set(parts) <= set(written)), ())
        places["name"] = tuple(written.index(part) for part in parts)
    if not places["name"] and places[HEAD]:
        places["name"], places[HEAD] = places[HEAD], ()
        places["id_number"] = places["id_number"] or tuple(n for n, h in enumerate(written) if h in _HEAD_IDS)[:1]
    return Columns({field: found for field, found in places.items() if found})


def named(headers: tuple[str, ...], wanted: Mapping[str, object], side: str) -> tuple[Columns, list[str]]:
    """What the caller's file says, and everything that is wrong with it. `side`: the list, in Chinese."""
    written = [folded(header) for header in headers]
    faults: list[str] = []
    places: dict[str, tuple[int, ...]] = {}
    for field, columns in wanted.items():
        if field not in (*FIELDS, HEAD):
            faults.append(f"{side}：没有“{field}”这一项")
            continue
        listed = columns if isinstance(columns, list) else [columns]
        missing = [str(column) for column in listed if folded(str(column)) not in written]
        faults += [f"{side}：没有列“{column}”（{field}）" for column in missing]
        places[field] = tuple(written.index(folded(str(c))) for c in listed if folded(str(c)) in written)
    return Columns({field: found for field, found in places.items() if found}), faults
